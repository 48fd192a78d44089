import { z } from 'zod'
import type { Parsed } from '../canonical.ts'
import type { VerifyEd25519 } from '../note.ts'
import { readPublicStream } from '../public-stream.ts'
import { readKeyChange, type KeyChange } from './change.ts'
import type { PlacedChange } from './follow.ts'

/** Types of the two events; the public part of each is `{"statement": <signed note>}`. */
export const KEY_EVENTS: Readonly<Record<KeyChange['kind'], string>> = {
  rotation: 'LogKeyRotated',
  revocation: 'LogKeyRevoked',
}

const KeyStatement = z.strictObject({ statement: z.string() })

type Tools = Parameters<typeof readPublicStream>[1] & Readonly<{ verify?: VerifyEd25519 }>

/** Every change in keys.json, a public stream of the log, if each is signed by whom it concerns. */
export const readKeysFile = (bytes: Uint8Array, tools: Tools): Parsed<readonly PlacedChange[]> => {
  const read = readPublicStream(bytes, tools)
  if (!read.ok) return read
  const changes: PlacedChange[] = []
  for (const { index, leaf, value } of read.value) {
    const statement = KeyStatement.safeParse(value).data?.statement
    const change = statement === undefined ? undefined : readKeyChange(statement, tools.verify)
    if (!change || KEY_EVENTS[change.kind] !== leaf.t)
      return { ok: false, why: `日志第 ${index} 条：换钥或者吊销的声明签名不成立` }
    changes.push({ index, change })
  }
  return { ok: true, value: changes }
}
