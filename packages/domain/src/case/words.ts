import type { Source } from './events.ts'

/** Words for people, as papers and screens print them (GLOSSARY). */
export const SOURCE_NAMES: Readonly<Record<Source, string>> = {
  inspection: '检查发现',
  report: '投诉举报',
  superior: '上级交办',
  transfer: '其他机关移送',
  other: '其他途径',
}

export const SERVICE_MODES = ['direct', 'leave', 'mail', 'electronic', 'entrusted', 'public-notice'] as const
export type ServiceMode = (typeof SERVICE_MODES)[number]
export const SERVICE_MODE_NAMES: Readonly<Record<ServiceMode, string>> = {
  direct: '直接送达',
  leave: '留置送达',
  mail: '邮寄送达',
  electronic: '电子送达',
  entrusted: '委托送达',
  'public-notice': '公告送达',
}

/** A word for a code that may come from an older record; the code itself where no word is known. */
export const wordFor = (names: Readonly<Record<string, string>>, code: string): string => names[code] ?? code

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
  'package-exported',
])

/** What somebody does whose package failed. */
export const REMAKE_PACKAGE = '请点“重新制作”；仍不成功的，请由系统管理员查看运行日志'
