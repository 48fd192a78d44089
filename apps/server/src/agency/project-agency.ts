import type { AgencyEvent } from '@liuhen/domain/agency/events'
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
      }
    }
  },
}
