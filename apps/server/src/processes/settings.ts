import { createHash } from 'node:crypto'
import { lstat, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../config/config.ts'
import type { LawLibrary } from '../law/library.ts'
import type { Signer } from '../ledger/signer.ts'
import type { SealProvider } from '../seal/seal-provider.ts'
import type { DatabaseUrls } from '../postgres/roles.ts'
import type { Kind } from './installation.ts'

/** What a process of the installation is told by the one that starts it; it goes over a private channel, not the environment. */
export type Settings = Readonly<{
  config: Config
  urls: DatabaseUrls
  kind: Kind
  signerSocket: string
  /** Told to the signer and to the worker alone, new at each start: with it something is sealed. */
  sealWord?: string
  /** Read once by the one that starts the others. */
  library: LawLibrary
}>
/** What signs for the installation, wherever the keys are: the log's signer and the agencies' seals. */
export type Keys = Readonly<{ signer: Signer; seals: SealProvider }>
export type SignerSettings = Pick<Settings, 'config' | 'signerSocket'> & Readonly<{ sealWord: string }>

/** A short path, as sockets need, in a folder that is ours alone. */
export const signerSocketFor = async (dataDir: string): Promise<string> => {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  const folder = join(tmpdir(), `liuhen-run-${name}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const found = await lstat(folder)
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o077) !== 0) {
    throw new Error(`${folder} 属于别人，请删除后重新启动。`)
  }
  return join(folder, 'signer.sock')
}
