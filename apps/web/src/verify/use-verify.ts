import { useEffect, useRef, useState } from 'react'
import type { Report } from '@liuhen/ledger/package/report'
import { policyOf } from '@liuhen/ledger/package/policy-of'
import type { Ask, Say } from './verify-worker.ts'

export type Verification =
  | Readonly<{ state: 'idle' }>
  | Readonly<{ state: 'running'; name: string; done: number; of: number }>
  | Readonly<{ state: 'done'; name: string; report: Report; file: File }>
  | Readonly<{ state: 'broken'; name: string }>

/** Verifies a package in a worker of its own, so that the page stays alive; can be stopped. */
export function useVerify() {
  const [verification, setVerification] = useState<Verification>({ state: 'idle' })
  const worker = useRef<Worker>(null)
  const stop = (): void => {
    worker.current?.terminate()
    worker.current = null
  }
  useEffect(() => stop, [])
  const start = (file: File, policy: string): void => {
    stop()
    const { name, size } = file
    setVerification({ state: 'running', name, done: 0, of: size })
    const made = new Worker(new URL('./verify-worker.ts', import.meta.url), { type: 'module' })
    made.addEventListener('message', (event: MessageEvent<Say>) => {
      if (event.data.type === 'bytes')
        setVerification({ state: 'running', name, done: event.data.done, of: size })
      else setVerification({ state: 'done', name, report: event.data.report, file })
    })
    made.addEventListener('error', () => setVerification({ state: 'broken', name }))
    worker.current = made
    const ask: Ask = { file, policy: policyOf(policy) }
    made.postMessage(ask)
  }
  const cancel = (): void => {
    stop()
    setVerification({ state: 'idle' })
  }
  return { verification, start, cancel }
}
