import { useEffect, useState } from 'react'
import { listFieldWork, type FieldCase } from '@liuhen/api/routes/field'
import { whoAmI } from '@liuhen/api/routes/session'
import type { Me } from '@liuhen/api/routes/session'
import { call } from '../api/client.ts'
import { asProblem } from '../api/problem.ts'
import { isHere } from '../session/here.ts'
import { hearClock, phoneNow, restoreClock } from './phone-clock.ts'
import { kept } from './phone-db.ts'
import { recording } from './record/recording.ts'
import { sendAll } from './send/queue.ts'
import { restoreTakes } from './takes.ts'

export type FieldWork = Readonly<{ items: readonly FieldCase[]; at: string; personId: string }>
/** The newest signed head of the log that the phone knows: what it signs afterwards was not signed before. */
type Head = Readonly<{ size: number; root: string }>

const savedMe = kept<Me>('me')
const savedWork = kept<FieldWork>('work')
const savedHead = kept<Head>('head')

export type Field =
  | Readonly<{ is: 'opening' }>
  /** Another page of this phone has the camera and the files. */
  | Readonly<{ is: 'elsewhere' }>
  | Readonly<{ is: 'nobody' }>
  | Readonly<{ is: 'broken'; error: unknown }>
  | Readonly<{ is: 'open'; me: Me; work: FieldWork | undefined; head: Head | undefined; isSignedIn: boolean }>

/** Held as long as the page lives; two pages would take each other's runs for what a crash has left. */
const takePhone = (): Promise<boolean> =>
  new Promise((resolve) => {
    void navigator.locks.request('liuhen-field', { ifAvailable: true }, (lock) => {
      resolve(lock !== null)
      return lock === null ? undefined : new Promise(() => undefined)
    })
  })

/** size and root of a checkpoint: its second and third line (C2SP tlog-checkpoint). */
const readHead = async (): Promise<Head | undefined> => {
  const answer = await fetch('/log/checkpoint')
  const [, size = '', root = ''] = (await answer.text()).split('\n')
  return answer.ok && /^\d+$/.test(size) ? { size: Number(size), root } : undefined
}

const hear = async (): Promise<Partial<Extract<Field, { is: 'open' }>>> => {
  const me = await call(whoAmI, {})
  await Promise.all([savedMe.put(me), hearClock(me.clock)])
  const head = await readHead().catch(() => undefined)
  if (head) await savedHead.put(head)
  const isOfficer = me.roles.includes('officer')
  const read = isOfficer ? await call(listFieldWork, {}) : { items: [], at: phoneNow() }
  const work = { ...read, personId: me.personId ?? '' }
  await savedWork.put(work)
  return { me, work, isSignedIn: true, ...(head && { head }) }
}

const restore = async (): Promise<Field> => {
  await restoreClock()
  await restoreTakes()
  const [me, work, head] = await Promise.all([savedMe.get(), savedWork.get(), savedHead.get()])
  if (me === undefined) return isHere() ? { is: 'opening' } : { is: 'nobody' }
  return { is: 'open', me, work: work?.personId === me.personId ? work : undefined, head, isSignedIn: false }
}

const ROUND_MS = 5_000
const HEAR_MS = 60_000

/** Everything of the phone, once: what lies on it first, then what the server says, and again whenever it can be reached. */
export function useField(): readonly [Field, () => void] {
  const [field, setField] = useState<Field>({ is: 'opening' })
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    let isLeft = false
    const open = async (): Promise<void> => {
      const own = await owned()
      const found = own ? await restored() : ({ is: 'elsewhere' } as const)
      if (!isLeft) setField(found)
      if (own) setAsked((n) => n + 1)
    }
    open().catch((error: unknown) => setField({ is: 'broken', error }))
    return () => {
      isLeft = true
    }
  }, [])
  useHearing(asked, setField)
  useRounds(field)
  return [field, () => setAsked((n) => n + 1)]
}

// A page that is drawn twice (StrictMode) has one phone.
let own: Promise<boolean> | undefined
const owned = () => (own ??= takePhone())
let once: Promise<Field> | undefined
const restored = () => (once ??= restore())

function useHearing(asked: number, setField: (change: (old: Field) => Field) => void): void {
  useEffect(() => {
    if (asked === 0) return undefined
    const go = async (): Promise<void> => {
      // What is being recorded is not disturbed by what the server says meanwhile.
      if (recording.get().is !== 'idle') return
      try {
        const heard = await hear()
        setField((old) => ({ ...(old.is === 'open' ? old : EMPTY), ...heard }) as Field)
      } catch (error) {
        const isOut = asProblem(error).status === 401
        setField((old) =>
          old.is === 'open' ? { ...old, isSignedIn: false } : isOut ? { is: 'nobody' } : old,
        )
      }
    }
    void go()
    const timer = setInterval(() => void go(), HEAR_MS)
    const again = (): void => void go()
    window.addEventListener('online', again)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', again)
    }
  }, [asked, setField])
}
const EMPTY = { is: 'open', work: undefined, head: undefined, isSignedIn: false } as const

function useRounds(field: Field): void {
  const me = field.is === 'open' ? field.me : undefined
  useEffect(() => {
    if (me === undefined) return undefined
    const go = (): void => void sendAll(me)
    go()
    const timer = setInterval(go, ROUND_MS)
    window.addEventListener('online', go)
    const stop = recording.subscribe(go)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', go)
      stop()
    }
  }, [me])
}
