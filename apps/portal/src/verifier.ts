import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The offline page as it goes into packages, with the digest by which somebody recognises the one on a disc. */
export type Verifier = Readonly<{ bytes: Uint8Array; sha256: string }>

const BUILT = join(import.meta.dirname, '..', '..', 'verifier', 'dist', 'verify.html')

/** Absent where it was not built. */
export const readVerifier = async (path = BUILT): Promise<Verifier | undefined> => {
  try {
    const bytes = new Uint8Array(await readFile(path))
    return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
  } catch (e) {
    if (e instanceof Error && 'code' in e && e.code === 'ENOENT') return undefined
    throw e
  }
}
