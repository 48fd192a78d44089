import { z } from 'zod'
import { StoresEventData, StoreVerdict } from '@liuhen/domain/stores/events'
import type { Projection } from '../event-store/store.ts'

const Body = z.object({ internal: z.looseObject({ verdict: StoreVerdict.optional() }) })

/** app.store_report from the streams of stores. */
export const storesProjection: Projection = {
  name: 'stores',
  tables: ['app.store_report'],
  apply: async (tx, event) => {
    if (event.streamType !== 'stores' || !(event.type in StoresEventData)) return
    const { internal } = Body.parse(event.data)
    await tx.query(
      `INSERT INTO app.store_report (event_id, agency_id, kind, verdict, at, body) VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        event.id,
        event.agencyId,
        event.type,
        internal.verdict ?? null,
        event.recordedAt,
        JSON.stringify(internal),
      ],
    )
  },
}
