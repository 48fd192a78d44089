import { expect, test } from 'vitest'
import { blobsIn } from './named-blobs.ts'

const of = (digit: string) => ({ sha256: digit.repeat(64), sizeBytes: 1 })

test('bytes are named by a member blob at any depth, in lists too, with the root beside it', () => {
  const payload = {
    blob: of('a'),
    chunkRoot: 'x',
    samples: { blob: of('b'), list: [{ blob: { ...of('c'), mime: 'text/plain' } }] },
  }
  expect(blobsIn(payload)).toEqual([
    { blob: of('a'), chunkRoot: 'x' },
    { blob: of('b') },
    { blob: { ...of('c'), mime: 'text/plain' } },
  ])
})

test.each([
  undefined,
  null,
  'blob',
  [],
  { blob: null },
  { blob: 'a'.repeat(64) },
  { blob: of('A') },
  { sha256: of('a') },
])('what is no reference names nothing: %j', (value) => expect(blobsIn(value)).toEqual([]))
