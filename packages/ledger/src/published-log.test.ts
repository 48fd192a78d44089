import { describe, expect, it } from 'vitest'
import { pureHashes } from './hashes.ts'
import { checkPublishedLog } from './published-log.ts'
import { sampleKey, sampleLog, withoutLast, type SampleEntry } from './sample-log.ts'

const CHANGED: readonly SampleEntry[] = ['other', 'rotation', 'other', 'revocation', 'other']

const faultsOf = async (files: ReadonlyMap<string, Uint8Array>, key: number): Promise<readonly string[]> => {
  const read = (path: string) => Promise.resolve(files.get(path))
  const found = await checkPublishedLog(sampleKey(key), { hashes: pureHashes, read })
  return found?.faults ?? ['no checkpoint']
}
const without = (files: Map<string, Uint8Array>, path: string): Map<string, Uint8Array> => {
  files.delete(path)
  return files
}
const cut = (files: Map<string, Uint8Array>, path: string): Map<string, Uint8Array> => {
  const less = withoutLast(files.get(path)!)
  return less ? files.set(path, less) : without(files, path)
}

describe('a published log says of its keys what its entries say', () => {
  it('is sound under the present key, and under the first one as long as nobody took it back', async () => {
    expect(await faultsOf(sampleLog(pureHashes, CHANGED, [2]), 2)).toEqual([])
    expect(await faultsOf(sampleLog(pureHashes, CHANGED.slice(0, 3), [2]), 1)).toEqual([])
  })

  it('does not pass under the revoked key because the revocation, or the whole file, was left out', async () => {
    const signedByThief = () => sampleLog(pureHashes, CHANGED, [1])
    const missing = ['changes of the key that the log has are not in keys.json']
    expect(await faultsOf(signedByThief(), 1)).toHaveLength(1)
    expect(await faultsOf(cut(signedByThief(), 'keys.json'), 1)).toEqual(missing)
    expect(await faultsOf(without(signedByThief(), 'keys.json'), 1)).toEqual(missing)
    // Nor where the one who asks would see nothing of it.
    expect(await faultsOf(cut(sampleLog(pureHashes, CHANGED, [2]), 'keys.json'), 2)).toEqual(missing)
  })
})

describe('a published log shows the SM3 roots that its entries state', () => {
  const stated: readonly SampleEntry[] = ['other', 'sm3-root', 'other', 'sm3-root', 'other', 'sm3-root']

  it('but for the newest, which is published with the next', async () => {
    expect(await faultsOf(sampleLog(pureHashes, stated, [1]), 1)).toEqual([])
    expect(await faultsOf(cut(sampleLog(pureHashes, stated, [1]), 'sm3-roots.json'), 1)).toEqual([])
    const first = sampleLog(pureHashes, stated.slice(0, 3), [1])
    expect(await faultsOf(without(first, 'sm3-roots.json'), 1)).toEqual([])
  })

  it('and fails where an earlier one, or the whole file, was left out', async () => {
    const missing = ['SM3 roots that the log states are not in sm3-roots.json']
    const twice = cut(cut(sampleLog(pureHashes, stated, [1]), 'sm3-roots.json'), 'sm3-roots.json')
    expect(await faultsOf(twice, 1)).toEqual(missing)
    expect(await faultsOf(without(sampleLog(pureHashes, stated, [1]), 'sm3-roots.json'), 1)).toEqual(missing)
  })
})
