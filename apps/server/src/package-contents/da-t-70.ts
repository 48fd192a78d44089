import type { DaT70 } from '@liuhen/ledger/package/documents'
import {
  type ArchivalExamined,
  contentComplete,
  eepComplete,
  metadataComplete,
  metadataReadable,
  obligedElements,
} from './archival-items.ts'

type Item = DaT70['items'][number]
type Group = Item['group']

/** What was looked at while the package was made. Everything here was computed from the bytes, in this run. */
export type Examined = Readonly<{
  at: string
  /** Files whose bytes differ from the record, by name. */
  altered: readonly string[]
  /** Payload parts whose commitment does not hold, by event. */
  broken: readonly string[]
  /** Events whose version or predecessor does not join. */
  gaps: readonly string[]
  /** Issued papers without their archival PDF, recordings without bytes. */
  absent: readonly string[]
  /** Stated by the export event, and found. */
  documents: Readonly<{ stated: number; found: number }>
  recordings: Readonly<{ stated: number; found: number }>
  bytes: Readonly<{ stated: number; found: number }>
  /** Events whose data do not fit their schema. */
  misfits: readonly string[]
  /** Texts with characters that no text should hold. */
  control: readonly string[]
  repeatedNumbers: readonly string[]
  /** Media types outside the archival list. */
  foreignFormats: readonly string[]
  /** Files whose first bytes are not of their type. */
  mistyped: readonly string[]
  /** Verdict of the playback check by recording; not-checked counts for those without one. */
  playback: Readonly<{ broken: readonly string[]; notChecked: readonly string[]; total: number }>
  archiveNo: string | undefined
  /** Names of those outside who signed the package's checkpoint. */
  witnesses: readonly string[]
  /** The checkpoint bears a time stamp (RFC 3161). */
  isStamped: boolean
  /** A party's package has none. */
  archival?: ArchivalExamined
}>

const item = (code: string, name: string, group: Group, result: Item['result'], detail: string): Item => ({
  code,
  name,
  group,
  result,
  detail,
})

/** Passed when nothing was found against it; otherwise failed, with the first few by name. */
const unless =
  (group: Group) =>
  (code: string, name: string, faults: readonly string[], done: string): Item =>
    faults.length === 0
      ? item(code, name, group, 'passed', done)
      : item(code, name, group, 'failed', `${faults.length} 处：${faults.slice(0, 5).join('；')}`)

const notChecked =
  (group: Group) =>
  (code: string, name: string, why: string): Item =>
    item(code, name, group, 'not-checked', why)

/** Who outside holds something that a rewritten log would contradict. */
const anchored = ({ witnesses, isStamped }: Examined): string => {
  const said = [
    ...(witnesses.length === 0
      ? []
      : [`检查点有 ${witnesses.length} 个外部机构的见证签名（WITNESSED）：${witnesses.join('、')}`]),
    ...(isStamped ? ['检查点有可信时间戳（TIMESTAMPED）'] : []),
  ]
  return said.length === 0
    ? '外部锚定：未锚定（UNANCHORED），检查点没有外部见证和时间戳'
    : `外部锚定：${said.join('；')}；由核验程序按核验人的信任策略核验`
}

const authenticity = (e: Examined): Item[] => {
  const check = unless('authenticity')
  const open = notChecked('authenticity')
  return [
    check(
      '1-1',
      '固化信息有效性',
      [...e.altered, ...e.broken],
      `逐个重读文件并重算 SHA-256；逐条重算事件内容的 SHA-256 与 SM3 承诺。文书的电子印章由核验程序逐份核验；${anchored(e)}`,
    ),
    open('1-2', '元数据项数据长度', '没有采用按项规定长度的元数据方案'),
    check('1-3', '元数据项数据类型、格式', e.misfits, '逐条事件按其数据结构校验'),
    check('1-4', '设定值域的元数据项值域符合度', e.misfits, '枚举值随数据结构一并校验'),
    open('1-5', '元数据项数据值合理性', '合理性由法规评估在办案时判断，本次没有重做'),
    check('1-6', '元数据项数据包含特殊字符', e.control, '文本中没有控制字符'),
    e.archiveNo === undefined
      ? open('1-7', '档号规范性', '案件尚未归档，没有归档号')
      : check('1-7', '档号规范性', /^\d{8}$/.test(e.archiveNo) ? [] : [e.archiveNo], '年度四位加流水四位'),
    check('1-8', '元数据项数据重复性', e.repeatedNumbers, '文书文号没有重复'),
    check('1-10', '内容数据的电子属性一致性', e.mistyped, '文件大小与登记一致，文件头与登记的格式一致'),
    check('1-11', '元数据是否关联内容数据', e.absent, '每份文书、每段音像都由事件按摘要指明'),
    check('1-12', '说明文件和目录文件规范性', [], '清单按唯一的规范写法生成'),
    check('1-13', '信息包目录结构规范性', [], '按 BagIt 1.0 生成'),
    open('1-14', '信息包一致性', '制成之后由核验程序检查，结论登记在系统内，不能写入本包自身'),
  ]
}

const same = (s: Readonly<{ stated: number; found: number }>, what: string): string[] =>
  s.stated === s.found ? [] : [`${what}登记 ${s.stated}，实有 ${s.found}`]

const integrity = (e: Examined): Item[] => {
  const check = unless('integrity')
  const open = notChecked('integrity')
  const { documents, recordings, bytes } = e
  return [
    check(
      '2-1',
      '总件数相符性',
      [...same(documents, '文书'), ...same(recordings, '音像')],
      `文书 ${documents.found} 件，音像 ${recordings.found} 件`,
    ),
    check('2-2', '总字节数相符性', same(bytes, '字节数'), `${bytes.found} 字节`),
    metadataComplete(e.archival, e.misfits),
    obligedElements(e.archival),
    check('2-5', '过程信息完整性', e.gaps, '每个事件流从第一条起前后相扣'),
    check('2-6', '连续性元数据项', e.gaps, '事件序号连续，没有漏号'),
    check('2-7', '内容数据完整性', e.absent, '应有的存档 PDF 和音像原件都在'),
    open('2-8', '附件数据完整性', '文书不另设附件'),
    eepComplete(e.archival),
    contentComplete(e.archival, e.absent),
  ]
}

const playback = ({ playback: p }: Examined): Item => {
  const code = '3-4'
  const name = '内容数据可读性'
  if (p.broken.length > 0)
    return item(code, name, 'usability', 'failed', `不可解析：${p.broken.join('；')}（原件照存，已标记）`)
  if (p.notChecked.length > 0)
    return item(
      code,
      name,
      'usability',
      'not-checked',
      `没有做播放检查：${p.notChecked.slice(0, 5).join('；')}`,
    )
  return item(
    code,
    name,
    'usability',
    'passed',
    `音像 ${p.total} 件解码检查可以播放；PDF 只检查文件头，没有逐页解读`,
  )
}

const usability = (e: Examined): Item[] => {
  const check = unless('usability')
  return [
    metadataReadable(e.archival, e.broken),
    check('3-2', '目标数据库中的元数据可访问性', [], '制包时从数据库读出全部事件'),
    check('3-3', '内容数据格式', e.foreignFormats, '文书为 PDF/A，音像为通用格式'),
    playback(e),
    notChecked('usability')('3-7', '软硬件环境合规性', '由接收机关判断'),
    check('3-8', '信息包中内容数据格式合规性', e.foreignFormats, '普通 tar，不加密，不压缩'),
  ]
}

const security = (): Item[] => {
  const open = notChecked('security')
  return [
    open('4-1', '系统环境中是否安装杀毒软件', '本系统不能判断所在主机的防护'),
    open('4-2', '病毒检测', '没有接入病毒检测'),
    open('4-3', '载体安全性', '在线导出，没有离线载体'),
    item(
      '4-7',
      '归档过程安全性',
      'security',
      'passed',
      '导出先登记后制包，登记已写入透明日志；每次下载另有记录',
    ),
  ]
}

/** metadata/da-t-70.json: each item with its result and why; what was not looked at says so. */
export const daT70 = (e: Examined): DaT70 => ({
  v: 1,
  standard: 'DA/T 70-2018',
  at: e.at,
  items: [...authenticity(e), ...integrity(e), ...usability(e), ...security()],
})
