import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { civilDateOf, instantOfMs, msOf } from '@liuhen/law/civil-date'
import { notedIn } from '../case/noted.ts'
import { type CaseDeps, openCase } from '../case-stream/open-case.ts'
import { csvOf, type Table } from '../tables/table.ts'
import { xlsxOf } from '../tables/xlsx.ts'

type Entry = CaseWorkspace['noted'][number]
type Numbered = Entry & Readonly<{ no: number; aboutText: string }>

const minute = (at: string): string => `${civilDateOf(at)} ${instantOfMs(msOf(at)).slice(11, 16)}`

const shortOf = ({ no, title }: Readonly<{ no: number; title: string }>): string => `第${no}条 ${title}`

/** In the order in which it was kept; what an entry is about is told by the number of that entry. */
const numbered = (noted: readonly Entry[]): readonly Numbered[] => {
  const kept = noted.toReversed().map((entry, i) => ({ ...entry, no: i + 1 }))
  const byRef = new Map(kept.map((entry) => [entry.ref, entry]))
  return kept.map((entry) => {
    const about = entry.about === undefined ? undefined : byRef.get(entry.about)
    return { ...entry, aboutText: about === undefined ? '' : shortOf(about) }
  })
}

const COMMON = ['序号', '时间', '事项', '关于', '参加人'] as const
const common = (e: Numbered): string[] => [String(e.no), minute(e.at), e.title, e.aboutText, e.by.join('、')]

const whole = (entries: readonly Numbered[]): Table => ({
  name: '全部',
  head: [...COMMON, '内容'],
  rows: entries.map((e) => [...common(e), e.said.map((s) => `${s.label}：${s.value}`).join('\n')]),
})

/** One kind of entry with a column for each thing that was said. */
const ofKind = (title: string, entries: readonly Numbered[]): Table => {
  const labels = [...new Set(entries.flatMap((e) => e.said.map((s) => s.label)))]
  const said = (e: Numbered, label: string): string =>
    e.said
      .filter((s) => s.label === label)
      .map((s) => s.value)
      .join('、')
  return {
    name: title,
    head: [...COMMON, ...labels],
    rows: entries.map((e) => [...common(e), ...labels.map((label) => said(e, label))]),
  }
}

export const tablesOf = (noted: readonly Entry[]): readonly [Table, ...Table[]] => {
  const entries = numbered(noted)
  const kinds = [...new Set(entries.map((e) => e.name))]
  const of = (kind: string) => entries.filter((e) => e.name === kind)
  return [whole(entries), ...kinds.map((kind) => ofKind(of(kind)[0]?.title ?? '', of(kind)))]
}

export type Format = 'xlsx' | 'csv'
export type ExportedRegister = Readonly<{ bytes: Uint8Array; fileName: string }>

/** A register as a table: in XLSX with a sheet for each kind of entry, in CSV all in one. */
export const exportRegister = async (
  deps: CaseDeps,
  actor: Actor,
  { id, format }: Readonly<{ id: string; format: Format }>,
): Promise<ExportedRegister | Refusal> => {
  const found = await openCase(deps, actor, id)
  if (isRefusal(found)) return found
  if (found.state.register !== true) return refuse('not-found', '没有找到这本台账', '请从台账列表中重新打开')
  const tables = tablesOf(notedIn(found))
  const bytes = format === 'xlsx' ? xlsxOf(tables) : Buffer.from(csvOf(tables[0]))
  return { bytes, fileName: `${found.state.title}.${format}` }
}
