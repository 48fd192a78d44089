import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sm2NoteKey } from '@liuhen/ledger/sm2-line'
import { formatVkey } from '@liuhen/ledger/note'
import type { Config } from '../config/config.ts'
import { readOr } from '../ledger/key-file.ts'
import { writeDurably } from '../ledger/log-folder.ts'
import type { LogKey, TokenKeys } from '../ledger/log-key.ts'
import { tokenKeys } from '../ledger/token-keys.ts'
import { openSigner, type Signer } from '../ledger/signer.ts'
import { makeSm2Key, publicOf, signSm2 } from '../seal/sm2-key.ts'

const KEY = 'sm2.key'
const KNOWN = 'sm2.vkey'

/**
 * The key of the SM2 line, in the signer's folder. Made once; when the file is lost but a key was known, nothing is made up:
 * a new one is begun by whoever removes `sm2.vkey`, and makes the new one known.
 */
export const sm2LogKey = async (folder: string, origin: string): Promise<LogKey> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const [path, known] = [join(folder, KEY), join(folder, KNOWN)]
  const [held, vkey] = await Promise.all([readOr(path), readOr(known)])
  if (held === undefined && vkey !== undefined)
    throw new Error(`国密签名密钥 ${path} 不见了，请从备份恢复；不能另造一把代替。`)
  const secret = held?.trim() ?? makeSm2Key()
  const key = sm2NoteKey(origin, publicOf(secret))
  if (held === undefined) await writeDurably(path, `${secret}\n`, 0o600)
  if (vkey === undefined) await writeDurably(known, `${formatVkey(key)}\n`, 0o600)
  else if (vkey.trim() !== formatVkey(key))
    throw new Error(`${path} 不是登记的那把国密密钥（${vkey.trim()}）。`)
  return { key, sign: (bytes) => Promise.resolve(signSm2(secret, bytes)) }
}

/** The token that the configuration names, for the log of this name. */
export const tokenOf = ({ token }: Config, origin: string): Readonly<{ token?: TokenKeys }> =>
  token === undefined ? {} : { token: tokenKeys(token, origin) }

/** The log's signer as the configuration wants it; `reachesNow` for the process that will sign. */
export const openLogSigner = async (config: Config, reachesNow = true): Promise<Signer> => {
  const { folders, origin, sm2Line } = config
  const folder = folders.signer
  const sm2 = sm2Line && { sm2: await sm2LogKey(folder, origin) }
  return openSigner({ folder, origin, reachesNow, ...tokenOf(config, origin), ...sm2 })
}
