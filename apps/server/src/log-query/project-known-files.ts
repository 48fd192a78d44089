import { z } from 'zod'
import { CaseEventData } from '@liuhen/domain/case/events'
import type { RecordedEvent } from '@liuhen/domain/event'
import type { Projection } from '../event-store/store.ts'
import type { Tx } from '../postgres/transaction.ts'

const Issued = z.object({ public: CaseEventData.DocumentIssued.shape.public })
const Rendered = z.object({ public: CaseEventData.DocumentRendered.shape.public })
const Served = z.object({ public: CaseEventData.DocumentServed.shape.public })
const Retracted = z.object({ public: CaseEventData.DocumentServiceRetracted.shape.public })
const Corrected = z.object({ public: CaseEventData.DocumentCorrected.shape.public })
const Linked = z.object({ public: CaseEventData.RecordingLinked.shape.public })

const upsert = (tx: Tx, columns: Readonly<Record<string, unknown>>) => {
  const names = Object.keys(columns)
  const places = names.map((_, i) => `$${i + 1}`).join(', ')
  const updates = names
    .slice(2)
    .map((n) => `${n} = EXCLUDED.${n}`)
    .join(', ')
  return tx.query(
    `INSERT INTO app.known_file (${names.join(', ')}) VALUES (${places}) ON CONFLICT (subject_id) DO UPDATE SET ${updates}`,
    Object.values(columns),
  )
}

const applyCase = async (tx: Tx, e: RecordedEvent): Promise<void> => {
  const { agencyId: agency_id, id: event_id, recordedAt: recorded_at } = e
  switch (e.type) {
    case 'DocumentIssued': {
      const { documentId, type, number } = Issued.parse(e.data).public
      await upsert(tx, { subject_id: documentId, agency_id, kind: 'document', type, number: number ?? null })
      return
    }
    case 'DocumentRendered': {
      const { documentId, blob } = Rendered.parse(e.data).public
      await upsert(tx, {
        subject_id: documentId,
        agency_id,
        kind: 'document',
        sha256: blob.sha256,
        event_id,
        recorded_at,
      })
      return
    }
    case 'DocumentServed':
      await upsert(tx, {
        subject_id: Served.parse(e.data).public.documentId,
        agency_id,
        kind: 'document',
        served: true,
      })
      return
    case 'DocumentServiceRetracted': {
      const { documentId, remaining } = Retracted.parse(e.data).public
      await upsert(tx, { subject_id: documentId, agency_id, kind: 'document', served: remaining > 0 })
      return
    }
    case 'DocumentCorrected':
      await upsert(tx, {
        subject_id: Corrected.parse(e.data).public.documentId,
        agency_id,
        kind: 'document',
        corrected_at: recorded_at,
      })
      return
    case 'RecordingLinked': {
      const { recordingId, blob } = Linked.parse(e.data).public
      await upsert(tx, {
        subject_id: recordingId,
        agency_id,
        kind: 'recording',
        sha256: blob.sha256,
        event_id,
        recorded_at,
      })
      return
    }
  }
}

/** Which event names which bytes, for whoever holds a file. */
export const knownFilesProjection: Projection = {
  name: 'known-files',
  tables: ['app.known_file'],
  apply: async (tx, event) => {
    if (event.streamType === 'case') await applyCase(tx, event)
  },
}
