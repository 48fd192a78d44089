import type { FactPerson, Instant, Rank } from '@liuhen/law/fact'
import type { Role } from '../event.ts'
import type { Certificate, PersonEvent } from './events.ts'

export type KnownPerson = Readonly<{
  status: 'registered'
  name: string
  unit?: string | undefined
  position?: string | undefined
  roles: readonly Role[]
  certificate?: Certificate | undefined
  legalQualified: boolean
  login?: string | undefined
  /** False once the person no longer acts for the agency. */
  active: boolean
  /** Who decides in this head's place, and when; `ended` where it was taken back. */
  standIns?: readonly Readonly<{ delegationId: string; from: string; to: string; ended?: Instant }>[]
}>
export type PersonState = Readonly<{ status: 'none' }> | KnownPerson

export const initialPerson: PersonState = { status: 'none' }

const misplaced = (s: PersonState, type: string): never => {
  throw new Error(`${type} cannot follow a person that is ${s.status}`)
}

export const evolvePerson = (state: PersonState, event: PersonEvent): PersonState => {
  switch (event.type) {
    case 'PersonRegistered':
      return state.status === 'none'
        ? { status: 'registered', active: true, ...event.data.public, ...event.data.internal }
        : misplaced(state, event.type)
    default:
      return state.status === 'registered' ? changed(state, event) : misplaced(state, event.type)
  }
}

type Change = Exclude<PersonEvent, { type: 'PersonRegistered' }>

const changed = (state: KnownPerson, event: Change): KnownPerson => {
  switch (event.type) {
    case 'CertificateRenewed':
      return { ...state, certificate: event.data.internal }
    case 'RolesChanged': {
      const { unit, position } = event.data.internal
      return { ...state, roles: event.data.public.roles, unit, position }
    }
    case 'PersonDeactivated':
      return { ...state, active: false }
    case 'PersonReactivated':
      return { ...state, active: true }
    case 'AccountOpened':
      return { ...state, login: event.data.internal.login }
    case 'PasswordReset':
      return state
    case 'StandInNamed': {
      const { delegationId, from, to } = event.data.public
      return { ...state, standIns: [...(state.standIns ?? []), { delegationId, from, to }] }
    }
    case 'StandInEnded': {
      const { delegationId } = event.data.public
      const ended = event.occurredAt
      const standIns = (state.standIns ?? []).map((d) =>
        d.delegationId === delegationId ? { ...d, ended } : d,
      )
      return { ...state, standIns }
    }
  }
}

/** The highest rank that a person's roles give; everybody else approves as a handler does: not at all. */
export const rankOf = (roles: readonly Role[]): Rank =>
  roles.includes('agency-head')
    ? 'agency-head'
    : roles.includes('deputy-head')
      ? 'deputy-head'
      : roles.includes('unit-head')
        ? 'unit-head'
        : 'handler'

/** A person as the law sees one at the moment of an act: certificate and rank are frozen into the event. */
export const toFactPerson = (
  personId: string,
  p: Pick<KnownPerson, 'name' | 'roles' | 'certificate' | 'legalQualified'>,
  as?: string,
): FactPerson => ({
  personId,
  name: p.name,
  ...(as === undefined ? {} : { as }),
  rank: rankOf(p.roles),
  ...(p.certificate === undefined ? {} : { certNo: p.certificate.certNo }),
  ...(p.certificate?.certValidTo === undefined ? {} : { certValidTo: p.certificate.certValidTo }),
  legalQualified: p.legalQualified,
})
