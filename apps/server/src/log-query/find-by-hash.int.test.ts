import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NewEvent } from '@liuhen/domain/event'
import { createTestInstallation, type TestInstallation } from '../../../../test/test-installation.ts'
import { append } from '../event-store/append.ts'
import { NO_WITNESSES } from '../ledger/witness-policy.ts'
import { findByHash } from './find-by-hash.ts'
import { knownFilesProjection } from './project-known-files.ts'

const AGENCY = '420112007'
const CASE = randomUUID()
const OLD = randomUUID()
const SHA256 = 'ab'.repeat(32)
let x: TestInstallation
beforeAll(async () => {
  x = await createTestInstallation({ projections: [knownFilesProjection] })
})
afterAll(() => x.close())

const event = (type: string, data: object): NewEvent => ({
  type,
  schemaVersion: 1,
  occurredAt: '2026-03-20T10:00:00+08:00',
  data: { public: { documentId: OLD, ...data } },
})
let version = 0
const happens = async (...events: NewEvent[]): Promise<void> => {
  await append(x.store, {
    commandId: randomUUID(),
    agencyId: AGENCY,
    actor: { userId: 'test', name: '测试', roles: ['officer'], agencyId: AGENCY },
    appends: [{ streamType: 'case', streamId: CASE, expectedVersion: version, events }],
  })
  version += events.length
}
const ask = () =>
  findByHash(
    {
      store: x.store,
      logFolder: join(x.dataDir, 'log'),
      documentName: () => '行政处罚决定书',
      witnesses: NO_WITNESSES,
      signer: { status: () => Promise.resolve({ vkey: '' }) },
    },
    SHA256,
  )

test('a paper is told once it was served, and from its correction on that another took its place (ft-29-2)', async () => {
  const issued = {
    type: 'penalty-decision',
    number: '丰街罚〔2026〕1号',
    issuedOn: '2026-03-20',
    dataHash: '0',
  }
  const blob = { sha256: SHA256, sizeBytes: 1, mime: 'application/pdf' }
  const rendered = { blob, pages: 1, template: 't', renderer: 'r', dataHash: '0' }
  await happens(event('DocumentIssued', issued), event('DocumentRendered', rendered))
  expect(await ask()).toEqual({ found: false })
  await happens(event('DocumentServed', { mode: 'direct', servedAt: '2026-03-20T11:00:00+08:00' }))
  const found = await ask()
  expect(found).toMatchObject({ found: true, number: issued.number })
  // No checkpoint is over it yet: the record is there and no proof.
  expect(found.record?.payload).toContain(SHA256)
  expect(found.proof).toBeUndefined()
  expect((await ask()).correctedAt).toBeUndefined()
  // Nobody has a paper whose only service was registered by mistake.
  const mistaken = { serving: 0, remaining: 0 }
  await happens(event('DocumentServiceRetracted', mistaken))
  expect(await ask()).toEqual({ found: false })
  await happens(event('DocumentServed', { mode: 'direct', servedAt: '2026-03-20T11:00:00+08:00' }))
  await happens(event('DocumentCorrected', { by: randomUUID(), type: issued.type }))
  expect((await ask()).correctedAt).toBeDefined()
})
