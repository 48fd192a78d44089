import { useQuery } from '@tanstack/react-query'
import type { FormData } from './draft-state.ts'

/** What was typed and is not known to be on the server, and what it was typed on. */
export type Copy = Readonly<{
  revision: number
  data: FormData
  /** What the server held at that revision. */
  base?: FormData
  /** What was on its way to the server when this was kept: it may have arrived. */
  sent?: FormData
  /** When it was kept, by this machine. */
  at?: string
}>

const ALL = 'liuhen.copy/'
/** Of one person alone: who signs in after them at the same machine does not find what they wrote. */
export const copyKey = (userId: string, name: string): string => `${ALL}${userId}/${name}`
/** Everything that somebody leaves behind, and what was kept before copies had an owner. */
export const isLeftBy = (userId: string, key: string): boolean =>
  key.startsWith(copyKey(userId, '')) || key.startsWith('liuhen.draft/') || key.startsWith('transcript ')

const STORE = 'copies'
let opened: Promise<IDBDatabase> | undefined

const open = (): Promise<IDBDatabase> =>
  (opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open('liuhen-copies', 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE)
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error ?? new Error('the browser keeps no copies'))
  }))

const run = async <T>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T | undefined> => {
  try {
    const db = await open()
    return await new Promise<T>((resolve, reject) => {
      const transaction = db.transaction(STORE, mode)
      const request = ask(transaction.objectStore(STORE))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = () => reject(transaction.error ?? new Error('the browser refused to keep a copy'))
    })
  } catch {
    // Full or forbidden: the draft is still on the screen, and the line beside it says whether it is saved.
    return undefined
  }
}

/**
 * What was typed is kept in the browser too. Not in localStorage: that reaches the disk seconds later, and a browser that is
 * killed loses it. A browser that refuses storage costs the copy and nothing else.
 */
export const localCopy = {
  keep: async (key: string, copy: Copy): Promise<void> => {
    await run('readwrite', (store) => store.put(copy, key))
  },
  find: (key: string): Promise<Copy | undefined> =>
    run<Copy | undefined>('readonly', (store) => store.get(key)),
  drop: async (key: string): Promise<void> => {
    await run('readwrite', (store) => store.delete(key))
  },
  /** At sign-out nothing of what was written stays at the machine. */
  dropAll: async (userId: string): Promise<void> => {
    try {
      for (const key of Object.keys(localStorage)) if (isLeftBy(userId, key)) localStorage.removeItem(key)
    } catch {
      // Nothing was kept then.
    }
    const keys = (await run('readonly', (store) => store.getAllKeys())) ?? []
    for (const key of keys) if (typeof key === 'string' && isLeftBy(userId, key)) await localCopy.drop(key)
  },
}

/** What the last visit left behind, read once for a visit. */
export function useLeftCopy(key: string): Readonly<{ isRead: boolean; copy: Copy | undefined }> {
  const left = useQuery({
    queryKey: ['left copy', key],
    queryFn: async () => (await localCopy.find(key)) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    networkMode: 'always',
  })
  return { isRead: !left.isPending, copy: left.data ?? undefined }
}
