import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const BUILT = join(import.meta.dirname, '..', '..', '..', 'verifier', 'dist', 'verify.html')

/** The page that goes into every package, as it was built with this installation; absent where nothing was built. */
export const readVerifyPage = async (): Promise<Uint8Array | undefined> => {
  try {
    return new Uint8Array(await readFile(BUILT))
  } catch (e) {
    if (e instanceof Error && 'code' in e && e.code === 'ENOENT') return undefined
    throw e
  }
}
