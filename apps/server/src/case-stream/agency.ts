import { AgencyProfile, AgencySettings } from '@liuhen/domain/agency/events'
import type { Tx } from '../postgres/transaction.ts'

export type KnownAgency = AgencyProfile & Readonly<{ id: string; settings: AgencySettings }>

type Row = { agency_id: string; profile: unknown; settings: unknown }

/** The transaction's agency; throws when there is none, because nobody acts for an agency that is not registered. */
export const getAgency = async (tx: Tx, agencyId: string): Promise<KnownAgency> => {
  const { rows } = await tx.query<Row>(
    'SELECT agency_id, profile, settings FROM app.agency WHERE agency_id = $1',
    [agencyId],
  )
  const row = rows[0]
  if (row === undefined) throw new Error(`no agency ${agencyId}`)
  return {
    ...AgencyProfile.parse(row.profile),
    id: row.agency_id,
    settings: AgencySettings.parse(row.settings),
  }
}
