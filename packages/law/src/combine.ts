import { citeClause, citeProvision } from './citation.ts'
import { addDays, civilDateOf } from './civil-date.ts'
import type { DocumentDefinition } from './document-definition.ts'
import type { Citation } from './evaluation.ts'
import type { Instant, Rank } from './fact.ts'
import { RANKS } from './fact.ts'
import { NATIONAL_ALONE, inForce } from './law.ts'
import type { Law, LawSelection, LoadedPack } from './law.ts'
import { optionsIn } from './several.ts'
import type { PackParams } from './schema/pack.ts'
import type { PackScene } from './schema/pack-recording.ts'
import type { Procedure } from './schema/procedure.ts'
import type { NationalProvision } from './schema/provision.ts'

/** The law that binds one case: procedure, packs and provisions, each in the version that applies to it. */
export type CaseLaw = Readonly<{
  law: Law
  national: boolean
  procedure: Procedure
  packs: readonly LoadedPack[]
}>

/** A value together with the pack that fixes it. */
export type Sourced<T> = Readonly<{ pack: LoadedPack; value: T }>

export type SelectionProblem = Readonly<{ problem: 'unknown-pack' | 'unknown-procedure'; message: string }>

/** The version of a pack that is in force on a date. */
export const packAt = (law: Law, id: string, date: string): LoadedPack | undefined =>
  inForce(
    law.packs
      .filter((p) => p.pack.id === id)
      .map((loaded) => ({ effectiveFrom: loaded.pack.effectiveFrom, loaded })),
    date,
  )?.loaded

/** Picks packs at the case's start and the procedure of that day (decisions.md 4). Overlays come after the base, in the order of their ids, so that the order of choice has no effect. */
export function selectLaw(
  law: Law,
  selection: LawSelection,
  procedureId: string,
  startedAt: Instant,
): CaseLaw | SelectionProblem {
  const date = civilDateOf(startedAt)
  const procedure = inForce(
    law.procedures.filter((p) => p.id === procedureId),
    date,
  )
  if (procedure === undefined)
    return { problem: 'unknown-procedure', message: `没有在${date}施行的程序“${procedureId}”` }
  const ids = [
    ...(selection.base === NATIONAL_ALONE ? [] : [selection.base]),
    ...new Set([...selection.overlays].toSorted()),
  ]
  const packs: LoadedPack[] = []
  for (const id of ids) {
    const version = packAt(law, id, date)
    if (version === undefined) return { problem: 'unknown-pack', message: `没有在${date}施行的制度包“${id}”` }
    if (reaches(version, procedure, selection)) packs.push(version)
  }
  return sameBefore({ law, national: selection.national !== 'off', procedure, packs })
}

const before = new WeakMap<Procedure, readonly CaseLaw[]>()

/** Cases under the same texts have one object for them, so that whatever is read of the texts is read once. */
function sameBefore(selected: CaseLaw): CaseLaw {
  const others = before.get(selected.procedure) ?? []
  const same = others.find(
    ({ law, national, packs }) =>
      law === selected.law &&
      national === selected.national &&
      packs.length === selected.packs.length &&
      packs.every((pack, i) => pack === selected.packs[i]),
  )
  if (same === undefined) before.set(selected.procedure, [...others, selected])
  return same ?? selected
}

/** A text that reaches listed acts only says nothing of others, nor of those that the agency has not taken up. */
const reaches = ({ pack }: LoadedPack, procedure: Procedure, { acts }: LawSelection): boolean =>
  pack.actsOnly === undefined ||
  procedure.kind === 'register' ||
  (carriesOut(procedure, pack.acts) && (acts === undefined || carriesOut(procedure, acts)))

/** Whether the procedure is of one of these kinds of act, whatever word a text has for it. */
export const carriesOut = ({ act, alsoCalled }: Procedure, acts: readonly string[]): boolean =>
  [act, ...alsoCalled].some((word) => acts.includes(word))

/** What the agency has set of the acts that it has taken up, as one line of words. */
export const actsTakenUp = (
  settings: Readonly<Record<string, unknown>> | undefined,
): string[] | undefined => {
  const said = settings?.['pilot-acts']
  return typeof said === 'string' && said !== 'all' ? [...optionsIn(said)] : undefined
}

export const isProblem = (selected: CaseLaw | SelectionProblem): selected is SelectionProblem =>
  'problem' in selected

const grouped = new WeakMap<object, ReadonlyMap<string, readonly unknown[]>>()

/** All versions of each thing by its id. The lists of a loaded law never change, so each is sorted once. */
function versionsBy<T extends Readonly<{ id: string }>>(
  list: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const known = grouped.get(list)
  if (known !== undefined) return known as ReadonlyMap<string, readonly T[]>
  const found = new Map<string, T[]>()
  for (const one of list) found.set(one.id, [...(found.get(one.id) ?? []), one])
  grouped.set(list, found)
  return found
}

/** The national provision as it stands on a date, whatever act it is of; nothing when national law is switched off. */
export const provisionOn = (
  { national, law }: CaseLaw,
  id: string,
  date: string,
): NationalProvision | undefined =>
  national ? inForce(versionsBy(law.provisions).get(id) ?? [], date) : undefined

/** The national provision that binds the case: in force on the date, of a statute that reaches its kind of act. */
export const provisionAt = (caseLaw: CaseLaw, id: string, date: string): NationalProvision | undefined => {
  const found = provisionOn(caseLaw, id, date)
  return found !== undefined && speaksOf(found, caseLaw.procedure) ? found : undefined
}

/** Whether an article speaks of the kind of act that a procedure carries out. */
const speaksOf = ({ acts }: Readonly<{ acts?: string[] | undefined }>, procedure: Procedure): boolean =>
  acts === undefined || procedure.kind === 'register' || carriesOut(procedure, acts)

/** Citations of those clauses that bind a case on a date. Empty: the rule does not exist for it. */
export type Citing = (date: string) => readonly Citation[]

/** The days on which the answer may change: a provision begins to be in force, or is so no longer. */
function changesOf({ law, national }: CaseLaw, ids: readonly string[]): string[] {
  const versions = national ? ids.flatMap((id) => versionsBy(law.provisions).get(id) ?? []) : []
  const days = versions.flatMap(({ effectiveFrom, effectiveTo }) => [
    ...(effectiveFrom === null ? [] : [effectiveFrom]),
    ...(effectiveTo === undefined ? [] : [addDays(effectiveTo, 1)]),
  ])
  return [...new Set(days)].toSorted()
}

/** Citations of these clauses by date, put together once for each time between two changes. */
export function citing(caseLaw: CaseLaw, ids: readonly string[]): Citing {
  const changes = changesOf(caseLaw, ids)
  const found: (readonly Citation[] | undefined)[] = []
  if (changes.length === 0) return () => (found[0] ??= bindingCitations(caseLaw, ids, ''))
  return onEachDay((date) => {
    let period = 0
    while (period < changes.length && (changes[period] ?? '') <= date) period += 1
    return (found[period] ??= bindingCitations(caseLaw, ids, date))
  })
}

/** The same day is asked for many times in a row. */
export function onEachDay(cite: Citing): Citing {
  let last: string | undefined
  let citations: readonly Citation[] = []
  return (date) => {
    if (date !== last) {
      citations = cite(date)
      last = date
    }
    return citations
  }
}

/** Rules ask the same question of the same law again and again. */
const known = new WeakMap<CaseLaw, WeakMap<readonly string[], Citing>>()

/** Citations of those clauses that bind this case on this date. Empty: the rule does not exist for it. */
export function citationsOf(caseLaw: CaseLaw, ids: readonly string[], date: string): readonly Citation[] {
  const byRule = known.get(caseLaw) ?? new WeakMap<readonly string[], Citing>()
  known.set(caseLaw, byRule)
  const cite = byRule.get(ids) ?? citing(caseLaw, ids)
  byRule.set(ids, cite)
  return cite(date)
}

function bindingCitations(caseLaw: CaseLaw, ids: readonly string[], date: string): Citation[] {
  const found: Citation[] = []
  for (const id of ids) {
    const provision = provisionAt(caseLaw, id, date)
    if (provision !== undefined) found.push(citeProvision(provision))
    for (const { pack, clauses } of caseLaw.packs) {
      const clause = clauses.get(id)
      if (clause !== undefined && speaksOf(clause, caseLaw.procedure))
        found.push(citeClause(clause, pack.title, pack.layer))
    }
  }
  return found
}

/** A parameter by path (`archive.case`) in every pack of the case that fixes it. Null in all: no text fixes it. */
export function paramOf(caseLaw: CaseLaw, path: string): Sourced<unknown>[] {
  const keys = path.split('.')
  return caseLaw.packs.flatMap((pack) => {
    let value: unknown = pack.pack.params
    for (const key of keys)
      value = typeof value === 'object' && value !== null && key in value ? Reflect.get(value, key) : null
    return value === null || value === undefined ? [] : [{ pack, value }]
  })
}

/** The marks that may be put on a case under these texts. */
export const marksOf = (caseLaw: CaseLaw): Procedure['flags'] =>
  caseLaw.procedure.flags.filter(({ param }) => param === undefined || paramOf(caseLaw, param).length > 0)

/** A top-level group of parameters in every pack that has it, typed. */
export const groupOf = <K extends keyof PackParams>(
  caseLaw: CaseLaw,
  key: K,
): Sourced<NonNullable<PackParams[K]>>[] =>
  caseLaw.packs.flatMap((pack) => {
    const value = pack.pack.params[key]
    return value === null || value === undefined ? [] : [{ pack, value }]
  })

export type SceneRow = Readonly<{ row: PackScene; citation: Citation; pack: LoadedPack }>

const rowsKnown = new WeakMap<CaseLaw, Map<string, readonly SceneRow[]>>()

/** Every row about a scene in the packs of the case, with its citation. */
export function sceneRows(caseLaw: CaseLaw, scene: string): readonly SceneRow[] {
  const byScene = rowsKnown.get(caseLaw) ?? new Map<string, readonly SceneRow[]>()
  rowsKnown.set(caseLaw, byScene)
  const found = byScene.get(scene) ?? findRows(caseLaw, scene)
  byScene.set(scene, found)
  return found
}

const findRows = (caseLaw: CaseLaw, scene: string): SceneRow[] =>
  caseLaw.packs.flatMap((pack) =>
    pack.pack.params.recording.scenes.flatMap((row) => {
      const citation = row.scene === scene ? citationIn(pack, row.clause) : undefined
      return citation === undefined ? [] : [{ row, citation, pack }]
    }),
  )

/** A clause of one pack, ready to be cited. */
export function citationIn({ pack, clauses }: LoadedPack, id: string): Citation | undefined {
  const clause = clauses.get(id)
  return clause === undefined ? undefined : citeClause(clause, pack.title, pack.layer)
}

const rankOrder = (ranks: readonly Rank[]): number => Math.max(-1, ...ranks.map((r) => RANKS.indexOf(r)))

/**
 * Who approves a document, in order: the highest chain that an applicable pack fixes for it, otherwise the definition's
 * own (decisions.md 2: the higher approver).
 */
export function approversOf(
  caseLaw: CaseLaw,
  document: DocumentDefinition,
): Readonly<{ ranks: readonly Rank[]; citations: readonly Citation[] }> {
  const { approvals } = document
  if (Array.isArray(approvals)) return { ranks: approvals, citations: [] }
  const fixed = paramOf(caseLaw, approvals.param).flatMap(({ pack, value }) => {
    const chain = approvers(value)
    return chain === undefined ? [] : [{ pack, ...chain }]
  })
  const highest = fixed.toSorted(
    (a, b) => rankOrder(b.ranks) - rankOrder(a.ranks) || b.ranks.length - a.ranks.length,
  )[0]
  if (highest === undefined) return { ranks: approvals.otherwise, citations: [] }
  const clause = highest.pack.clauses.get(highest.clause)
  const citations =
    clause === undefined ? [] : [citeClause(clause, highest.pack.pack.title, highest.pack.pack.layer)]
  return { ranks: highest.ranks, citations }
}

function approvers(value: unknown): { ranks: Rank[]; clause: string } | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const clause: unknown = Reflect.get(value, 'clause')
  const ranks: unknown = Reflect.get(value, 'ranks') ?? [Reflect.get(value, 'rank')]
  if (typeof clause !== 'string' || !Array.isArray(ranks)) return undefined
  return { clause, ranks: RANKS.filter((rank) => ranks.includes(rank)) }
}

/** Every version of a document's definition. */
export const formsOf = (law: Law, type: string): readonly DocumentDefinition[] =>
  versionsBy(law.documents).get(type) ?? []

/** The definition of a document that is in force on a date. */
export const documentAt = (law: Law, type: string, date: string): DocumentDefinition | undefined =>
  inForce(formsOf(law, type), date)
