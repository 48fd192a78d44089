import { fromBase64, toHex } from '@liuhen/ledger/bytes'
import { pureHashes } from '@liuhen/ledger/hashes'
import { readParts } from '../chosen-files.ts'

const PATIENCE_MS = 20_000

/** What the site says under this path; undefined when it does not answer, answers late, or answers no JSON. */
const ask = async (path: string): Promise<unknown> => {
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS))
  const answer = fetch(path, { cache: 'no-store' }).then((r): Promise<unknown> | undefined =>
    r.ok ? r.json() : undefined,
  )
  try {
    return await Promise.race([answer, late])
  } catch {
    return undefined
  }
}

export const askAbout = (sha256: string | undefined): Promise<unknown> =>
  ask(sha256 === undefined ? '/check/log.json' : `/check/files/${sha256}`)

/** Proof that the log of `to` entries goes on from that of `from`. */
export const askConsistency = async (from: number, to: number): Promise<Uint8Array[] | undefined> => {
  const answer = await ask(`/log/consistency?from=${from}&to=${to}`)
  const listed: unknown =
    typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'hashes') : undefined
  if (!Array.isArray(listed)) return undefined
  const hashes = listed.map((h: unknown) => (typeof h === 'string' ? fromBase64(h) : undefined))
  // A hash that is none makes the proof a wrong one, and not an answer that did not come.
  return hashes.map((h) => h ?? new Uint8Array())
}

/** SHA-256 of a file of any size in hex, a part at a time; undefined when somebody wants it no more. */
export const digestOf = async (
  file: File,
  onPart: (share: number) => boolean,
): Promise<string | undefined> => {
  const hash = pureHashes.startSha256()
  let done = 0
  for await (const part of readParts(file)) {
    hash.update(part)
    done += part.length
    if (!onPart(done / file.size)) return undefined
  }
  // A file that was cut while it was read has another length than it said.
  if (done !== file.size) throw new Error('the file changed')
  return toHex(hash.digest())
}
