import { AgencyProfile, AgencySettings } from '@liuhen/domain/agency/events'
import { OPINION } from '@liuhen/domain/agency/phrases'
import { z } from 'zod'
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

const Phrases = z.record(z.string(), z.array(z.string()))

/** By document and field: what the agency's administrators keep. */
const phrasesKept = async (tx: Tx, agencyId: string): Promise<readonly [string, string[]][]> => {
  const { rows } = await tx.query<{ phrases: unknown }>(
    'SELECT phrases FROM app.agency WHERE agency_id = $1',
    [agencyId],
  )
  return Object.entries(Phrases.parse(rows[0]?.phrases ?? {})).filter(([, phrases]) => phrases.length > 0)
}

/** By field: what the agency's administrators keep for this kind of paper. */
export const phrasesFor = async (
  tx: Tx,
  agencyId: string,
  type: string,
): Promise<Record<string, string[]>> => {
  const kept = await phrasesKept(tx, agencyId)
  return Object.fromEntries(
    kept.flatMap(([place, phrases]) => {
      const [document, field] = place.split('/')
      return document === type && field !== undefined ? [[field, phrases]] : []
    }),
  )
}

/** By document: what the agency's administrators keep for those who approve it. */
export const opinionPhrases = async (tx: Tx, agencyId: string): Promise<ReadonlyMap<string, string[]>> => {
  const kept = await phrasesKept(tx, agencyId)
  return new Map(
    kept.flatMap(([place, phrases]) => {
      const [document = '', field] = place.split('/')
      return field === OPINION ? [[document, phrases] as const] : []
    }),
  )
}

/**
 * A case that begins and settings that are approved do not pass each other: whoever opens a case holds this shared until
 * it is written, whoever approves holds it alone. So every case either has the new settings or is found and given them.
 */
export const holdSettings = (tx: Tx, agencyId: string, how: 'shared' | 'alone'): Promise<unknown> =>
  tx.query(
    `SELECT pg_advisory_xact_lock${how === 'shared' ? '_shared' : ''}(hashtextextended('settings ' || $1, 0))`,
    [agencyId],
  )
