import { FACTS_OF_EVENTS } from '@liuhen/domain/case/words'
import { nameOf } from '@liuhen/domain/document/name-of'
import { resultOf } from '@liuhen/domain/document/result-of'
import { present } from '@liuhen/domain/present'
import { groupOf, marksOf } from '@liuhen/law/combine'
import type { CaseLaw } from '@liuhen/law/combine'
import { aboutOf } from '@liuhen/law/event-about'
import { eventFields } from '@liuhen/law/event-fields'
import { namesOf } from '@liuhen/law/schema/fact-pattern'
import type { CaseTerms } from '../case-stream/terms.ts'
import { filmingWants } from './filming-terms.ts'

const namesBy = <T>(
  items: readonly T[],
  key: (x: T) => string,
  name: (x: T) => string,
  otherwise = (code: string): string => code,
) => {
  const names = new Map(items.map((x) => [key(x), name(x)]))
  return (code: string): string => names.get(code) ?? otherwise(code)
}

/** First what the procedure puts in an order of work, then the rest as the law has it. */
const inOrderOfWork = ({ work, events }: CaseLaw['procedure']): CaseLaw['procedure']['events'] => {
  const order = new Map(work.flatMap((w) => w.events).map((name, i) => [name, i]))
  return events.toSorted((a, b) => (order.get(a.name) ?? order.size) - (order.get(b.name) ?? order.size))
}

/** Rules of duties that each event fulfils. */
function fulfilledBy({ duties }: CaseLaw['procedure']): (name: string) => string[] {
  const rules = duties.map(({ id, closes, orCloses }) => {
    const patterns = [closes, ...orCloses.map((one) => one.with)].filter(({ kind }) => kind === 'event')
    return { id, names: patterns.flatMap(namesOf) }
  })
  return (name) => rules.filter(({ names }) => names.includes(name)).map(({ id }) => id)
}

/** An event that happens in several steps is offered in each; one that belongs to none, anywhere. */
const notesOf = (selected: CaseLaw): CaseTerms['notes'] => {
  const { work } = selected.procedure
  const fulfils = fulfilledBy(selected.procedure)
  return inOrderOfWork(selected.procedure)
    .filter(({ name }) => !FACTS_OF_EVENTS.has(name))
    .flatMap((event) => {
      const note = {
        name: event.name,
        title: event.label,
        subject: event.subject ?? selected.procedure.name,
        fields: eventFields(event, selected),
        about: aboutOf(event, selected),
        fulfils: fulfils(event.name),
        ...present({
          officers: event.officers,
          span: event.span,
          means: event.means,
          sends: event.sends,
          while: event.while,
          afterArchiving: event.afterArchiving,
          group: work.find((w) => w.events.includes(event.name))?.name,
        }),
      }
      return event.steps.length === 0 ? [note] : event.steps.map((step) => ({ ...note, step }))
    })
}

/** What the system knows of every recording, or asks for every recording. */
const KNOWN_OF_RECORDINGS: ReadonlySet<string> = new Set([
  'caseNo',
  'party',
  'handler',
  'deviceNo',
  'officers',
  'usedAt',
])

/** Several texts may want the same; it is asked for once. */
function labelFieldsOf(selected: CaseLaw): CaseTerms['labelFields'] {
  const named = groupOf(selected, 'upload').flatMap(({ value }) => [
    ...value.labelFields,
    ...(value.classification?.fields ?? []),
  ])
  const asked = named.filter(({ code }) => !KNOWN_OF_RECORDINGS.has(code))
  const fields = asked.map(({ code, label, help }) => ({
    key: code,
    label,
    ...(help === undefined ? {} : { help }),
  }))
  return [...new Map(fields.map((field) => [field.key, field])).values()]
}

const checksOf = (selected: CaseLaw): CaseTerms['checks'] =>
  groupOf(selected, 'recording').flatMap(({ value }) =>
    value.scenes.flatMap(({ scene, checks }) => checks.map((check) => ({ scene, ...check }))),
  )

const packsOf = (selected: CaseLaw): CaseTerms['packs'] => {
  const base = selected.packs.find((p) => p.pack.layer === 'base')?.pack
  return {
    base: base?.id ?? 'national',
    baseTitle: base?.title ?? '国家规定',
    overlays: selected.packs
      .filter((p) => p.pack.layer === 'overlay')
      .map(({ pack }) => ({ id: pack.id, title: pack.title })),
  }
}

const publisherOf = (selected: CaseLaw): Pick<CaseTerms, 'publishedBy'> => {
  const [publishedBy] = groupOf(selected, 'publicity').flatMap(({ value }) => value.channel?.by ?? [])
  return publishedBy === undefined ? {} : { publishedBy }
}

const known = new WeakMap<CaseLaw, CaseTerms>()

/** What the law that binds a case calls its steps, papers, scenes, flags and facts. Each command on a case asks for it. */
export const termsOf = (selected: CaseLaw): CaseTerms => {
  const terms = known.get(selected) ?? readTerms(selected)
  known.set(selected, terms)
  return terms
}

const readTerms = (selected: CaseLaw): CaseTerms => {
  const { procedure, law } = selected
  return {
    procedure: present({
      id: procedure.id,
      name: procedure.name,
      act: procedure.act,
      decision: procedure.decision,
      opening: procedure.caseNumberFrom,
    }),
    stages: procedure.stages,
    packs: packsOf(selected),
    stepName: namesBy(
      procedure.steps,
      (s) => s.id,
      (s) => s.name,
    ),
    documentName: (type, data = {}) => {
      const definition = law.documents.findLast((d) => d.id === type)
      return definition === undefined ? type : nameOf(definition, data)
    },
    resultOf: (type, data) =>
      resultOf(
        law.documents.find((d) => d.id === type),
        data,
      ),
    sceneName: (code) => law.scenes.get(code) ?? code,
    flags: marksOf(selected).map((f) => f.flag),
    flagName: namesBy(
      procedure.flags,
      (f) => f.flag,
      (f) => f.label,
      // A case may still carry a mark that the law does not have any more.
      () => '已停用的标记',
    ),
    factName: namesBy(
      procedure.events,
      (e) => e.name,
      (e) => e.label,
    ),
    notes: notesOf(selected),
    labelFields: labelFieldsOf(selected),
    filming: filmingWants(selected),
    checks: checksOf(selected),
    ...publisherOf(selected),
  }
}
