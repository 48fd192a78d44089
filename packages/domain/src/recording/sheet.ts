import type { DocumentDefinition, Field } from '@liuhen/law/document-definition'
import { printDatetime, printSecond } from '../document/china-time.ts'
import { sayValue } from '../document/say-value.ts'
import { spanOf } from './length.ts'
import { standingLooks } from './playback.ts'
import type { SheetLaw, SheetWant } from './sheet-law.ts'
import type { KeptRecording } from './state.ts'
import { clockIn, lengthOf, transcriptText } from './transcript.ts'
import { CHAIN_KEY_WORDS, CHAIN_WORDS, INTERRUPTION_WORDS, MEDIUM_WORDS, PLAYABLE_WORDS } from './words.ts'

/** The issued paper about this recording, with what its form says. */
export type SheetPaper = Readonly<{
  name: string
  definition: Pick<DocumentDefinition, 'sections'>
  data: Readonly<Record<string, unknown>>
}>

export type SheetInput = Readonly<{
  law: SheetLaw
  recording: KeptRecording
  paper: SheetPaper | undefined
  sceneName: (code: string) => string
  stepName: (id: string) => string
  /** Where the step was carried out that it belongs to, where the record has one place for it. */
  stepPlace?: string
  /** What the codes of marked points are called. */
  pointNames: ReadonlyMap<string, string>
}>

/** The same words, and who has them. */
export type Said = Readonly<{ text: string; from: readonly string[] }>
export type SheetFact = Readonly<{
  label: string
  /** Undefined: nobody recorded it. */
  text: string | undefined
}>

/** What is stated of one recording, for whoever is handed a copy of it. Nothing here is made up: each value stands in the record. */
export type RecordingSheet = Readonly<{
  citation: SheetLaw['citation']
  /** What the law wants stated; empty `said`: nobody recorded it. Two entries: paper and record do not say the same. */
  wants: readonly Readonly<{ label: string; said: readonly Said[] }>[]
  about: readonly SheetFact[]
  checks: readonly SheetFact[]
  points: readonly Readonly<{ at: string; what: string }>[]
}>

type InPaper = Readonly<{ name: string; fields: ReadonlyMap<string, Field>; data: SheetPaper['data'] }>

const openPaper = (paper: SheetPaper | undefined): InPaper | undefined =>
  paper && {
    name: paper.name,
    data: paper.data,
    fields: new Map(paper.definition.sections.flatMap((s) => s.fields).map((f) => [f.id, f])),
  }

const inPaper = (paper: InPaper | undefined, { fields, join }: SheetWant): Said | undefined => {
  if (paper === undefined) return undefined
  const said = fields.flatMap((id) => {
    const field = paper.fields.get(id)
    const text = field === undefined ? '' : sayValue(field, paper.data[id]).trim()
    return text === '' ? [] : [text]
  })
  return said.length === 0 ? undefined : { text: said.join(join), from: [`《${paper.name}》`] }
}

const written = ({ transcript }: KeptRecording): string | undefined => {
  if (transcript === undefined) return undefined
  if (transcript.lines.length > 0) return transcriptText(transcript.lines)
  const lines = transcript.versions.at(-1)?.lines ?? 0
  return lines === 0 ? undefined : `整理过 ${lines} 行，内容已不在系统里`
}

const inRecord = (r: KeptRecording, { record, join }: SheetWant): Said | undefined => {
  const { madeFrom, madeTo, officer } = r.manifest
  const from = (name: string, text: string | undefined): Said | undefined =>
    text === undefined || text.trim() === '' ? undefined : { text: text.trim(), from: [name] }
  switch (record) {
    case 'made':
      return from('音像登记', [...new Set([madeFrom, madeTo].map(printDatetime))].join(join))
    case 'maker':
      return from('音像登记', officer.name)
    case 'proves':
      return from('证据标记', r.evidence?.reason)
    case 'transcript':
      return from('音像的文字记录', written(r))
    case undefined:
      return undefined
  }
}

/** The paper's words first; where the record has the same, once with both names. */
const joined = (paper: Said | undefined, record: Said | undefined): readonly Said[] => {
  if (paper === undefined) return record === undefined ? [] : [record]
  if (record === undefined) return [paper]
  return paper.text === record.text
    ? [{ text: paper.text, from: [...paper.from, ...record.from] }]
    : [paper, record]
}

const seconds = (ms: number): string => `${Math.abs(ms) / 1000} 秒`

const clockOf = ({ device }: KeptRecording['manifest']): string | undefined => {
  const { clockOffsetMs: offset, clockUncertaintyMs: within } = device
  if (offset === undefined) return undefined
  const how = offset === 0 ? '与系统时间一致' : `比系统时间${offset > 0 ? '快' : '慢'} ${seconds(offset)}`
  return within === undefined ? how : `${how}（误差不超过 ${seconds(within)}）`
}

/** The officer's own words first; otherwise the place of the step, named as such. */
const madeAt = ({ recording: { labels }, stepPlace }: SheetInput): string | undefined =>
  labels?.details?.['place'] ?? (stepPlace === undefined ? undefined : `${stepPlace}（环节登记的地点）`)

const aboutOf = (i: SheetInput): readonly SheetFact[] => {
  const { recording: r, sceneName, stepName } = i
  const { manifest: m, stored } = r
  const length = lengthOf(r)
  return [
    { label: '文件名（设备上的原名）', text: m.fileName },
    { label: '类型', text: `${MEDIUM_WORDS[m.medium]}（${stored.blob.mime}）` },
    { label: '大小', text: `${stored.blob.sizeBytes} 字节` },
    ...(m.medium === 'photo'
      ? []
      : [{ label: '时长', text: length === undefined ? undefined : spanOf(length) }]),
    { label: '校验值（SHA-256）', text: stored.blob.sha256 },
    { label: '校验值（SM3）', text: stored.blob.sm3 },
    { label: '记录设备', text: [m.device.id, m.device.name].filter(Boolean).join('　') },
    { label: '设备时钟', text: clockOf(m) },
    { label: '制作地点', text: madeAt(i) },
    { label: '环节和情形', text: r.link && `${stepName(r.link.step)}（${sceneName(r.link.scene)}）` },
  ]
}

const shows = (what: string, isClear: boolean): string => `${what}${isClear ? '清晰可辨' : '不能辨认'}`

/** Somebody who looked whether the film of a service shows what it must. It says nothing of whether the whole plays. */
const legibilityOf = ({ legibility }: KeptRecording): readonly string[] => {
  if (legibility === undefined) return []
  const { title, face, by, at } = legibility
  const what = [shows('文书名称', title), shows('受送达人面貌', face)].join('，')
  return [`${by}（核对画面）${printDatetime(at)}：${what}`]
}

const playedBy = (r: KeptRecording): string | undefined => {
  const looks = standingLooks(r).map(({ as, by, playable, at, note }) => {
    const who = as === 'officer' ? '制作人' : '保管人员'
    const said = `${by.name}（${who}）${printDatetime(at)}：${playable ? '能正常回放' : '不能正常回放'}`
    return note === undefined ? said : `${said}，${note}`
  })
  const all = [...looks, ...legibilityOf(r)]
  return all.length === 0 ? undefined : all.join('\n')
}

/** A verdict in a word or two, and what there is to say besides. */
export type Verdict = Readonly<{ words: string; more: string | undefined }>

/** What the tools found whether it plays; the same words everywhere. */
export const playbackVerdict = (r: KeptRecording): Verdict => {
  if (r.status !== 'checked') return { words: PLAYABLE_WORDS['not-checked'], more: undefined }
  const { verdict, note, gaps, breaks = [], decoded } = r.check
  const more = [
    ...(verdict === 'playable' && decoded === 'keyframes' ? ['较长，只逐个解码了关键帧'] : []),
    ...(gaps.length === 0 ? [] : [`中断或者无声 ${gaps.length} 处`]),
    ...(breaks.length === 0 ? [] : [`不连续 ${breaks.length} 处`]),
    ...(note === undefined ? [] : [note]),
  ]
  return { words: PLAYABLE_WORDS[verdict], more: more.length === 0 ? undefined : more.join('；') }
}

/** How the device's own signatures stood when the file had come. */
export const chainVerdict = ({ chain, chainCheck: check }: KeptRecording): Verdict => {
  if (chain === undefined)
    return { words: '没有签名', more: '只有入库时的校验值，入库以前有没有改动，无从核对' }
  if (check === undefined) return { words: '没有核验', more: '设备有签名，入库后还没有核验' }
  const more = `${check.segments} 个切片，${check.records} 条记录，${CHAIN_KEY_WORDS[check.keyStatus]}`
  return { words: CHAIN_WORDS[check.verdict], more }
}

const said = ({ words, more }: Verdict): string => (more === undefined ? words : `${words}；${more}`)

const interruptionsOf = ({ interruptions }: KeptRecording): string =>
  interruptions
    .map(({ from, to, cause, detail }) => {
      const stretch = to === undefined ? `${printSecond(from)}起` : `${printSecond(from)}至${printSecond(to)}`
      return `${stretch}：${INTERRUPTION_WORDS[cause]}${detail === undefined ? '' : `，${detail}`}`
    })
    .join('\n')

const CHECKSUMS = { 'per-chunk': '传输中逐块核对', 're-read': '入库后整体回读核对' } as const

const checksOf = (r: KeptRecording): readonly SheetFact[] => [
  {
    label: '入库',
    text: `${printSecond(r.storedAt)}，${CHECKSUMS[r.stored.checksum]}，与登记的校验值一致`,
  },
  ...(r.rejected.length === 0
    ? []
    : [{ label: '不一致的传输', text: `${r.rejected.length} 次，已隔离，没有入卷` }]),
  { label: '能否播放（系统检查）', text: said(playbackVerdict(r)) },
  { label: '人工回放', text: playedBy(r) },
  { label: '切片链', text: said(chainVerdict(r)) },
  ...(r.interruptions.length === 0 ? [] : [{ label: '录制中断', text: interruptionsOf(r) }]),
]

const pointsOf = ({ recording, pointNames }: SheetInput): RecordingSheet['points'] =>
  recording.points
    .flatMap(({ code, atSeconds }) =>
      atSeconds === undefined ? [] : [{ at: clockIn(atSeconds), what: pointNames.get(code) ?? code }],
    )
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))

/** The sheet of one recording: what law/recording-sheet.yaml asks for, and what the record knows of the file. */
export const recordingSheet = (i: SheetInput): RecordingSheet => {
  const { law, recording: r } = i
  const paper = openPaper(i.paper)
  return {
    citation: law.citation,
    wants: law.wants
      .filter(({ medium }) => medium === undefined || medium.includes(r.manifest.medium))
      .map((want) => ({ label: want.label, said: joined(inPaper(paper, want), inRecord(r, want)), want }))
      .filter(({ said, want }) => want.ifSaid !== true || said.length > 0)
      .map(({ label, said }) => ({ label, said })),
    about: aboutOf(i),
    checks: checksOf(r),
    points: pointsOf(i),
  }
}
