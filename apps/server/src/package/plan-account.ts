import type { OpenCase } from '@liuhen/domain/case/state'
import type { DocumentState } from '@liuhen/domain/document/state'
import { fieldsOf } from '@liuhen/domain/document/form-data'
import { resultOf } from '@liuhen/domain/document/result-of'
import { sayValue } from '@liuhen/domain/document/say-value'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { PackagePlan } from './package-rows.ts'

type Account = PackagePlan['account']
type AccountInput = Readonly<{
  state: OpenCase
  definition: (type: string) => DocumentDefinition | undefined
}>

/** Letters of the facts that a reading page tells; the paper has the whole. */
const FACTS = 200

/** Field of decisions that tells what was found. */
const FACTS_FIELD = 'facts'

const clipped = (text: string): string => {
  const letters = Array.from(text.trim())
  if (letters.length <= FACTS) return letters.join('')
  const head = letters.slice(0, FACTS).join('')
  const end = head.lastIndexOf('。') + 1
  return `${end > 0 ? head.slice(0, end) : head}……（节录，全文见决定书）`
}

/** Papers of the package that decide and stand: those that end the matter, otherwise the last. */
const decisionsIn = (
  { state, definition }: AccountInput,
  shown: PackagePlan['documents'],
): DocumentState[] => {
  const all = shown
    .flatMap(({ documentId, volume }) => (volume === 'main' ? (state.documents[documentId] ?? []) : []))
    .filter(
      (d) => definition(d.type)?.decision === true && d.status === 'issued' && d.corrected === undefined,
    )
    .toSorted((a, b) => Date.parse(a.issuedAt ?? '') - Date.parse(b.issuedAt ?? ''))
  const ending = all.filter((d) => resultOf(definition(d.type), d.data) !== undefined)
  return ending.length > 0 ? ending : all.slice(-1)
}

/** Facts, law and result as the decision has them: nothing personal, so that every recipient of the paper may read it. */
const toldBy = (d: DocumentState, definition: DocumentDefinition): Account => {
  const fields = fieldsOf(definition).filter((f) => f.compartment !== 'personal')
  const facts = fields.find((f) => f.id === FACTS_FIELD)
  const told = facts === undefined ? '' : clipped(sayValue(facts, d.data[facts.id]))
  const number = [d.number, d.issuedOn].filter(Boolean).join('，')
  return [
    ...(facts === undefined ? [] : [{ label: facts.label, text: told }]),
    ...fields
      .filter((f) => f.kind === 'articles')
      .map((f) => ({ label: f.label, text: sayValue(f, d.data[f.id]) })),
    {
      label: '处理结果',
      text: `${resultOf(definition, d.data) ?? definition.name}${number === '' ? '' : `（${number}）`}`,
    },
  ]
}

/** What the case was about and how it ended, for a judge who opens the package; what nobody decided yet is left out. */
export const accountOf = (i: AccountInput, shown: PackagePlan['documents']): Account => {
  const { party, handlers, shredded } = i.state
  if (shredded !== undefined) return []
  const named = party?.representative === undefined || party.representative === party.name
  const all = [
    {
      label: '当事人',
      text: `${party?.name ?? ''}${named ? '' : `（法定代表人或者经营者：${party?.representative}）`}`,
    },
    ...decisionsIn(i, shown).flatMap((d) => {
      const definition = i.definition(d.type)
      return definition === undefined ? [] : toldBy(d, definition)
    }),
    { label: '承办人', text: handlers.flatMap((h) => h.name ?? []).join('、') },
  ]
  return all.filter(({ text }) => text.trim() !== '')
}
