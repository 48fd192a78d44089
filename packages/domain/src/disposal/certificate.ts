import { printDatetime } from '../document/china-time.ts'
import {
  type CopyFate,
  type DestroyedFile,
  type DestroyedRecording,
  type FileItem,
  isFile,
  type RecordingItem,
  refOf,
} from './events.ts'
import { nameOf } from './due.ts'
import { type Batch, type BatchItem, bytesOf } from './state.ts'

const STORE = { first: '主存储', second: '第二存储' } as const

const fate = (c: CopyFate): string => {
  switch (c.outcome) {
    case 'destroyed':
      return `${STORE[c.store]}：已于 ${printDatetime(c.at)} 销毁`
    case 'absent':
      return `${STORE[c.store]}：没有副本`
    case 'locked':
      return `${STORE[c.store]}：未销毁，防删除锁到 ${printDatetime(c.until)} 为止`
    case 'shared':
      return `${STORE[c.store]}：未销毁，同样的内容仍须保存（${c.because}）`
  }
}

/** Words of people come into a text of lines: none of them may begin a line of its own. */
const line = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ').normalize('NFC')

const madeLines = (d: NonNullable<DestroyedRecording['derivatives']>[number]): string[] => {
  const copies = d.copies ?? []
  const stays = copies.some((c) => c.outcome === 'locked' || c.outcome === 'shared')
  const what = stays ? '随之作废、内容没有全部销毁的副本' : '随之销毁的副本'
  return [
    `   ${what}（非原件）：${line(d.number)}，SHA-256：${d.sha256}`,
    ...copies.map((c) => `      ${fate(c)}`),
  ]
}

const basisLines = (i: BatchItem): string[] => [
  `   保存至：${i.keptThrough}`,
  `   依据：${i.citations.map((c) => `${line(c.cite)}（${c.clause}）`).join('；') || '机关设定'}`,
  `   理由：${line(i.why)}`,
]

const recordingLines = (
  i: BatchItem & RecordingItem,
  gone: DestroyedRecording | undefined,
  n: number,
): string[] => [
  `${n}. ${line(i.fileName)}`,
  `   SHA-256：${i.sha256}`,
  `   大小：${i.sizeBytes} 字节`,
  `   案号：${line(i.caseNo)}`,
  `   摄录：${printDatetime(i.madeFrom)} 至 ${printDatetime(i.madeTo)}`,
  ...basisLines(i),
  ...(gone?.copies ?? []).map((c) => `   ${fate(c)}`),
  ...(gone?.derivatives ?? []).flatMap(madeLines),
]

/** The record of a file is not destroyed but emptied: each event that says so is named, so that it can be looked up. */
const fileLines = (i: BatchItem & FileItem, gone: DestroyedFile | undefined, n: number): string[] => [
  `${n}. 案卷，案号：${line(i.caseNo)}，档号：${line(i.archiveNo)}`,
  ...basisLines(i),
  ...(gone === undefined
    ? []
    : [
        `   内容：事件的内部部分和个人信息部分共 ${gone.parts} 个，连同各自的盐，已于 ${printDatetime(gone.at)} 从数据库删除`,
        ...gone.statements.map(
          (s) => `   销毁登记：事件流 ${s.streamId} 第 ${s.version} 条，条目摘要（base64）${s.leafHash}`,
        ),
        ...gone.papers.flatMap((p) => [
          `   文书、附件或者案卷包，SHA-256：${p.sha256}`,
          ...p.copies.map((c) => `      ${fate(c)}`),
        ]),
      ]),
]

const itemLines = (b: Batch, i: BatchItem, n: number): string[] => {
  const gone = b.destroyed?.items.find((d) => refOf(d) === refOf(i))
  if ('caseFile' in i) return fileLines(i, gone !== undefined && 'caseFile' in gone ? gone : undefined, n)
  return recordingLines(i, gone !== undefined && 'recordingId' in gone ? gone : undefined, n)
}

const struckLines = (i: BatchItem, n: number): string[] => [
  `${n}. ${line(nameOf(i))}`,
  ...('recordingId' in i ? [`   SHA-256：${i.sha256}`] : []),
  `   没有销毁：${line(i.struck?.reason ?? '')}（${line(i.struck?.by.name ?? '')}，${printDatetime(i.struck?.at ?? '')}）`,
]

const who = (what: string, done: Readonly<{ by: { name: string }; at: string }> | undefined): string[] =>
  done === undefined ? [] : [`${what}：${line(done.by.name)}，${printDatetime(done.at)}`]

export type CertificateOf = Readonly<{
  agency: string
  batchId: string
  /** The record's clock is one of a demonstration. */
  simulated: boolean
}>

/** The certificate as plain text, the same bytes each time: whoever has a file can look for its digest in it. */
export const certificateText = (b: Batch, of: CertificateOf): string => {
  const gone = b.items.filter((i) => i.releasedAt !== undefined)
  const struck = b.items.filter((i) => i.struck !== undefined)
  const hasFiles = b.items.some(isFile)
  const what = hasFiles ? (b.items.every(isFile) ? '案卷' : '音像记录和案卷') : '音像记录'
  return `${[
    `${what}销毁证明`,
    '',
    ...(of.simulated ? ['演示数据，没有法律效力。', ''] : []),
    `机关：${line(of.agency)}`,
    `批次：${b.number}（${of.batchId}）`,
    ...who('提出', b.proposed),
    ...who('复核', b.reviewed),
    ...who('批准', b.approved),
    ...(b.approved === undefined
      ? []
      : [`冷静期：${b.limits.coolingDays} 日，至 ${printDatetime(b.approved.coolsUntil)}`]),
    ...who('执行', b.ordered),
    ...(b.ordered === undefined ? [] : [`监销：${line(b.ordered.witness.name)}`]),
    ...(b.destroyed === undefined ? [] : [`完成：${printDatetime(b.destroyed.at)}`]),
    `销毁：${gone.length} 件，${bytesOf(gone)} 字节；剔除：${struck.length} 件`,
    '',
    `一、销毁的${what}`,
    ...gone.flatMap((i, n) => itemLines(b, i, n + 1)),
    '',
    `二、剔除的${what}`,
    ...(struck.length === 0 ? ['（无）'] : struck.flatMap((i, n) => struckLines(i, n + 1))),
    '',
    '三、没有销毁的',
    `上述${what}的登记、校验值、办理过程和日志条目继续保存，仍可核验。`,
    ...(b.items.every(isFile) ? [] : ['整理的文字记录和对笔录的标定随案件材料继续保存，不再修改。']),
    ...(hasFiles
      ? [
          '案卷各条事件的公开部分（编号、种类、日期、校验值）和对已销毁部分的承诺继续保存；没有盐，不能由承诺推知内容。',
        ]
      : []),
    '此前做的备份、已经导出的案卷包和已经交付的副本不在其内，按备份轮换、案卷包和交付登记的管理办理。',
  ].join('\n')}\n`
}
