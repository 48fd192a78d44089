import type { z } from 'zod'
import { registerPerson } from '@liuhen/api/routes/people'

type PersonInput = z.input<typeof registerPerson.body>

/** The street office's people. Invented; the password is printed by the demonstration and works nowhere else. */
export const DEMO_PASSWORD = 'liuhen-demo-2026'

const person = (
  name: string,
  login: string,
  roles: PersonInput['roles'],
  more: Partial<PersonInput> = {},
): PersonInput => ({
  name,
  login,
  password: DEMO_PASSWORD,
  roles,
  unit: '综合执法中心',
  ...more,
})

export const DEMO_PEOPLE = {
  clerk: person('周敏', 'zhoumin', ['intake-clerk'], { position: '接待员' }),
  officer: person('李卫东', 'liweidong', ['officer'], {
    position: '执法队员',
    certNo: '42011201001',
    certValidTo: '2027-12-31',
  }),
  partner: person('王晓燕', 'wangxiaoyan', ['officer', 'legal-reviewer'], {
    position: '执法队员',
    certNo: '42011201002',
    certValidTo: '2027-12-31',
  }),
  expired: person('赵建国', 'zhaojianguo', ['officer'], {
    position: '执法队员',
    certNo: '42011201003',
    certValidTo: '2026-01-31',
  }),
  unitHead: person('陈立', 'chenli', ['unit-head'], { position: '综合执法中心主任' }),
  deputyHead: person('孙志强', 'sunzhiqiang', ['deputy-head'], {
    position: '街道办事处副主任',
    unit: '街道办事处',
  }),
  head: person('吴国华', 'wuguohua', ['agency-head'], { position: '街道办事处主任', unit: '街道办事处' }),
  reviewer: person('郑静', 'zhengjing', ['legal-reviewer'], {
    position: '法制员',
    unit: '司法所',
    legalQualified: true,
  }),
  custodian: person('冯涛', 'fengtao', ['av-custodian'], { position: '音像管理员' }),
  archivist: person('许兰', 'xulan', ['archivist'], { position: '档案管理员', unit: '党政办' }),
  publisher: person('何颖', 'heying', ['publisher'], { position: '公示发布员', unit: '党政办' }),
  supervisor: person('马骏', 'majun', ['supervisor'], { position: '执法监督', unit: '区司法局' }),
  auditor: person('石磊', 'shilei', ['audit-admin'], { position: '审计员', unit: '党政办' }),
} as const satisfies Readonly<Record<string, PersonInput>>

export type DemoPerson = keyof typeof DEMO_PEOPLE
