import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor } from '@liuhen/domain/event'
import type { StoresEvent } from '@liuhen/domain/stores/events'
import { agencyProjection } from '../apps/server/src/agency/project-agency.ts'
import { blobPath } from '../apps/server/src/blobs/disk-blob-store.ts'
import { caseProjection } from '../apps/server/src/case/project-case.ts'
import { readStream } from '../apps/server/src/event-store/read-stream.ts'
import { knownFilesProjection } from '../apps/server/src/log-query/project-known-files.ts'
import { personProjection } from '../apps/server/src/person/project-person.ts'
import type { MendDeps } from '../apps/server/src/stores/mend-copy.ts'
import { storesProjection } from '../apps/server/src/stores/project-stores.ts'
import { firstOnDisk, type KeptStore, secondOnDisk } from '../apps/server/src/stores/store-place.ts'
import { storesStream } from '../apps/server/src/stores/tell.ts'
import { foundTestAgency, registerTestPerson, testClock, testLibrary, type TestClock } from './test-agency.ts'
import { closeTestCase, type ClosedCase } from './test-closed-case.ts'
import { createTestInstallation, type TestInstallation } from './test-installation.ts'

export const AGENCY = '420112007'

export type StoresInstallation = Readonly<{
  house: TestInstallation
  clock: TestClock
  actor: Actor
  closed: ClosedCase
  first: string
  second: string
  deps: MendDeps & Required<Pick<MendDeps, 'second'>>
  /** What was told to the agency of one type, the latest last. */
  told: <T extends StoresEvent['type']>(
    type: T,
  ) => Promise<Extract<StoresEvent, { type: T }>['data']['internal'][]>
  close: () => Promise<void>
}>

/** On another device where this machine has one, so that crossing file systems is tried too. */
const anotherDevice = async (): Promise<string> => {
  const memory = await stat('/dev/shm').catch(() => undefined)
  return mkdtemp(join(memory === undefined ? tmpdir() : '/dev/shm', 'liuhen-second-'))
}

/** An installation with a closed case, its papers and its film, and an empty second store. */
export const createStoresInstallation = async (
  at: string,
  secondStore?: KeptStore,
): Promise<StoresInstallation> => {
  const clock = testClock(at)
  const library = testLibrary()
  const projections = [
    agencyProjection,
    personProjection,
    caseProjection({ library }),
    knownFilesProjection,
    storesProjection,
  ]
  const house = await createTestInstallation({ projections, clock })
  await foundTestAgency(house.store, AGENCY)
  const actor = await registerTestPerson(house.store, AGENCY, { name: '周档案', roles: ['archivist'] })
  const closed = await closeTestCase(house.store, actor, house.dataDir)
  const second = join(await anotherDevice(), 'store')
  await mkdir(second)
  const first = closed.blobRoot
  return {
    house,
    clock,
    actor,
    closed,
    first,
    second,
    deps: {
      pool: house.pool,
      store: house.store,
      first: firstOnDisk(first),
      second: secondStore ?? secondOnDisk(second),
      now: () => clock.now(),
    },
    told: async (type) => {
      const events = await readStream(house.store, AGENCY, storesStream(AGENCY))
      return events.filter((e) => e.type === type).map((e) => (e.data as { internal: never }).internal)
    },
    close: async () => {
      await house.close()
      await rm(join(second, '..'), { recursive: true, force: true })
    },
  }
}

/** One bit of what is stored, as a disk changes it. */
export const flipBit = async (root: string, sha256: string): Promise<void> => {
  const path = blobPath(root, sha256)
  const bytes = await readFile(path)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  await chmod(path, 0o644)
  await writeFile(path, bytes)
}
