import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import type { BodyOf, ResponseOf } from '@liuhen/api/route'
import { saveDraft } from '@liuhen/api/routes/documents'
import type { getForm } from '@liuhen/api/routes/documents'
import { asProblem } from '../api/problem.ts'
import type { ApiProblem } from '../api/problem.ts'
import { call } from '../api/client.ts'
import type { InputOf } from '../api/client.ts'
import { draftReducer, openDraft, openLeft } from './draft-state.ts'
import type { DraftState, FormData } from './draft-state.ts'
import { stillSaid } from './field-value.ts'
import { inTurn } from './in-turn.ts'
import { leftoverOf } from './leftover.ts'
import type { Copy } from './local-copy.ts'
import { useCopying } from './use-copying.ts'

export type Form = ResponseOf<typeof getForm>
type Data = BodyOf<typeof saveDraft>['data']
export type FormKey = InputOf<typeof getForm>
/** What the browser kept of this form, and under what name. */
export type Left = Readonly<{ name: string; copy: Copy | undefined }>

/** Somebody else was first, the server will not have it, or nobody heard it. */
const howItFailed = ({ code, status }: ApiProblem): 'conflict' | 'refused' | 'failed' => {
  if (code === 'stale-version') return 'conflict'
  return status >= 400 && status < 500 && status !== 401 && status !== 429 ? 'refused' : 'failed'
}

/** What the server last said of the form, and what stood in it then. */
type Checked = Readonly<{ problems: Form['problems']; data: Readonly<Record<string, unknown>> }>

/** So long after the last keystroke, and at most so long after the first, the draft is on its way. */
const IDLE_MS = 900
const LONGEST_MS = 1_500
const RETRY_MS = 4_000

const opening = (form: Form, copy: Copy | undefined): DraftState => {
  const revision = form.draft?.revision ?? 0
  const state = openDraft(form.data, revision, form.draft?.savedAt)
  const left = leftoverOf(copy, { revision, data: form.data })
  if (copy === undefined || left === 'nothing') return state
  return openLeft(state, copy.data, left === 'goes-on' ? 'dirty' : 'conflict')
}

/** A form's draft: typed here, kept in the browser and on the server within two seconds, never over somebody else's. */
export function useDraft(key: FormKey, form: Form, { name, copy }: Left) {
  const [state, dispatch] = useReducer(draftReducer, undefined, () => opening(form, copy))
  const [checked, setChecked] = useState<Checked>({ problems: form.problems, data: form.data })
  const [refusal, setRefusal] = useState<ApiProblem>()
  const [restoredAt, setRestoredAt] = useState(() =>
    state.status === 'dirty' ? (copy?.at ?? '') : undefined,
  )
  const latest = useRef(state)
  useEffect(() => {
    latest.current = state
  })

  // The revision as the server told it last, and what it holds: the state knows it only after the next rendering.
  const revision = useRef(state.revision)
  const [base, setBase] = useState<FormData | undefined>(state.status === 'conflict' ? copy?.base : form.data)
  const sent = useRef<FormData | undefined>(undefined)
  const keep = useCopying(name, state, () => ({
    revision: revision.current,
    data: latest.current.data,
    ...(base && { base }),
    ...(sent.current && { sent: sent.current }),
  }))
  const [turn] = useState(() => inTurn<boolean>())
  const send = useCallback(async (): Promise<boolean> => {
    const { data } = latest.current
    dispatch({ type: 'sending' })
    sent.current = data
    keep()
    try {
      const body = { ...key.query, revision: revision.current, data: asData(data) }
      const done = await call(saveDraft, { params: key.params, body })
      revision.current = done.revision
      setBase(data)
      setChecked({ problems: done.problems, data })
      setRefusal(undefined)
      dispatch({ type: 'saved', revision: done.revision, savedAt: done.savedAt })
      return true
    } catch (error) {
      const type = howItFailed(asProblem(error))
      setRefusal(type === 'refused' ? asProblem(error) : undefined)
      dispatch({ type })
      return false
    } finally {
      sent.current = undefined
    }
  }, [key, keep])
  // Two at a time would take each other for somebody else's.
  const save = useCallback((): Promise<boolean> => turn(send), [turn, send])
  useSaving(state, save)

  const settle = (fresh: Form, data: FormData): void => {
    revision.current = fresh.draft?.revision ?? 0
    const savedAt = fresh.draft?.savedAt
    setBase(fresh.data)
    setChecked({ problems: fresh.problems, data: fresh.data })
    setRestoredAt(undefined)
    const type = data === fresh.data ? 'theirs' : 'settled'
    dispatch({ type, data, revision: revision.current, savedAt })
  }
  const edit = useCallback((id: string, value: unknown) => dispatch({ type: 'edit', id, value }), [])
  /** What the browser kept is put aside for what the server holds. */
  const undoRestore = (): void => {
    setRestoredAt(undefined)
    dispatch({ type: 'settled', data: form.data, revision: revision.current, savedAt: state.savedAt })
  }
  const problems = stillSaid(checked, state.data)
  return { state, problems, refusal, base, edit, save, settle, restoredAt, undoRestore }
}

/** Saves after a pause, and without one while somebody goes on typing; asks before a page goes that is not saved. */
function useSaving({ status, edits }: DraftState, save: () => Promise<boolean>): void {
  const since = useRef<number | undefined>(undefined)
  useEffect(() => {
    if (status !== 'dirty' && status !== 'failed') {
      since.current = undefined
      return undefined
    }
    since.current ??= performance.now()
    const [pause, longest] = status === 'dirty' ? [IDLE_MS, LONGEST_MS] : [RETRY_MS, RETRY_MS]
    const wait = Math.min(pause, Math.max(0, since.current + longest - performance.now()))
    const timer = setTimeout(() => void save(), wait)
    return () => clearTimeout(timer)
  }, [status, edits, save])
  useEffect(() => {
    if (status === 'clean') return undefined
    const stay = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', stay)
    return () => window.removeEventListener('beforeunload', stay)
  }, [status])
}

/** Fields only ever hold JSON; what is undefined was emptied and is left out. */
export const asData = (data: Readonly<Record<string, unknown>>): Data => JSON.parse(JSON.stringify(data))
