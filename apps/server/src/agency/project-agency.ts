import { type AgencyEvent, AgencySettings } from '@liuhen/domain/agency/events'
import { settingsAfter } from '@liuhen/domain/agency/state'
import type { RecordedEvent } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import type { Projection } from '../event-store/store.ts'

const isAgencyEvent = (e: RecordedEvent): e is RecordedEvent & AgencyEvent => e.streamType === 'agency'

/** app.agency from agency streams. */
export const agencyProjection: Projection = {
  name: 'agency',
  tables: ['app.agency'],
  apply: async (tx, event) => {
    if (!isAgencyEvent(event)) return
    switch (event.type) {
      case 'AgencyRegistered': {
        const { settings, ...rest } = event.data.internal
        const profile = present({ ...event.data.public, ...rest })
        const { name, shortName, code, base, overlays } = profile
        await tx.query(
          `INSERT INTO app.agency
             (agency_id, name, short_name, code, base, overlays, profile, settings, registered_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [
            event.agencyId,
            name,
            shortName,
            code,
            base,
            overlays,
            JSON.stringify(profile),
            JSON.stringify(settings),
            event.recordedAt,
          ],
        )
        return
      }
      case 'SettingsApproved': {
        const { rows } = await tx.query<{ settings: unknown }>(
          'SELECT settings FROM app.agency WHERE agency_id = $1',
          [event.agencyId],
        )
        const settings = settingsAfter(AgencySettings.parse(rows[0]?.settings), event.data.public.changes)
        await tx.query('UPDATE app.agency SET settings = $2 WHERE agency_id = $1', [
          event.agencyId,
          JSON.stringify(settings),
        ])
        return
      }
      case 'PhrasesKept': {
        const { document, field } = event.data.public
        await tx.query('UPDATE app.agency SET phrases = phrases || $2::jsonb WHERE agency_id = $1', [
          event.agencyId,
          JSON.stringify({ [`${document}/${field}`]: event.data.internal.phrases }),
        ])
        return
      }
      case 'SettingsProposed':
      case 'SettingsWeighed':
      case 'SettingsRejected':
      case 'SettingsWithdrawn':
      case 'SettingsCarriedOut':
    }
  },
}
