import type { KeyPeriod } from '@liuhen/ledger/keys/periods'
import type { FileAnswer } from '@liuhen/ledger/package/verify-file'

/** What the main server's public routes say of the log. The portal passes on these two questions and no other. */
export type LogState = Readonly<{
  origin: string
  size: number
  vkey: string
  fingerprint: string
  /** Every key that the log ever had, the current one first. */
  keys: readonly KeyPeriod[]
  /** Key of the SM2 line, when the log has one. */
  sm2?: Readonly<{ vkey: string; fingerprint: string }>
  /** The newest checkpoint, a signed note. */
  checkpoint: string
  /** Certificate of the newest time stamp. */
  stamper?: string
  anchoring: 'UNANCHORED' | 'TIMESTAMPED' | 'WITNESSED'
  witnesses: Readonly<{
    confirmed: number
    named: number
    size: number
    each: readonly Readonly<{ name: string; vkey: string }>[]
  }>
}>

type SaidOfFile = NonNullable<FileAnswer['file']>
type Proven = Readonly<Pick<SaidOfFile, 'proof' | 'record'>> & { readonly stamp?: Stamp }
type Stamp = NonNullable<SaidOfFile['stamp']> & Readonly<{ certificate: string }>

export type FoundFile = Readonly<{
  found: boolean
  kind?: 'document' | 'recording'
  title?: string
  number?: string
  recordedAt?: string
  correctedAt?: string
}> &
  Proven

/** `undefined` from either means that the server did not answer: never that a file is unknown. */
export type AskServer = Readonly<{
  logState: () => Promise<LogState | undefined>
  findByHash: (sha256: string) => Promise<FoundFile | undefined>
}>

const TIMEOUT_MS = 5_000

const isObject = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null
const text = (x: unknown): string | undefined => (typeof x === 'string' ? x : undefined)

const count = (x: unknown): number => (typeof x === 'number' && Number.isSafeInteger(x) && x >= 0 ? x : 0)

const readWitnesses = (x: unknown): LogState['witnesses'] => {
  const w = isObject(x) ? x : {}
  const listed: readonly unknown[] = Array.isArray(w['each']) ? w['each'] : []
  const each = listed.flatMap((one) => {
    const [name, vkey] = isObject(one) ? [text(one['name']), text(one['vkey'])] : []
    return name === undefined || vkey === undefined ? [] : [{ name, vkey }]
  })
  return { confirmed: count(w['confirmed']), named: count(w['named']), size: count(w['size']), each }
}

const readSm2 = (x: unknown): Pick<LogState, 'sm2'> => {
  const [vkey, fingerprint] = isObject(x) ? [text(x['vkey']), text(x['fingerprint'])] : []
  return vkey === undefined || fingerprint === undefined ? {} : { sm2: { vkey, fingerprint } }
}

const KEY_STATES = ['current', 'overlap', 'former', 'revoked'] as const

const readKeys = (x: unknown): LogState['keys'] =>
  (Array.isArray(x) ? x : []).flatMap((one: unknown) => {
    if (!isObject(one)) return []
    const [vkey, fingerprint] = [text(one['vkey']), text(one['fingerprint'])]
    const state = KEY_STATES.find((s) => s === one['state'])
    if (vkey === undefined || fingerprint === undefined || state === undefined) return []
    const times = (['since', 'until', 'signsUntil', 'revokedSince'] as const).flatMap((name) => {
      const at = text(one[name])
      return at === undefined || Number.isNaN(Date.parse(at)) ? [] : [[name, at] as const]
    })
    return [{ vkey, fingerprint, state, ...Object.fromEntries(times) }]
  })

const readState = (x: unknown): LogState | undefined => {
  if (!isObject(x) || typeof x['size'] !== 'number') return undefined
  const [origin, vkey, fingerprint] = [text(x['origin']), text(x['vkey']), text(x['fingerprint'])]
  const checkpoint = text(x['checkpoint'])
  const stamper = isObject(x['stamped']) ? text(x['stamped']['certificate']) : undefined
  const anchoring = x['anchoring']
  if (origin === undefined || vkey === undefined || fingerprint === undefined || checkpoint === undefined)
    return undefined
  if (anchoring !== 'UNANCHORED' && anchoring !== 'TIMESTAMPED' && anchoring !== 'WITNESSED') return undefined
  const witnesses = readWitnesses(x['witnesses'])
  const log = { origin, size: x['size'], vkey, fingerprint, checkpoint, witnesses, keys: readKeys(x['keys']) }
  return { ...log, anchoring, ...readSm2(x['sm2']), ...(stamper !== undefined && { stamper }) }
}

const readProven = (x: Record<string, unknown>): Proven => {
  const { proof, record, stamp } = x
  const part = isObject(record) ? record : {}
  const [entry, salt, payload] = [text(part['entry']), text(part['salt']), text(part['payload'])]
  const given = isObject(stamp) ? stamp : {}
  const [token, checkpoint] = [text(given['token']), text(given['checkpoint'])]
  const certificate = text(given['certificate'])
  const hashes: readonly unknown[] = Array.isArray(given['consistency']) ? given['consistency'] : []
  const consistency = hashes.flatMap((h) => text(h) ?? [])
  return {
    ...(typeof proof === 'string' && { proof }),
    ...(entry !== undefined &&
      salt !== undefined &&
      payload !== undefined && { record: { entry, salt, payload } }),
    ...(token !== undefined &&
      checkpoint !== undefined &&
      certificate !== undefined && {
        stamp: { size: count(given['size']), token, checkpoint, certificate, consistency },
      }),
  }
}

const readFound = (x: unknown): FoundFile | undefined => {
  if (!isObject(x) || typeof x['found'] !== 'boolean') return undefined
  const kind = x['kind'] === 'document' || x['kind'] === 'recording' ? x['kind'] : undefined
  const fields = (['title', 'number', 'recordedAt', 'correctedAt'] as const).map(
    (k) => [k, text(x[k])] as const,
  )
  const known = Object.fromEntries(fields.filter(([, v]) => v !== undefined))
  return { found: x['found'], ...(kind === undefined ? {} : { kind }), ...known, ...readProven(x) }
}

export const askServer = (apiUrl: string | undefined): AskServer => {
  const get = async (path: string): Promise<unknown> => {
    if (apiUrl === undefined) return undefined
    try {
      const answer = await fetch(`${apiUrl}/api${path}`, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
        redirect: 'error',
      })
      return answer.ok ? await answer.json() : undefined
    } catch {
      return undefined
    }
  }
  return {
    logState: async () => readState(await get('/log')),
    findByHash: async (sha256) => readFound(await get(`/log/blobs/${sha256}`)),
  }
}
