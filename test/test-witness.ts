import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseVkey } from '../packages/ledger/src/note.ts'
import { startLogKeeper } from '../apps/server/src/ledger/log-keeper.ts'
import { openSigner, type Signer } from '../apps/server/src/ledger/signer.ts'
import { readWitnessPolicy, type WitnessPolicy } from '../apps/server/src/ledger/witness-policy.ts'
import { serveWitness } from '../apps/server/src/witness/serve-witness.ts'
import { openWitness } from '../apps/server/src/witness/witness.ts'
import { sm2LogKey } from '../apps/server/src/processes/log-keys.ts'
import type { TestInstallation } from './test-installation.ts'
import { makeTestTsa, type TestTsa } from './test-tsa.ts'

/** Name of the log in tests. */
export const TEST_LOG = 'test.invalid/log/1'

export type TestWitness = Readonly<{
  url: string
  /** Its key and memory. */
  folder: string
  vkey: string
  policy: WitnessPolicy
  close(): Promise<void>
}>

/** A real witness of one log over HTTP, with memory below `folder`, and the policy file that asks it. */
export const startTestWitness = async (
  folder: string,
  logVkey: string,
  { name = 'witness.test.invalid/1', port = 0 } = {},
): Promise<TestWitness> => {
  const log = parseVkey(logVkey)
  if (log === undefined) throw new Error('not a key')
  const own = join(folder, `witness-${name.replaceAll('/', '-')}`)
  const witness = await openWitness({
    folder: own,
    name,
    logs: [log],
  })
  const { url, close } = await serveWitness(witness, { host: '127.0.0.1', port })
  const file = join(folder, 'witnesses.txt')
  await writeFile(file, `witness sfj ${witness.vkey} ${url}\nquorum sfj\n`)
  return { url, folder: own, vkey: witness.vkey, policy: await readWitnessPolicy(file), close }
}

export type WatchedLog = Readonly<{
  signer: Signer
  folder: string
  witness: TestWitness
  tsa: TestTsa & Readonly<{ url: string }>
  stop(): Promise<void>
}>

/** Signer, keeper, a witness that watches them and a time stamping authority, in the data directory of an installation. */
export const startWatchedLog = async (installation: TestInstallation): Promise<WatchedLog> => {
  const { dataDir, urls } = installation
  const folder = join(dataDir, 'log')
  const own = { folder: join(dataDir, 'signer'), origin: TEST_LOG }
  const signer = await openSigner({ ...own, sm2: await sm2LogKey(own.folder, own.origin) })
  const witness = await startTestWitness(dataDir, (await signer.status()).vkey)
  const keeper = await startLogKeeper({
    url: urls.sequencer,
    folder,
    signer,
    witnesses: witness.policy.peers,
    witnessRoundMs: 20,
    log: { info: () => undefined, error: () => undefined },
  })
  const authority = makeTestTsa(join(dataDir, 'tsa'))
  const tsa = await authority.serve()
  const stop = async (): Promise<void> => {
    await keeper.stop()
    await witness.close()
    tsa.close()
  }
  return { signer, folder, witness, tsa: { ...authority, url: tsa.url }, stop }
}
