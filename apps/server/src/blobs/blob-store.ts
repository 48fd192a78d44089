import assert from 'node:assert/strict'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'

/**
 * Port: content-addressed bytes, written once. `adopt` takes a file that the caller has written and fsynced; when it
 * returns, the bytes are durable under their digest, or an error was thrown and nothing may be acknowledged.
 */
export type BlobStore = Readonly<{
  /** Bytes under `sha256` are never replaced: adopting what is already there leaves the old file. */
  adopt: (stagedPath: string, sha256: string) => Promise<void>
  /**
   * Takes bytes from elsewhere in the same durable order. Throws BlobMismatchError, and names nothing, when they are not
   * those of `sha256`. One at a time for a digest.
   */
  take: (sha256: string, bytes: AsyncIterable<Uint8Array>) => Promise<void>
  /** Removes what a crash left of `take`: work that never had a name in the store, or has had it since. */
  tidy: (sha256: string) => Promise<void>
  /** Frees the name of bytes that are wrong; they are kept under `quarantine/<id>`. May be repeated. */
  setAside: (sha256: string, id: string) => Promise<void>
  /**
   * Removes bytes for good, with what was set aside of them. Called by lawful disposal alone; leaves a tombstone under
   * `destroyed/`. What the store itself locks stays, and answers until when. May be repeated.
   */
  destroy: (sha256: string, order: DestructionOrder) => Promise<Destroyed>
  /** `end` is inclusive, as in HTTP. Throws BlobMissingError. */
  open: (sha256: string, range?: Readonly<{ start: number; end: number }>) => Promise<Readable>
  /** Gives tools a path that they may read while `use` runs; a remote store fetches to a temporary one. */
  withFile: <T>(sha256: string, use: (path: string) => Promise<T>) => Promise<T>
  /** Absent when there is no such blob. */
  sizeOf: (sha256: string) => Promise<number | undefined>
  /** Reads every byte. */
  verify: (sha256: string) => Promise<BlobVerdict>
  list: () => AsyncIterable<ListedBlob>
}>

/** What was let go in the record. It names its one digest, so that no other can be destroyed by it. */
export type DestructionOrder = Readonly<{
  sha256: string
  batchId: string
  number: string
  at: string
  /** Names under `quarantine/` of bad copies of the same bytes in this store. */
  asides: readonly string[]
}>
export type Destroyed = Readonly<{ outcome: 'destroyed' | 'absent' } | { outcome: 'locked'; until: string }>

/** What lies in the store afterwards, for whoever has nothing but the store. */
export const tombstoneOf = ({ sha256, batchId, number, at }: DestructionOrder): string =>
  `${JSON.stringify({ sha256, batchId, number, at })}\n`

export const mustName = (order: DestructionOrder, sha256: string): void => {
  if (order.sha256 !== sha256) throw new Error(`an order to destroy ${order.sha256} is none for ${sha256}`)
}

export type ListedBlob = Readonly<{
  sha256: string
  sizeBytes: number
  /** Somebody else wrote or deleted the name after us. The original is kept, and is what reading gives. */
  covered?: boolean
}>

const DIGEST = /^[0-9a-f]{64}$/
export const isDigest = (text: string): boolean => DIGEST.test(text)

export type BlobVerdict = 'intact' | 'altered' | 'missing'

export class BlobMissingError extends Error {
  readonly sha256: string
  constructor(sha256: string) {
    super(`No blob ${sha256}`)
    this.name = 'BlobMissingError'
    this.sha256 = sha256
  }
}

export class BlobMismatchError extends Error {
  constructor(sha256: string, found: string) {
    super(`The bytes given for ${sha256} have the digest ${found}`)
    this.name = 'BlobMismatchError'
  }
}

/** The store does not answer, or not as it should: nothing is known of what it holds. */
export class StoreUnreachableError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'StoreUnreachableError'
  }
}

/** What a contract case needs from the outside: a staged file with these bytes, and a way to damage what is stored. */
export type ContractBench = Readonly<{
  store: BlobStore
  stage: (bytes: Uint8Array) => Promise<string>
  damage: (sha256: string) => Promise<void>
}>
export type ContractCase = Readonly<{ name: string; run: (b: ContractBench) => Promise<void> }>

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const sample = (text: string) => {
  const bytes = Buffer.from(text.repeat(1000))
  return { bytes, sha256: digest(bytes) }
}
const readAll = async (stream: Readable) => Buffer.concat(await stream.toArray())

/** Every implementation runs these. */
export const blobStoreContract: readonly ContractCase[] = [
  {
    name: 'keeps an empty file and one of several megabytes',
    run: async ({ store, stage }) => {
      for (const bytes of [Buffer.alloc(0), randomBytes(2 * 1024 * 1024 + 3)]) {
        const sha256 = digest(bytes)
        await store.adopt(await stage(bytes), sha256)
        assert.equal(await store.sizeOf(sha256), bytes.length)
        assert.equal(await store.verify(sha256), 'intact')
        assert.equal(digest(await store.withFile(sha256, (path) => readFile(path))), sha256)
      }
    },
  },
  {
    name: 'gives back what was adopted, whole and by range',
    run: async ({ store, stage }) => {
      const { bytes, sha256 } = sample('whole ')
      await store.adopt(await stage(bytes), sha256)
      assert.equal(await store.sizeOf(sha256), bytes.length)
      assert.deepEqual(await readAll(await store.open(sha256)), bytes)
      assert.deepEqual(await readAll(await store.open(sha256, { start: 5, end: 9 })), bytes.subarray(5, 10))
      assert.equal(await store.verify(sha256), 'intact')
    },
  },
  {
    name: 'never replaces bytes that are there',
    run: async ({ store, stage }) => {
      const { bytes, sha256 } = sample('first ')
      await store.adopt(await stage(bytes), sha256)
      await store.adopt(await stage(Buffer.from('something else')), sha256)
      assert.deepEqual(await readAll(await store.open(sha256)), bytes)
    },
  },
  {
    name: 'says missing of what it does not have',
    run: async ({ store }) => {
      const sha256 = '0'.repeat(64)
      assert.equal(await store.sizeOf(sha256), undefined)
      assert.equal(await store.verify(sha256), 'missing')
      await assert.rejects(store.open(sha256), BlobMissingError)
    },
  },
  {
    name: 'sees that stored bytes were altered',
    run: async ({ store, stage, damage }) => {
      const { bytes, sha256 } = sample('altered ')
      await store.adopt(await stage(bytes), sha256)
      await damage(sha256)
      assert.equal(await store.verify(sha256), 'altered')
    },
  },
  {
    name: 'takes bytes from elsewhere, and names none that are not those of the digest',
    run: async ({ store }) => {
      const { bytes, sha256 } = sample('taken ')
      await assert.rejects(store.take(sha256, Readable.from([Buffer.from('others')])), BlobMismatchError)
      assert.equal(await store.sizeOf(sha256), undefined)
      await store.take(sha256, Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]))
      await store.take(sha256, Readable.from([bytes]))
      await store.tidy(sha256)
      assert.equal(await store.verify(sha256), 'intact')
    },
  },
  {
    name: 'sets bad bytes aside, frees their name, and takes good ones again',
    run: async ({ store, stage, damage }) => {
      const { bytes, sha256 } = sample('aside ')
      const id = randomUUID()
      await store.adopt(await stage(bytes), sha256)
      await damage(sha256)
      await store.setAside(sha256, id)
      await store.setAside(sha256, id)
      assert.equal(await store.verify(sha256), 'missing')
      await store.take(sha256, Readable.from([bytes]))
      assert.equal(await store.verify(sha256), 'intact')
    },
  },
  {
    name: 'lists what it has and refuses a name that is no digest',
    run: async ({ store, stage }) => {
      const { bytes, sha256 } = sample('listed ')
      await store.adopt(await stage(bytes), sha256)
      const listed: ListedBlob[] = await Readable.from(store.list()).toArray()
      const found = listed.find((l) => l.sha256 === sha256)
      assert.deepEqual(found, { sha256, sizeBytes: bytes.length })
      await assert.rejects(store.open('../../etc/passwd'))
      await assert.rejects(store.adopt(await stage(bytes), 'AB'))
    },
  },
]

/** Every implementation runs it too, where nothing locks what is stored. */
export const destroyContract: ContractCase = {
  name: 'destroys what an order names and nothing else, with what was set aside of it, and may be asked again',
  run: async ({ store, stage, damage }) => {
    const { bytes, sha256 } = sample('destroyed ')
    const other = sample('kept ')
    const aside = randomUUID()
    const order = {
      sha256,
      batchId: randomUUID(),
      number: '1',
      at: '2026-01-01T00:00:00.000Z',
      asides: [aside],
    }
    await store.adopt(await stage(bytes), sha256)
    await store.adopt(await stage(other.bytes), other.sha256)
    await damage(sha256)
    await store.setAside(sha256, aside)
    await store.take(sha256, Readable.from([bytes]))
    await assert.rejects(store.destroy(other.sha256, order))
    for (let i = 0; i < 2; i += 1)
      assert.deepEqual(await store.destroy(sha256, order), { outcome: 'destroyed' })
    assert.equal(await store.sizeOf(sha256), undefined)
    assert.equal(await store.verify(other.sha256), 'intact')
    const later = { ...order, batchId: randomUUID(), asides: [] }
    assert.deepEqual(await store.destroy(sha256, later), { outcome: 'absent' })
    await store.adopt(await stage(bytes), sha256)
    assert.equal(await store.verify(sha256), 'intact')
  },
}
