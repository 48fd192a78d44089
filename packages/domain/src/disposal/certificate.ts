import { printDatetime } from '../document/china-time.ts'
import type { CopyFate, DestroyedItem } from './events.ts'
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

const madeLines = (d: NonNullable<DestroyedItem['derivatives']>[number]): string[] => {
  const copies = d.copies ?? []
  const stays = copies.some((c) => c.outcome === 'locked' || c.outcome === 'shared')
  const what = stays ? '随之作废、内容没有全部销毁的副本' : '随之销毁的副本'
  return [
    `   ${what}（非原件）：${line(d.number)}，SHA-256：${d.sha256}`,
    ...copies.map((c) => `      ${fate(c)}`),
  ]
}

const itemLines = (b: Batch, i: BatchItem, n: number): string[] => {
  const gone = b.destroyed?.items.find((d) => d.recordingId === i.recordingId)
  return [
    `${n}. ${line(i.fileName)}`,
    `   SHA-256：${i.sha256}`,
    `   大小：${i.sizeBytes} 字节`,
    `   案号：${line(i.caseNo)}`,
    `   摄录：${printDatetime(i.madeFrom)} 至 ${printDatetime(i.madeTo)}`,
    `   保存至：${i.keptThrough}`,
    `   依据：${i.citations.map((c) => `${line(c.cite)}（${c.clause}）`).join('；') || '机关设定'}`,
    `   理由：${line(i.why)}`,
    ...(gone?.copies ?? []).map((c) => `   ${fate(c)}`),
    ...(gone?.derivatives ?? []).flatMap(madeLines),
  ]
}

const struckLines = (i: BatchItem, n: number): string[] => [
  `${n}. ${line(i.fileName)}`,
  `   SHA-256：${i.sha256}`,
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
  return `${[
    '音像记录销毁证明',
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
    '一、销毁的音像记录',
    ...gone.flatMap((i, n) => itemLines(b, i, n + 1)),
    '',
    '二、剔除的音像记录',
    ...(struck.length === 0 ? ['（无）'] : struck.flatMap((i, n) => struckLines(i, n + 1))),
    '',
    '三、没有销毁的',
    '上述音像记录的登记、校验值、办理过程和日志条目继续保存，仍可核验。',
    '整理的文字记录和对笔录的标定随案件材料继续保存，不再修改。',
    '此前做的备份、已经导出的案卷包和已经交付的副本不在其内，按备份轮换、案卷包和交付登记的管理办理。',
  ].join('\n')}\n`
}
