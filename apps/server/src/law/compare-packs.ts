import { citeClause } from '@liuhen/law/citation'
import type { Citation } from '@liuhen/law/evaluation'
import type { Law, LoadedPack } from '@liuhen/law/law'
import { refuse, type Refusal } from '@liuhen/domain/refusal'
import { clausesOf, sayParam, sayWord } from './say-param.ts'
import { SCENES, SUBJECTS } from './subjects.ts'

export type Cell = Readonly<{ text: string; note?: string; citations: Citation[] }>
export type Row = Readonly<{ subject: string; left: Cell | null; right: Cell | null; differs: boolean }>
export type Comparison = Readonly<{
  left: { id: string; title: string }
  right: { id: string; title: string }
  groups: { name: string; rows: Row[] }[]
}>

const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (v, key) => (typeof v === 'object' && v !== null ? Reflect.get(v, key) : undefined),
      value,
    )

const isSaid = (value: unknown): boolean =>
  value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0)

const noteOf = (value: unknown): { note?: string } => {
  const note = at(value, 'note')
  return typeof note === 'string' ? { note } : {}
}

const cited = ({ pack, clauses }: LoadedPack, ids: readonly string[]): Citation[] =>
  ids.flatMap((id) => {
    const clause = clauses.get(id)
    return clause === undefined ? [] : [citeClause(clause, pack.title, pack.layer)]
  })

/** A parameter that holds nothing but its clause says what the clause says. */
const paramCell = (loaded: LoadedPack, path: string): Cell | null => {
  const value = at(loaded.pack.params, path)
  const citations = cited(loaded, clausesOf(value))
  if (!isSaid(value) || citations.length === 0) return null
  return { text: sayParam(value) || '有规定', ...noteOf(value), citations }
}

const sceneCell = (loaded: LoadedPack, scene: string): Cell | null => {
  const rows = loaded.pack.params.recording.scenes.filter((row) => row.scene === scene)
  if (rows.length === 0) return null
  const words = rows.map((row) => `${sayWord(row.strength)}${row.whole ? '，全程' : ''}`)
  return {
    text: [...new Set(words)].join('；'),
    citations: cited(
      loaded,
      rows.map((row) => row.clause),
    ),
  }
}

const rowsOf = (
  subjects: readonly (readonly [subject: string, key: string])[],
  cell: (side: LoadedPack, key: string) => Cell | null,
  left: LoadedPack,
  right: LoadedPack,
): Row[] =>
  subjects.flatMap(([subject, key]) => {
    const [l, r] = [cell(left, key), cell(right, key)]
    return l === null && r === null ? [] : [{ subject, left: l, right: r, differs: l?.text !== r?.text }]
  })

/** Two texts subject by subject; what neither speaks of is left out. */
export const comparePacks = (
  law: Law,
  ids: Readonly<{ left: string; right: string }>,
): Comparison | Refusal => {
  const [left, right] = [ids.left, ids.right].map((id) => law.packs.findLast((p) => p.pack.id === id))
  if (left === undefined || right === undefined)
    return refuse('not-found', '没有这个制度包。', '请从制度包列表中选择。')
  const scenes = rowsOf(
    [...law.scenes].map(([code, name]) => [name, code]),
    sceneCell,
    left,
    right,
  )
  const groups = [...new Set(SUBJECTS.map((s) => s.group))].map((name) => ({
    name,
    rows: rowsOf(
      SUBJECTS.filter((s) => s.group === name).map((s) => [s.name, s.path]),
      paramCell,
      left,
      right,
    ),
  }))
  const place = groups.findIndex((g) => g.name === '音像记录')
  const all = groups.toSpliced(place + 1, 0, { name: SCENES, rows: scenes })
  const named = ({ pack }: LoadedPack) => ({ id: pack.id, title: pack.title })
  return { left: named(left), right: named(right), groups: all.filter((g) => g.rows.length > 0) }
}
