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
}
