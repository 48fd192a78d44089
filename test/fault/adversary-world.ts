import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from 'pg'
import { qrText } from '@liuhen/domain/document/qr-text'
import { agencyProjection } from '../../apps/server/src/agency/project-agency.ts'
import type { Clock } from '../../apps/server/src/clock/clock.ts'
import type { Store } from '../../apps/server/src/event-store/store.ts'
import { stampCheckpoint } from '../../apps/server/src/ledger/anchor.ts'
import { waitForWitnesses } from '../../apps/server/src/ledger/inclusion.ts'
import { sequenceBatch } from '../../apps/server/src/ledger/sequence.ts'
import { loadPublished, publish } from '../../apps/server/src/ledger/publish.ts'
import { openSigner, type Signer } from '../../apps/server/src/ledger/signer.ts'
import type { WitnessPeer } from '../../apps/server/src/ledger/witness-policy.ts'
import { personProjection } from '../../apps/server/src/person/project-person.ts'
import { connect, createPool } from '../../apps/server/src/postgres/pool.ts'
import { foundTestAgency, registerTestPerson } from '../test-agency.ts'
import { closeTestCase } from '../test-closed-case.ts'
import { createTestInstallation, type CopiedDatabase, type TestInstallation } from '../test-installation.ts'
import { startWatchedLog, TEST_LOG } from '../test-witness.ts'

export const AGENCY = '420112007'
export const PROJECTIONS = [agencyProjection, personProjection]

/** An installation in the hands of somebody with every right on its database and its disk. */
export type World = Readonly<{
  /** As superuser, with no trigger and no guard. */
  admin: Client
  store: Store
  ownerUrl: string
  logFolder: string
  blobRoot: string
  signerFolder: string
  signer: () => Promise<Signer>
  /** The log that outsiders are given; the installation's own, unless they are shown another. */
  shownLog: string
}>

/** What others keep, out of reach. */
export type Outside = Readonly<{
  vkey: string
  witness: WitnessPeer
  witnessFolder: string
  /** Files: what the square of a served paper says; the token over that checkpoint; receipts by event. */
  square: string
  stamped: string
  stamp: string
  receipt: (event: string) => Promise<string>
}>

type Snapshot = Readonly<{ database: CopiedDatabase; folder: string }>

const openWorld = async (
  { database, folder }: Snapshot,
  clock: Clock,
): Promise<World & { end(): Promise<void> }> => {
  const admin = await connect(database.adminUrl, 'adversary')
  await admin.query('SET session_replication_role = replica')
  const pool = createPool(database.urls.app, { max: 4, name: 'adversary' })
  const logFolder = join(folder, 'log')
  const signerFolder = join(folder, 'signer')
  return {
    admin,
    store: { pool, clock, projections: PROJECTIONS },
    ownerUrl: database.urls.owner,
    logFolder,
    blobRoot: join(folder, 'blobs'),
    signerFolder,
    signer: () => openSigner({ folder: signerFolder, origin: TEST_LOG }),
    shownLog: logFolder,
    end: async () => {
      await admin.end()
      await pool.end()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Gives indexes to what waits and signs, as the installation does. */
export const runLog = async ({
  admin,
  logFolder,
  signer,
}: Pick<World, 'admin' | 'logFolder' | 'signer'>): Promise<void> => {
  while ((await sequenceBatch(admin)) > 0);
  const publisher = { sequencer: admin, folder: logFolder, signer: await signer() }
  await publish(publisher, await loadPublished(publisher))
}

const takeSnapshot = async (test: TestInstallation): Promise<Snapshot> => {
  const folder = await mkdtemp(join(tmpdir(), 'liuhen-adversary-'))
  for (const part of ['log', 'signer', 'blobs'])
    await cp(join(test.dataDir, part), join(folder, part), { recursive: true, force: true }).catch(
      (error: NodeJS.ErrnoException) => {
        // The first snapshot is older than the first file.
        if (part !== 'blobs' || error.code !== 'ENOENT') throw error
      },
    )
  return { database: await test.copyDatabase(), folder }
}

const HOUR_MS = 3_600_000

/** The log's promise for an event, an hour old. */
const receiptFor = async (admin: Client, signer: Signer, event: string): Promise<string> => {
  const { rows } = await admin.query<{ leaf_hash: Buffer }>(
    'SELECT leaf_hash FROM record.event WHERE event_id = $1',
    [event],
  )
  const leafHashes = rows.map((row) => new Uint8Array(row.leaf_hash))
  return signer.receipt({ acceptedAt: new Date(Date.now() - HOUR_MS).toISOString(), leafHashes })
}

const idOf = async (admin: Client, type: string): Promise<string> => {
  const { rows } = await admin.query<{ id: string }>(
    'SELECT event_id AS id FROM record.event WHERE type = $1 ORDER BY position DESC LIMIT 1',
    [type],
  )
  return rows[0]?.id ?? ''
}

export type Stage = Readonly<{
  outside: Outside
  /** Events: one from before all anchors; two from after the last, of which one has a receipt; the last has none. */
  events: Readonly<{ old: string; promised: string; last: string }>
  /** The installation as it is today, as often as wanted. */
  today: () => Promise<World>
  /** The whole installation, signer and all, as it was before the case began. */
  backup: () => Promise<World>
  close: () => Promise<void>
}>

/** An installation with a closed case that was witnessed, stamped and printed, and two events after that. */
export const setStage = async (): Promise<Stage> => {
  const test = await createTestInstallation({ projections: PROJECTIONS })
  const { store, dataDir } = test
  const logFolder = join(dataDir, 'log')
  const signer = (): Promise<Signer> => openSigner({ folder: join(dataDir, 'signer'), origin: TEST_LOG })
  const asAdmin = async <T>(work: (admin: Client) => Promise<T>): Promise<T> => {
    const admin = await test.connectAs('admin')
    const done = await work(admin)
    await admin.end()
    return done
  }
  await foundTestAgency(store, AGENCY)
  const archivist = await registerTestPerson(store, AGENCY, { name: '周档案', roles: ['archivist'] })
  await asAdmin((admin) => runLog({ admin, logFolder, signer }))
  const before = await takeSnapshot(test)

  await closeTestCase(store, archivist, dataDir)
  const old = await asAdmin((admin) => idOf(admin, 'PartyNamed'))
  const log = await startWatchedLog(test)
  const size = await waitForAll(test)
  await waitForWitnesses(test.pool, size, log.witness.policy)
  await stampCheckpoint({ pool: test.pool, tsa: log.tsa.url }, size)
  await log.stop()
  const checkpoint = await readFile(join(logFolder, 'checkpoint'), 'utf8')
  const held = await asAdmin(
    async (admin) =>
      (
        await admin.query<{ note: string; token: Buffer }>(
          'SELECT note, token FROM log.anchor JOIN log.checkpoint USING (size) WHERE size = $1',
          [size],
        )
      ).rows[0],
  )

  await registerTestPerson(store, AGENCY, { name: '有回执', roles: ['officer'] })
  const promised = await asAdmin((admin) => idOf(admin, 'PersonRegistered'))
  await registerTestPerson(store, AGENCY, { name: '无回执', roles: ['officer'] })
  const last = await asAdmin((admin) => idOf(admin, 'PersonRegistered'))
  await asAdmin((admin) => runLog({ admin, logFolder, signer }))

  const kept = await mkdtemp(join(tmpdir(), 'liuhen-outside-'))
  const keep = async (name: string, bytes: string | Uint8Array): Promise<string> => {
    await writeFile(join(kept, name), bytes)
    return join(kept, name)
  }
  const receipts = new Map<string, string>()
  for (const id of [old, promised])
    receipts.set(
      id,
      await keep(`${id}.receipt`, await asAdmin(async (admin) => receiptFor(admin, await signer(), id))),
    )
  const peer = log.witness.policy.peers[0]
  if (peer === undefined || held === undefined) throw new Error('nobody watched')
  const worlds: Array<{ end(): Promise<void> }> = []
  const open = async (snapshot: Snapshot): Promise<World> => {
    const world = await openWorld(snapshot, store.clock)
    worlds.push(world)
    return world
  }
  return {
    outside: {
      vkey: (await (await signer()).status()).vkey,
      witness: peer,
      witnessFolder: log.witness.folder,
      square: await keep('square.txt', qrText({ documentId: 'paper', checkpoint })),
      stamped: await keep('stamped', held.note),
      stamp: await keep('stamp.tsr', held.token),
      receipt: async (id) => receipts.get(id) ?? '',
    },
    events: { old, promised, last },
    today: async () => open(await takeSnapshot(test)),
    backup: () => open(before),
    close: async () => {
      for (const world of worlds) await world.end()
      await rm(kept, { recursive: true })
      await test.close()
    },
  }
}

/** The size of the log once every event is under a checkpoint. */
const waitForAll = async (test: TestInstallation): Promise<number> => {
  for (;;) {
    const { rows } = await test.pool.query<{ size: number }>(
      `SELECT size FROM log.checkpoint k WHERE size = (SELECT size FROM log.state) AND NOT EXISTS (SELECT FROM log.pending)`,
    )
    if (rows[0] !== undefined) return rows[0].size
    await new Promise((done) => setTimeout(done, 20))
  }
}
