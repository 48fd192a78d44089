import type { Role } from '../event.ts'
import type { Source } from './events.ts'

/** Words for people, as papers and screens print them (GLOSSARY). */
export const SOURCE_NAMES: Readonly<Record<Source, string>> = {
  inspection: '检查发现',
  report: '投诉举报',
  application: '当事人申请',
  superior: '上级交办',
  transfer: '其他机关移送',
  other: '其他途径',
}

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  officer: '执法人员',
  'intake-clerk': '接待登记人员',
  'unit-head': '承办机构负责人',
  'deputy-head': '分管负责人',
  'agency-head': '机关负责人',
  'legal-reviewer': '法制审核员',
  'av-custodian': '音像管理员',
  archivist: '档案管理员',
  publisher: '公示发布员',
  supervisor: '监督人员',
  'system-admin': '系统管理员',
  'security-admin': '安全管理员',
  'audit-admin': '审计员',
}

/** How a paper reaches its addressee: handed over, carried by the post, sent to an address, by another body, or hung out. */
export type ServiceKind = 'in-person' | 'post' | 'electronic' | 'by-others' | 'notice'

export const SERVICE_MODES = [
  'direct',
  'leave',
  'mail',
  'fax',
  'email',
  'electronic',
  'entrusted',
  'forwarded',
  'public-notice',
] as const
export type ServiceMode = (typeof SERVICE_MODES)[number]

const SERVICE_WAYS: Readonly<Record<ServiceMode, Readonly<{ name: string; kind: ServiceKind }>>> = {
  direct: { name: '直接送达', kind: 'in-person' },
  leave: { name: '留置送达', kind: 'in-person' },
  mail: { name: '邮寄送达', kind: 'post' },
  fax: { name: '传真送达', kind: 'electronic' },
  email: { name: '电子邮件送达', kind: 'electronic' },
  electronic: { name: '电子送达', kind: 'electronic' },
  entrusted: { name: '委托送达', kind: 'by-others' },
  forwarded: { name: '转交送达', kind: 'by-others' },
  'public-notice': { name: '公告送达', kind: 'notice' },
}

/** The way of a code that may come from an older record; undefined where none is known. */
export const serviceWay = (
  mode: string | undefined,
): Readonly<{ mode: ServiceMode; name: string; kind: ServiceKind }> | undefined => {
  const known = SERVICE_MODES.find((m) => m === mode)
  return known && { mode: known, ...SERVICE_WAYS[known] }
}

/** A word for a code that may come from an older record; the code itself where no word is known. */
export const wordFor = (names: Readonly<Record<string, string>>, code: string): string => names[code] ?? code

/** Where a decision is made public. */
export const CHANNEL_NAMES: Readonly<Record<string, string>> = {
  portal: '本机关公示网站',
  province: '省统一平台推送',
}

/** Facts that a case's own events make (facts.ts): nobody notes them by hand. */
export const FACTS_OF_EVENTS: ReadonlySet<string> = new Set([
  'lead-registered',
  'party-named',
  'handlers-assigned',
  'case-flagged',
  'case-numbered',
  'duty-excused',
  'case-file-assembled',
  'case-archived',
  'disclosure-published',
  'disclosure-withdrawn',
  'document-corrected',
  'overturning-told',
  'package-exported',
])

/** The fact by which somebody says what else a recording shows (law/modules/recording.yaml). */
export const RECORDING_SHOWS = 'recording-shows'

/** What somebody does whose package failed. */
export const REMAKE_PACKAGE = '请点“重新制作”；仍不成功的，请由系统管理员查看运行日志'
