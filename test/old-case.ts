import { randomBytes, randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import { putBlob } from '../apps/server/src/blobs/put-blob.ts'
import { AGENCY, type DisposalHouse } from './test-disposal.ts'

/** Somebody whom everything that was written of the case names. */
export const WORD = '欧阳长平'

/** A case of ten years ago that names somebody in papers, film, opinions and drafts. */
export const makeOldCase = async (t: DisposalHouse, admin: Client) => {
  const caseId = await t.openCase({ 'case-file-retention-years': 10 }, `${WORD}占道经营案`)
  const film = await t.film(caseId)
  const at = '2026-01-06T09:00:00+08:00'
  const pdf = await putBlob(
    t.deps.blobs,
    Buffer.from(`%PDF-1.7\n% ${WORD}\n${'x'.repeat(600)}\n%%EOF\n`),
    'application/pdf',
  )
  const { sha256, sizeBytes, mime } = pdf
  const documentId = randomUUID()
  await t.add('case', caseId, [
    t.event('PartyNamed', at, { public: { kind: 'person' }, personal: { kind: 'person', name: WORD } }),
    t.event('HandlersAssigned', at, {
      public: { count: 1 },
      internal: { handlers: [{ personId: t.people.officer.personId ?? '', name: 'officer' }] },
    }),
    t.event('DocumentSubmitted', at, {
      public: {
        documentId,
        type: 'penalty-decision',
        step: 'decision',
        version: 1,
        dataHash: '0'.repeat(64),
      },
      internal: { data: { facts: `${WORD}占道经营` }, filled: ['party'] },
      personal: { data: { party: WORD } },
    }),
    t.event('DocumentApproved', at, {
      public: { documentId, rank: 'unit-head', dataHash: '0'.repeat(64) },
      internal: { by: { personId: '', name: 'unit' }, opinion: `同意对${WORD}处罚` },
    }),
    t.event('DocumentIssued', at, {
      public: {
        documentId,
        type: 'penalty-decision',
        issuedOn: '2026-01-06',
        dataHash: '0'.repeat(64),
        number: '长民罚〔2026〕1号',
      },
    }),
    t.event('DocumentRendered', at, { public: { documentId, blob: { sha256, sizeBytes, mime }, pages: 1 } }),
    t.event('DocumentServed', at, {
      public: { documentId, mode: 'direct', servedAt: at },
      internal: { recordingIds: [], by: [] },
      personal: { recipient: WORD },
    }),
  ])
  await t.add('recording', film.id, [
    t.event('RecordingLabelled', at, {
      internal: { caseNo: '长1', handler: 'officer', details: { cause: `${WORD}占道` } },
      personal: { party: WORD },
    }),
    t.event('RecordingInterrupted', at, {
      internal: { from: at, cause: 'other', detail: `${WORD}遮挡镜头` },
    }),
    t.event('RecordingPointsMarked', at, {
      internal: { points: [{ code: 'scene', notApplicable: `${WORD}不在场` }] },
    }),
    t.event('RecordingPlaybackConfirmed', at, {
      internal: {
        playable: true,
        note: `听得清${WORD}说话`,
        watchedSeconds: 600,
        as: 'officer',
        by: { personId: t.people.officer.personId ?? '', name: 'officer' },
      },
    }),
    t.event('RecordingMarkedEvidence', at, { internal: { reason: `${WORD}承认占道` } }),
    t.event('RecordingTranscribed', at, {
      internal: { version: 1, lines: 1, by: { name: 'officer' } },
      personal: { lines: [{ from: 0, speaker: WORD, text: '我叫这个名字' }] },
    }),
  ])
  const copy = await givenCopy(t, film, at)
  await besides(admin, caseId)
  await opened(admin, film.id)
  await t.archive(caseId)
  await t.copy()
  return { caseId, film, copy, documentId, paper: sha256 }
}

/** A copy of the film that was made for somebody, seen, let out and taken back. */
const givenCopy = async (
  t: DisposalHouse,
  film: Readonly<{ id: string; sha256: string }>,
  at: string,
): Promise<string> => {
  const copyId = randomUUID()
  const { sha256, sizeBytes, mime } = await putBlob(t.deps.blobs, randomBytes(5_000), 'video/mp4')
  const source = { recordingId: film.id, sha256: film.sha256, sizeBytes: 100_000, chunkRoot: '' }
  const range = { from: 0, to: 1 }
  await t.add('derivative', copyId, [
    t.event('DerivativeRequested', at, {
      public: { number: '长民副本〔2026〕9号', kind: 'clip', source },
      internal: { spec: { kind: 'clip', range, exact: true }, purpose: 'party', reason: `${WORD}申请` },
      personal: { recipient: WORD },
    }),
    t.event('DerivativeMade', at, {
      public: { blob: { sha256, sizeBytes, mime }, chunkRoot: '', chunkSizeBytes: 1, source },
      internal: { tool: 'test', arguments: '', isolated: true, covers: range, durationSeconds: 1 },
    }),
    t.event('DerivativeReviewed', at, {
      internal: { approved: true, words: `只见${WORD}一人`, watchedSeconds: 1 },
    }),
    t.event('DerivativeReleased', at, {
      internal: { reason: `${WORD}申请查阅` },
      personal: { recipient: WORD },
    }),
    t.event('DerivativeWithdrawn', at, { internal: { reason: `${WORD}退回` } }),
  ])
  return sha256
}

/** What is no record and repeats it: a draft, and the answer that is kept for a request that comes twice. */
const besides = async (admin: Client, caseId: string): Promise<void> => {
  const body = JSON.stringify({ facts: `${WORD}占道经营` })
  await admin.query(
    `INSERT INTO app.draft (draft_id, agency_id, kind, subject_id, body, updated_by)
     VALUES ($1, $2, 'document', $3, $4, 'officer')`,
    [randomUUID(), AGENCY, caseId, body],
  )
  await admin.query(
    `INSERT INTO app.answer (agency_id, command_id, user_id, fingerprint, status, body)
     VALUES ($1, $2, 'officer', decode(repeat('00', 32), 'hex'), 200, $3)`,
    [AGENCY, randomUUID(), body],
  )
}

/** Who played the film, and who took its bytes, with the reason in words. */
const opened = async (admin: Client, recordingId: string): Promise<void> => {
  await admin.query(
    `INSERT INTO app.recording_opening
       (agency_id, recording_id, user_id, user_name, purpose, reason, first_byte, last_byte, address)
     VALUES ($1, $2, 'officer', 'officer', 'copy', $3, 0, 1, '127.0.0.1'),
       ($1, $2, 'officer', 'officer', 'view', NULL, 0, 1, '127.0.0.1')`,
    [AGENCY, recordingId, `核对${WORD}的陈述`],
  )
  await admin.query(
    `INSERT INTO app.recording_viewing (viewing_id, agency_id, recording_id, user_id, user_name, purpose, reason, address, at)
     VALUES ($1, $2, $3, 'officer', 'officer', 'other', $4, '127.0.0.1', now())`,
    [randomUUID(), AGENCY, recordingId, `核对${WORD}的陈述`],
  )
}

/** Where the name stands before, so that finding it nowhere afterwards says something. */
export const PLACES = [
  'app.answer',
  'app.case_row',
  'app.derivative_row',
  'app.draft',
  'app.package',
  'app.recording_opening',
  'app.recording_row',
  'app.recording_viewing',
  'record.payload',
]

/** Tables of the whole database in which the word stands. */
export const tablesWith = async (admin: Client, word: string): Promise<string[]> => {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND n.nspname IN ('app', 'record', 'log', 'published', 'queue') ORDER BY 1`,
  )
  const found: string[] = []
  const hex = Buffer.from(word).toString('hex')
  for (const { name } of rows) {
    const hit = await admin.query(`SELECT FROM ${name} x WHERE x::text LIKE $1 OR x::text LIKE $2 LIMIT 1`, [
      `%${word}%`,
      `%${hex}%`,
    ])
    if (hit.rowCount !== 0) found.push(name)
  }
  return found
}
