import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Scripts of the page that checks a file: what needs BigInt stands in one of its own, for browsers that have none. */
export const CHECK_SCRIPTS = ['curves.js', 'check.js'] as const

/** What apps/verifier builds. */
export type Verifier = Readonly<{
  /** The offline page as it goes into packages, with the digest by which somebody recognises the one on a disc. */
  bytes: Uint8Array
  sha256: string
  scripts: Readonly<Record<(typeof CHECK_SCRIPTS)[number], Uint8Array>>
}>

const BUILT = join(import.meta.dirname, '..', '..', 'verifier', 'dist')

/** Absent where it was not built. */
export const readVerifier = async (folder = BUILT): Promise<Verifier | undefined> => {
  const read = async (name: string) => new Uint8Array(await readFile(join(folder, name)))
  try {
    const bytes = await read('verify.html')
    const scripts = { 'curves.js': await read('curves.js'), 'check.js': await read('check.js') }
    return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), scripts }
  } catch (e) {
    if (e instanceof Error && 'code' in e && e.code === 'ENOENT') return undefined
    throw e
  }
}
