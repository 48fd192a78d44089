import type { Take } from './take.ts'

/** What a phone keeps beside the files: keys that nobody can read, what each run is, what was read from the server. */
export type PhoneKey = Readonly<{
  personId: string
  privateKey: CryptoKey
  /** SPKI, base64. */
  publicKey: string
  label: string
  /** How the server last said that it stands; absent: it does not know of it. */
  status?: 'requested' | 'approved' | 'revoked'
}>

/** One act of recording. `id`: the server knows of it. */
export type Session = Readonly<{
  session: string
  personId: string
  medium: Take['medium']
  key: string
  begunAt: string
  caseId?: string
  step?: string
  scene?: string
  takes: number
  endedAt?: string
  id?: string
  isEndTold?: boolean
}>

const STORES = ['keys', 'takes', 'sessions', 'kept'] as const
type Store = (typeof STORES)[number]

let opened: Promise<IDBDatabase> | undefined

const open = (): Promise<IDBDatabase> =>
  (opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open('liuhen-field', 1)
    asked.onupgradeneeded = () => {
      for (const name of STORES) asked.result.createObjectStore(name)
    }
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error ?? new Error('the database of the phone does not open'))
  }))

const run = async <T>(store: Store, mode: IDBTransactionMode, ask: (s: IDBObjectStore) => IDBRequest<T>) => {
  const db = await open()
  return await new Promise<T>((resolve, reject) => {
    // Strict: answered when it is on the disk, not when it is in a buffer.
    const transaction = db.transaction(store, mode, { durability: 'strict' })
    const request = ask(transaction.objectStore(store))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onabort = () => reject(transaction.error ?? new Error('the phone refused to write'))
  })
}

const table = <T>(store: Store) => ({
  get: (key: string): Promise<T | undefined> => run(store, 'readonly', (s) => s.get(key)),
  all: (): Promise<readonly T[]> => run(store, 'readonly', (s) => s.getAll()),
  put: async (key: string, value: T): Promise<void> => {
    await run(store, 'readwrite', (s) => s.put(value, key))
  },
  remove: async (key: string): Promise<void> => {
    await run(store, 'readwrite', (s) => s.delete(key))
  },
})

export const keys = table<PhoneKey>('keys')
export const takes = table<Take>('takes')
export const sessions = table<Session>('sessions')
/** Answers of the server, for the time without a network. */
export const kept = <T>(name: string) => {
  const { get, put } = table<T>('kept')
  return { get: () => get(name), put: (value: T) => put(name, value) }
}
