import type { DaT70 } from '@liuhen/ledger/package/documents'

type Item = DaT70['items'][number]

/** What was looked at of the archives' metadata and of the papers encapsulated. */
export type ArchivalExamined = Readonly<{
  isArchived: boolean
  documents: number
  recordings: number
  /** Schemes by which recordings are described. */
  schemes: readonly string[]
  /** Objects without metadata, by path. */
  without: readonly string[]
  /** Files of metadata, and encapsulations, that cannot be read again. */
  unreadable: readonly string[]
  /** Elements that a scheme wants and the record lacks, by object. */
  lacking: readonly string[]
  /** Those that only come with the archiving of the case, each once; not among `lacking` before. */
  untilArchived: readonly string[]
  /** Schemes of which it is not known what they oblige, where there are objects for them. */
  unread: readonly string[]
  eep: Readonly<{
    made: number
    /** Whether there was a key to sign them with. */
    hasKey: boolean
    /** Papers whose encapsulation bears no signature although there was one: signing failed. */
    notSigned: readonly string[]
    /** Papers that are no item of the file: cover, index, note; what was voided. */
    notIndexed: readonly string[]
    /** What the standard wants and an encapsulation lacks. */
    faulty: readonly string[]
    /** Encapsulations in which another paper was found. */
    exchanged: readonly string[]
  }>
}>

const item = (code: string, name: string, result: Item['result'], detail: string): Item => ({
  code,
  name,
  group: 'integrity',
  result,
  detail,
})

const failed = (code: string, name: string, faults: readonly string[]): Item =>
  item(code, name, 'failed', `${faults.length} 处：${faults.slice(0, 5).join('；')}`)

const PARTY = '给当事人的卷包不附归档元数据和封装包'

/** 2-3: every object has metadata by its scheme; `misfits` are events that do not fit their own. */
export const metadataComplete = (a: ArchivalExamined | undefined, misfits: readonly string[]): Item => {
  const code = '2-3'
  const name = '元数据项完整性'
  const faults = [...misfits, ...(a?.without ?? []).map((path) => `${path} 没有元数据`)]
  if (faults.length > 0) return failed(code, name, faults)
  if (a === undefined)
    return item(code, name, 'not-checked', `逐条事件按其数据结构校验，必备项齐全；${PARTY}`)
  const media = a.recordings === 0 ? '' : `，音像 ${a.recordings} 件按 ${a.schemes.join('、')}`
  return item(
    code,
    name,
    'passed',
    `文书 ${a.documents} 件按 DA/T 46${media}，逐件附元数据（记录中没有的项不写）；逐条事件按其数据结构校验`,
  )
}

/** 2-4: what a scheme obliges is there. What archiving gives is not there before; what was not read is not judged. */
export const obligedElements = (a: ArchivalExamined | undefined): Item => {
  const code = '2-4'
  const name = '元数据必填著录项目'
  if (a === undefined) return item(code, name, 'not-checked', PARTY)
  if (a.lacking.length > 0) return failed(code, name, a.lacking)
  const open = [
    ...(a.isArchived || a.untilArchived.length === 0
      ? []
      : [`案件尚未归档，${a.untilArchived.join('、')}归档时产生`]),
    ...(a.unread.length === 0 ? [] : [`${a.unread.join('、')}的约束性未见原文，音像没有据以判定`]),
  ]
  const done = `文书 ${a.documents} 件的${open.length > 0 && !a.isArchived ? '其余' : ''}必选项齐全（DA/T 46、DA/T 48）`
  return item(code, name, open.length === 0 ? 'passed' : 'not-checked', [done, ...open].join('；'))
}

const firstOf = (names: readonly string[]): string =>
  `${names.slice(0, 5).join('、')}${names.length > 5 ? ' 等' : ''}`

/** The standard leaves signatures to choice; a seal that failed is told all the same. */
const signaturesOf = ({ hasKey, notSigned }: ArchivalExamined['eep']): string => {
  if (!hasKey) return '没有电子签名（可选）'
  if (notSigned.length === 0) return '各有电子签名'
  return `签名没有成功、没有电子签名（可选）的 ${notSigned.length} 件：${firstOf(notSigned)}`
}

/** 2-10: each encapsulation has what DA/T 48 wants. Papers that are no item of the file have none, and are named. */
export const eepComplete = (a: ArchivalExamined | undefined): Item => {
  const code = '2-10'
  const name = '信息包元数据完整性'
  if (a === undefined) return item(code, name, 'not-checked', PARTY)
  const { made, notIndexed, faulty } = a.eep
  if (faulty.length > 0) return failed(code, name, faulty)
  if (!a.isArchived) return item(code, name, 'not-checked', '案件尚未归档，没有档号，不能按 DA/T 48 封装')
  if (made === 0) return item(code, name, 'not-checked', '没有编入卷内目录的文书，没有封装包')
  const others =
    notIndexed.length === 0
      ? ''
      : `；未编入卷内目录、没有件号的 ${notIndexed.length} 件没有封装（${firstOf(notIndexed)}）`
  return item(
    code,
    name,
    'passed',
    `DA/T 48 封装包 ${made} 件，必选元素齐全，${signaturesOf(a.eep)}；脱机载体编号为空（没有离线载体）；录音录像不在该标准的范围内，照片按 DA/T 54 著录，都不封装${others}`,
  )
}

/** 2-11: the manifest names every file, and each encapsulation holds the very paper. */
export const contentComplete = (a: ArchivalExamined | undefined, absent: readonly string[]): Item => {
  const code = '2-11'
  const name = '信息包内容数据完整性'
  const faults = [...absent, ...(a?.eep.exchanged ?? []).map((path) => `${path} 的封装包里是别的文书`)]
  if (faults.length > 0) return failed(code, name, faults)
  const made = a?.eep.made ?? 0
  const inside = made === 0 ? '' : `；${made} 件封装包逐件解出，与文书逐字节相同`
  return item(code, name, 'passed', `清单列明全部文件，导出登记记载清单的摘要${inside}`)
}

/** 3-1: events are read as canonical JSON, and every file of metadata is read again as it was made. */
export const metadataReadable = (a: ArchivalExamined | undefined, broken: readonly string[]): Item => {
  const code = '3-1'
  const name = '信息包中元数据的可读性'
  const faults = [...broken, ...(a?.unreadable ?? []).map((path) => `${path} 不能重新读出`)]
  const read =
    a === undefined ? '' : `；元数据 ${a.documents + a.recordings} 件、封装包 ${a.eep.made} 件逐件重读`
  const made =
    faults.length > 0
      ? failed(code, name, faults)
      : item(code, name, 'passed', `事件逐条重新解析为规范 JSON${read}`)
  return { ...made, group: 'usability' }
}
