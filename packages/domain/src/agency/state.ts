import type { AgencyEvent, AgencyProfile, AgencySettings } from './events.ts'

export type AgencyState =
  | Readonly<{ status: 'none' }>
  | (Readonly<{ status: 'registered'; settings: AgencySettings }> & Readonly<AgencyProfile>)

export type KnownAgency = Exclude<AgencyState, { status: 'none' }>

export const initialAgency: AgencyState = { status: 'none' }

export const evolveAgency = (state: AgencyState, event: AgencyEvent): AgencyState => {
  switch (event.type) {
    case 'AgencyRegistered':
      if (state.status !== 'none') throw new Error('AgencyRegistered cannot follow a registered agency')
      return { status: 'registered', ...event.data.public, ...event.data.internal }
  }
}
