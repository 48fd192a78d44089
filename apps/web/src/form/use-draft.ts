import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { BodyOf, ResponseOf } from '@liuhen/api/route'
import { getForm, saveDraft } from '@liuhen/api/routes/documents'
import { asProblem } from '../api/problem.ts'
import type { ApiProblem } from '../api/problem.ts'
import { call } from '../api/client.ts'
import type { InputOf } from '../api/client.ts'
import { draftReducer, openDraft } from './draft-state.ts'
import { stillSaid } from './field-value.ts'
import { inTurn } from './in-turn.ts'
import { useMe } from '../session/me.ts'
import { copyKey, localCopy } from './local-copy.ts'

type Form = ResponseOf<typeof getForm>
type Data = BodyOf<typeof saveDraft>['data']
export type FormKey = InputOf<typeof getForm>

/** Somebody else was first, the server will not have it, or nobody heard it. */
const howItFailed = ({ code, status }: ApiProblem): 'conflict' | 'refused' | 'failed' => {
  if (code === 'stale-version') return 'conflict'
  return status >= 400 && status < 500 && status !== 401 && status !== 429 ? 'refused' : 'failed'
}

/** What the server last said of the form, and what stood in it then. */
type Checked = Readonly<{ problems: Form['problems']; data: Readonly<Record<string, unknown>> }>

/** At most this long after the last keystroke, the draft is on its way. */
const IDLE_MS = 1_200
const RETRY_MS = 5_000

const keyOf = ({ params, query }: FormKey): string =>
  `draft/${params.id}/${params.type}/${query.step}/${query.documentId ?? query.about ?? ''}`

/** A form's draft: typed here, kept on the server within two seconds, never over somebody else's. */
export function useDraft(key: FormKey, form: Form) {
  const client = useQueryClient()
  const name = copyKey(useMe().userId, keyOf(key))
  const [state, dispatch] = useReducer(draftReducer, undefined, () => {
    const revision = form.draft?.revision ?? 0
    return openDraft(form.data, revision, form.draft?.savedAt)
  })
  const [checked, setChecked] = useState<Checked>({ problems: form.problems, data: form.data })
  const [refusal, setRefusal] = useState<ApiProblem>()
  const [left] = useState(() => localCopy.find(name, form.draft?.revision ?? 0))
  const latest = useRef(state)
  useEffect(() => {
    latest.current = state
  })

  // The revision as the server told it last: the state knows it only after the next rendering.
  const revision = useRef(state.revision)
  const [turn] = useState(() => inTurn<boolean>())
  const send = useCallback(async (): Promise<boolean> => {
    const { data } = latest.current
    dispatch({ type: 'sending' })
    localCopy.keep(name, { revision: revision.current, data })
    try {
      const body = { ...key.query, revision: revision.current, data: asData(data) }
      const done = await call(saveDraft, { params: key.params, body })
      revision.current = done.revision
      localCopy.drop(name)
      setChecked({ problems: done.problems, data })
      setRefusal(undefined)
      dispatch({ type: 'saved', revision: done.revision, savedAt: done.savedAt })
      return true
    } catch (error) {
      const type = howItFailed(asProblem(error))
      setRefusal(type === 'refused' ? asProblem(error) : undefined)
      dispatch({ type })
      return false
    }
  }, [key, name])
  // Two at a time would take each other for somebody else's.
  const save = useCallback((): Promise<boolean> => turn(send), [turn, send])

  useEffect(() => {
    if (state.status !== 'dirty' && state.status !== 'failed') return undefined
    const timer = setTimeout(() => void save(), state.status === 'dirty' ? IDLE_MS : RETRY_MS)
    return () => clearTimeout(timer)
  }, [state.status, state.edits, save])
  useEffect(() => {
    if (state.status === 'clean') return undefined
    const stay = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', stay)
    return () => window.removeEventListener('beforeunload', stay)
  }, [state.status])

  const settle = async (whose: 'mine' | 'theirs'): Promise<void> => {
    const fresh = await client.fetchQuery({
      queryKey: ['settle', name],
      queryFn: async () => await call(getForm, key),
      staleTime: 0,
    })
    revision.current = fresh.draft?.revision ?? 0
    if (whose === 'mine') return dispatch({ type: 'mine', revision: revision.current })
    setChecked({ problems: fresh.problems, data: fresh.data })
    dispatch({
      type: 'theirs',
      data: fresh.data,
      revision: revision.current,
      savedAt: fresh.draft?.savedAt,
    })
  }
  const edit = useCallback((id: string, value: unknown) => dispatch({ type: 'edit', id, value }), [])
  const restore = (): void => {
    for (const [id, value] of Object.entries(left ?? {})) edit(id, value)
  }
  const problems = stillSaid(checked, state.data)
  return { state, problems, refusal, edit, save, settle, left, restore }
}

/** Fields only ever hold JSON; what is undefined was emptied and is left out. */
export const asData = (data: Readonly<Record<string, unknown>>): Data => JSON.parse(JSON.stringify(data))
