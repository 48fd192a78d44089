import { join } from 'node:path'
import { z } from 'zod'
import { formatVkey } from '@liuhen/ledger/note'
import { writeDurably } from './log-folder.ts'
import { readOr } from './key-file.ts'
import { fileKey, NoKeyError, type LogKey, type TokenKeys } from './log-key.ts'

/** Where a key stands in its life. */
export const KEY_STATES = ['prepared', 'introduced', 'current', 'retiring', 'revoked'] as const

const HeldKey = z.strictObject({
  vkey: z.string(),
  /** `file:<name>` in the signer's folder, or `token:<id>` in the PKCS #11 token of the configuration. */
  place: z.string(),
  /**
   * prepared: made, signs nothing yet · introduced: signs beside the current one, its rotation is not in the log yet ·
   * current · retiring: signs beside the current one until `until` · revoked: signs nothing.
   */
  state: z.enum(KEY_STATES),
  until: z.iso.datetime().exactOptional(),
})
export type HeldKey = z.infer<typeof HeldKey>

/** keys.json in the signer's folder; there is none as long as the first key is the only one. */
const RingFile = z.strictObject({
  v: z.literal(1),
  keys: z.array(HeldKey).min(1),
  /** A change that was begun: signed, and perhaps not in the log yet. */
  pending: z
    .strictObject({ statement: z.string(), reason: z.string(), until: z.iso.datetime().exactOptional() })
    .exactOptional(),
})
export type Ring = z.infer<typeof RingFile>

export type KeyRing = Readonly<{
  read(): Promise<Ring>
  write(ring: Ring): Promise<void>
  /** The key itself. Throws, with what to do, when it is not where it was. */
  open(held: HeldKey): Promise<LogKey>
}>

const MEMORY = 'keys.json'
const FIRST = 'key.pem'

export const currentOf = (ring: Ring): HeldKey => {
  const current = ring.keys.find((k) => k.state === 'current')
  if (current === undefined) throw new Error('签名器没有现用的密钥。')
  return current
}

/** The keys that sign now, the current one first. */
export const signingNow = ({ keys }: Ring, nowMs: number): readonly HeldKey[] => [
  ...keys.filter((k) => k.state === 'current'),
  ...keys.filter((k) => k.state === 'introduced'),
  ...keys.filter((k) => k.state === 'retiring' && Date.parse(k.until ?? '') > nowMs),
]

export type RingOptions = Readonly<{
  folder: string
  origin: string
  /** No memory is there yet: the first key may be made. */
  isNew: boolean
  /** For an installation that keeps its keys in a token. */
  token?: TokenKeys
}>

/** The keys of a log on a folder that its owner alone reads. What another process writes is seen at the next look. */
export const openRing = async ({ folder, origin, isNew, token }: RingOptions): Promise<KeyRing> => {
  const path = join(folder, MEMORY)
  const opened = new Map<string, LogKey>()
  let seen: Readonly<{ text: string; ring: Ring }> | undefined
  const write = async (ring: Ring): Promise<void> =>
    writeDurably(path, `${JSON.stringify(RingFile.parse(ring), undefined, 1)}\n`, 0o600)

  const find = async (place: string, mayMake = false): Promise<LogKey> => {
    if (place.startsWith('file:')) return fileKey(join(folder, place.slice(5)), origin, mayMake)
    if (token === undefined)
      throw new NoKeyError('签名密钥在密码设备（PKCS#11）里，请在配置里写明 LIUHEN_PKCS11_MODULE。')
    return token.open(place.slice(6))
  }
  const open = async (held: HeldKey): Promise<LogKey> => {
    const known = opened.get(held.vkey)
    if (known !== undefined) return known
    const key = await find(held.place)
    if (formatVkey(key.key) !== held.vkey)
      throw new Error(`${held.place} 里的密钥不是登记的那一把（${held.vkey}）。`)
    opened.set(held.vkey, key)
    return key
  }
  const first = async (): Promise<Ring> => {
    // A token is where a new log begins; an older one gets there by a rotation, never by a line in the configuration.
    const hasFile = (await readOr(join(folder, FIRST))) !== undefined
    const place = token === undefined || hasFile || !isNew ? `file:${FIRST}` : `token:${token.first}`
    const key = await find(place, isNew)
    return { v: 1, keys: [{ vkey: formatVkey(key.key), place, state: 'current' }] }
  }
  const alone = (await readOr(path)) === undefined ? await first() : undefined
  // Where the only key lies is remembered when it is not the file that is looked for first.
  if (alone?.keys[0]?.place.startsWith('token:') === true) await write(alone)
  return {
    read: async () => {
      const text = await readOr(path)
      if (text === undefined) {
        if (alone === undefined) throw new Error(`签名器的密钥登记 ${path} 不见了，请从备份恢复。`)
        return alone
      }
      if (seen?.text !== text) seen = { text, ring: RingFile.parse(JSON.parse(text)) }
      return seen.ring
    },
    write,
    open,
  }
}
