import type { FormData } from './draft-state.ts'

type Copy = Readonly<{ revision: number; data: FormData }>
const isCopy = (x: unknown): x is Copy =>
  typeof x === 'object' &&
  x !== null &&
  'revision' in x &&
  typeof x.revision === 'number' &&
  'data' in x &&
  typeof x.data === 'object' &&
  x.data !== null

const ALL = 'liuhen.copy/'
/** Of one person alone: who signs in after them at the same machine does not find what they wrote. */
export const copyKey = (userId: string, name: string): string => `${ALL}${userId}/${name}`
/** Everything that somebody leaves behind, and what was kept before copies had an owner. */
export const isLeftBy = (userId: string, key: string): boolean =>
  key.startsWith(copyKey(userId, '')) || key.startsWith('liuhen.draft/') || key.startsWith('transcript ')

/** What could not be sent is kept in the browser. A browser that refuses storage costs the copy and nothing else. */
export const localCopy = {
  keep(key: string, copy: Copy): void {
    try {
      localStorage.setItem(key, JSON.stringify(copy))
    } catch {
      // Full or forbidden: the draft is still on the screen, and the line beside it says that it is not saved.
    }
  },
  /** A copy that builds on the revision the server still has; an older or unreadable one is of no use. */
  find(key: string, revision: number): FormData | undefined {
    try {
      const copy: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
      return isCopy(copy) && copy.revision === revision ? copy.data : undefined
    } catch {
      return undefined
    }
  },
  drop(key: string): void {
    try {
      localStorage.removeItem(key)
    } catch {
      // Nothing was kept then.
    }
  },
  /** At sign-out nothing of what was written stays at the machine. */
  dropAll(userId: string): void {
    try {
      for (const key of Object.keys(localStorage)) if (isLeftBy(userId, key)) localStorage.removeItem(key)
    } catch {
      // Nothing was kept then.
    }
  },
}
