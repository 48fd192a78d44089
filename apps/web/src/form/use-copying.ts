import { useCallback, useEffect, useRef } from 'react'
import type { DraftState } from './draft-state.ts'
import { localCopy } from './local-copy.ts'
import type { Copy } from './local-copy.ts'

/** A tab that dies takes at most so much with it. */
const EVERY_MS = 400

/** Keeps what is typed in the browser until the server has it; also when the page goes out of sight. */
export function useCopying(name: string, { status, edits }: DraftState, copyOf: () => Copy): () => void {
  const make = useRef(copyOf)
  useEffect(() => {
    make.current = copyOf
  })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const keep = useCallback((): void => {
    clearTimeout(timer.current)
    timer.current = undefined
    void localCopy.keep(name, { ...make.current(), at: new Date().toISOString() })
  }, [name])
  const isSafe = status === 'clean'
  useEffect(() => {
    if (isSafe) {
      clearTimeout(timer.current)
      timer.current = undefined
      void localCopy.drop(name)
      return
    }
    // The first keystroke does not wait for the last: somebody may write for minutes without a pause.
    timer.current ??= setTimeout(keep, EVERY_MS)
  }, [isSafe, edits, name, keep])
  useEffect(() => {
    if (isSafe) return undefined
    document.addEventListener('visibilitychange', keep)
    return () => {
      document.removeEventListener('visibilitychange', keep)
      clearTimeout(timer.current)
      timer.current = undefined
    }
  }, [isSafe, keep])
  return keep
}
