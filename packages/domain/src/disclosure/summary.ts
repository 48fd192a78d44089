import type { Party } from '../case/events.ts'
import { type Decision, refuse } from '../refusal.ts'
import { PublishedSummary } from './events.ts'
import { type Known, maskName, maskText } from './mask.ts'

/** The issued summary paper as it stands in the file, and what the case knows of the people in it. */
export type SummarySource = Readonly<{
  decisionNo: string | undefined
  decidedOn: string | undefined
  agency: string
  party: Party | undefined
  /** The party as the paper names it to the public. */
  maskedParty?: string | undefined
  violation: string | undefined
  penalty: string | undefined
  basis: string | undefined
  /** Whoever reported it is protected in every text that goes out. */
  informant?: Readonly<{ name?: string; phone?: string }>
}>

const given = (...values: (string | undefined)[]): string[] =>
  values.filter((v): v is string => v !== undefined && v.trim() !== '')

/** A sole trader without a shop name is known by the trader's own name. */
const isPersonsName = (party: Party): boolean =>
  party.kind === 'person' || (party.kind === 'sole-trader' && party.name === party.representative)

export const knownOf = (party: Party, informant: SummarySource['informant']): Known => ({
  names: given(isPersonsName(party) ? party.name : undefined, party.representative, informant?.name),
  secrets: given(party.idNumber, party.address, party.phone, informant?.phone),
})

/** What the publisher wrote, with every name that the case knows masked again; otherwise the party's own name, masked. */
const publicName = (party: Party, masked: string | undefined, known: Known): string => {
  if (masked !== undefined && masked.trim() !== '') return maskText(masked.trim(), known)
  return isPersonsName(party) ? maskName(party.name) : party.name
}

const LABELS = {
  decisionNo: '决定书文号',
  decidedOn: '决定日期',
  party: '当事人',
  violation: '违法行为类型（事项）',
  penalty: '决定内容',
  basis: '决定依据',
} as const

type Ready = Readonly<Record<keyof typeof LABELS, string>>

const missingOf = (source: SummarySource): string[] =>
  Object.entries(LABELS)
    .filter(([key]) =>
      key === 'party' ? source.party === undefined : !source[key as keyof Omit<SummarySource, 'party'>],
    )
    .map(([, label]) => label)

/** Masks, then takes only the listed elements. Whatever else the paper says does not come through here. */
export const summarise = (source: SummarySource): Decision<PublishedSummary> => {
  const { party } = source
  const missing = missingOf(source)
  if (party === undefined || missing.length > 0)
    return refuse(
      'incomplete',
      `公示摘要缺少：${missing.join('、')}`,
      '请补正《行政执法决定信息公示摘要》后再公示',
    )
  const known = knownOf(party, source.informant)
  const text = (value: string | undefined): string => maskText(value ?? '', known)
  const ready: Ready = {
    decisionNo: source.decisionNo ?? '',
    decidedOn: source.decidedOn ?? '',
    party: publicName(party, source.maskedParty, known),
    violation: text(source.violation),
    penalty: text(source.penalty),
    basis: text(source.basis),
  }
  return [PublishedSummary.parse({ ...ready, agency: source.agency, partyKind: party.kind })]
}
