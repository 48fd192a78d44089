import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Actor, NewEvent } from '@liuhen/domain/event'
import { loadSchemes } from '../apps/server/src/archival/load-schemes.ts'
import { append } from '../apps/server/src/event-store/append.ts'
import { readStream } from '../apps/server/src/event-store/read-stream.ts'
import type { Store } from '../apps/server/src/event-store/store.ts'
import { makeDemonstrationKey } from '../apps/server/src/seal/demonstration-keys.ts'
import { keyFolder } from '../apps/server/src/seal/key-folder.ts'
import { lawDir } from './fixtures/load-definitions.ts'
import type { ClosedCase } from './test-closed-case.ts'

const AT = '2026-04-20T16:00:00+08:00'
const event = (type: string, data: NewEvent['data']): NewEvent => ({
  type,
  schemaVersion: 1,
  occurredAt: AT,
  data,
})

/** Puts a closed case into its file and archives it, straight into the record: the decision and the film are items 1 and 2. */
export const archiveTestCase = async (store: Store, actor: Actor, closed: ClosedCase): Promise<void> => {
  const { length } = await readStream(store, actor.agencyId, closed.caseId)
  const sha256 = '0'.repeat(64)
  const items = [
    {
      no: 1,
      title: '行政处罚决定书',
      audience: 'main',
      pageFrom: 1,
      pageTo: 2,
      documentId: closed.documents['penalty-decision'],
      number: '走街罚决〔2026〕3号',
      date: '2026-04-20',
      sha256,
    },
    {
      no: 2,
      title: '录像',
      audience: 'main',
      pageFrom: 0,
      pageTo: 0,
      recordingId: closed.recordingId,
      sha256,
    },
    {
      no: 1,
      title: '法制审核意见书',
      audience: 'sub',
      pageFrom: 1,
      pageTo: 1,
      documentId: closed.documents['legal-review-opinion'],
      date: '2026-04-20',
      sha256,
    },
  ]
  await append(store, {
    commandId: randomUUID(),
    agencyId: actor.agencyId,
    actor,
    appends: [
      {
        streamType: 'case',
        streamId: closed.caseId,
        expectedVersion: length,
        events: [
          event('CaseFileAssembled', { public: { items } }),
          event('CaseArchived', {
            public: { archiveNo: '20260001', keptUntil: '2056-04-20', why: '自2026-04-20起保存30年' },
          }),
        ],
      },
    ],
  })
}

/** What packages need to describe objects and to sign encapsulations, with a seal of this test's own. */
export const testArchival = async (dataDir: string) => ({
  schemes: await loadSchemes(lawDir),
  seals: keyFolder({ folder: join(dataDir, 'seals'), make: makeDemonstrationKey }),
})
