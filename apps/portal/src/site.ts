import type { Pool } from 'pg'
import type { Site } from './layout.ts'
import { findInstallation, listAgencies } from './published.ts'

/** What stands on every page: the agencies' particulars, and whether this is a demonstration. */
export const readSite = async (pool: Pool): Promise<Site> => {
  const [agencies, installation] = await Promise.all([listAgencies(pool), findInstallation(pool)])
  return { agencies, installation }
}
