import type { AgencyInput } from '@liuhen/api/routes/setup'

/** Decisions 1: one demonstration agency per pack. Names, addresses and accounts are invented. */
export const DEMO_AGENCIES: readonly AgencyInput[] = [
  {
    name: '走马岭街道办事处',
    shortName: '走街',
    code: '420112013',
    base: 'zoumaling',
    overlays: [],
    address: '武汉市东西湖区走马岭街道示范路1号',
    phone: '027-00000001',
    reconsiderationBody: '武汉市东西湖区人民政府',
    court: '武汉市东西湖区人民法院',
    paymentBank: '示范银行走马岭支行',
    paymentAccount: '0000 0000 0000 0001',
  },
  {
    name: '长治市民族宗教事务局',
    shortName: '长民宗',
    code: '140400001',
    base: 'changzhi-mzj',
    overlays: [],
  },
  {
    name: '平乡县市场监督管理局',
    shortName: '平市监',
    code: '130532001',
    base: 'pingxiang-scjg',
    overlays: [],
  },
  { name: '丰台区某街道办事处', shortName: '丰街', code: '110106001', base: 'fengtai', overlays: [] },
  {
    name: '石家庄市安全生产监督管理局',
    shortName: '石安监',
    code: '130100001',
    base: 'shijiazhuang-aj',
    overlays: [],
  },
  {
    name: '嘉峪关市某执法局',
    shortName: '嘉执',
    code: '620200001',
    base: 'national',
    overlays: ['jiayuguan-sxzd'],
  },
  { name: '某公安分局', shortName: '公分', code: '140500001', base: 'national', overlays: ['gongan-sxzd'] },
  {
    name: '某试点单位',
    shortName: '试点',
    code: '100000001',
    base: 'national',
    overlays: ['guoban-2017-14'],
  },
  {
    name: '某市国土资源局',
    shortName: '国土',
    code: '100000002',
    base: 'national',
    overlays: ['guotu-gongshi'],
  },
]
