import { refuse, type Refusal } from '@liuhen/domain/refusal'
import { citable } from '@liuhen/law/citable'
import { sayRef } from '@liuhen/law/citation'
import { proceduresAt, proceduresOpenTo } from '@liuhen/law/choice'
import { civilDateOf } from '@liuhen/law/civil-date'
import { carriesOut } from '@liuhen/law/combine'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { Instant } from '@liuhen/law/fact'
import { asksViolation, sourcesOf } from '@liuhen/law/event-fields'
import { inForce, type Law, type LawSelection } from '@liuhen/law/law'
import type { Clause } from '@liuhen/law/schema/clause'
import type { Example } from './examples.ts'
import { type RuleNamed, rulesByClause } from './rules-naming.ts'

export type PackItem = {
  id: string
  title: string
  issuer: string
  layer: string
  effectiveFrom?: string
  clauses: number
}

/** National law is read like a pack, although nobody may choose it away. */
const NATIONAL = { id: 'national', title: '国家规定', issuer: '国家', layer: 'national' }

/** National law and every version of every pack that was loaded. */
export const listPacks = (law: Law): { items: PackItem[] } => ({
  items: [
    { ...NATIONAL, clauses: law.provisions.length },
    ...law.packs.map(({ pack, clauses }) => ({
      id: pack.id,
      title: pack.title,
      issuer: pack.issuer,
      layer: pack.layer,
      ...(pack.effectiveFrom === null ? {} : { effectiveFrom: pack.effectiveFrom }),
      clauses: clauses.size,
    })),
  ],
})

export type ClauseItem = {
  id: string
  ref: string
  modality: Clause['modality']
  duty: string
  testable: Clause['testable']
  offers?: string
  confirmed: boolean
  rules: RuleNamed[]
  examples: Example[]
}

const clausesOf = (
  law: Law,
  pack: string,
): { title: string; items: Omit<ClauseItem, 'rules' | 'examples'>[] } | undefined => {
  if (pack === NATIONAL.id)
    return {
      title: NATIONAL.title,
      items: law.provisions.map(({ id, cite, duty, confirmed }) => ({
        id,
        ref: cite,
        modality: 'must',
        duty,
        testable: 'yes',
        confirmed,
      })),
    }
  const loaded = law.packs.findLast((p) => p.pack.id === pack)
  if (loaded === undefined) return undefined
  return {
    title: loaded.pack.title,
    items: [...loaded.clauses.values()].map(({ id, ref, modality, duty, testable, offers }) => ({
      id,
      ref: sayRef(ref),
      modality,
      duty,
      testable,
      ...(offers === undefined ? {} : { offers }),
      confirmed: true,
    })),
  }
}

/** Each clause in our words, with the rules that carry it out and the examples that show it. */
export const listClauses = (
  law: Law,
  pack: string,
  examples: ReadonlyMap<string, readonly Example[]>,
): { title: string; items: ClauseItem[] } | Refusal => {
  const found = clausesOf(law, pack)
  if (found === undefined) return refuse('not-found', '没有这个制度包。', '请从制度包列表中选择。')
  const rules = rulesByClause(law)
  return {
    title: found.title,
    items: found.items.map((c) => ({
      ...c,
      rules: [...(rules.get(c.id) ?? [])],
      examples: [...(examples.get(c.id) ?? [])],
    })),
  }
}

/** What a paper may cite, with whether it is national law or a text of this agency. */
export const listCitable = (law: Law, { base, overlays }: LawSelection, now: Instant) => {
  const today = civilDateOf(now)
  return {
    items: citable(law).map(({ pack, ...place }) => ({
      ...place,
      inForce: (place.effectiveFrom ?? today) <= today && today <= (place.effectiveTo ?? today),
      ours: pack === NATIONAL.id || pack === base || overlays.includes(pack),
    })),
  }
}

/** Of several versions the one in force. */
const current = <T extends { effectiveFrom: string | null; effectiveTo?: string | undefined }>(
  items: readonly T[],
  idOf: (item: T) => string,
  now: Instant,
): T[] =>
  [...new Set(items.map(idOf))].flatMap(
    (id) =>
      inForce(
        items.filter((item) => idOf(item) === id),
        civilDateOf(now),
      ) ?? [],
  )

export type ProcedureQuery = Readonly<{
  kind?: 'case' | 'register' | undefined
  act?: string | undefined
  offered?: 'true' | undefined
}>

/** The procedures in force: first those in which the agency may open a case, in the order of its texts. */
export const listProcedures = (law: Law, selection: LawSelection, query: ProcedureQuery, now: Instant) => {
  const date = civilDateOf(now)
  const open = proceduresOpenTo(law, selection, date)
  const offered = new Set(open.map((p) => p.id))
  const others = query.offered === 'true' ? [] : proceduresAt(law, date).filter((p) => !offered.has(p.id))
  return {
    items: [...open, ...others]
      .filter((p) => query.kind === undefined || p.kind === query.kind)
      .filter((p) => query.act === undefined || carriesOut(p, [query.act]))
      .map(({ id, name, act, purpose, kind, stages, steps, events, onTheSpot, decision }) => ({
        id,
        name,
        act,
        ...(purpose === undefined ? {} : { purpose }),
        kind,
        offered: offered.has(id),
        sources: [...sourcesOf({ events })],
        asksViolation: asksViolation({ events }),
        ...(onTheSpot === undefined || decision === undefined
          ? {}
          : { onTheSpot: { step: onTheSpot, document: decision } }),
        stages,
        steps: steps.map(({ id: step, name: stepName, stage }) => ({ id: step, name: stepName, stage })),
      })),
  }
}

export const listDocumentDefinitions = (law: Law, now: Instant): { items: DocumentDefinition[] } => ({
  items: current(law.documents, (d) => d.id, now),
})
