import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { assignHandlers, beginStep, nameParty, registerLead } from '@liuhen/api/routes/cases'
import type { Route } from '@liuhen/api/route'
import { call } from '../api/client.ts'
import type { BodyIn, InputOf } from '../api/client.ts'
import { newId } from '../api/new-id.ts'
import { asProblem } from '../api/problem.ts'
import { onceEach } from './once-each.ts'

export type Beginning = Readonly<{
  lead: BodyIn<typeof registerLead>
  party: BodyIn<typeof nameParty>
  officerIds: string[]
  step: string
  begun: BodyIn<typeof beginStep>
}>

/** The server answered, and said no. */
const isRefusal = (error: unknown): boolean => {
  const { status } = asProblem(error)
  return status >= 400 && status < 500 && status !== 401 && status !== 429
}

/**
 * Registers, names, assigns and begins, in this order and each once: what was done before a refusal or a broken line
 * is not done again when the officer goes on. Answers the case.
 */
export function useBeginning(onDone: (caseId: string) => void) {
  const client = useQueryClient()
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
  const [commands] = useState(() => onceEach<unknown>({ newKey: newId, isRefusal, same }))
  const give = <T extends Route>(route: T, input: InputOf<T>, forGood = false): Promise<string> => {
    const send = async (said: unknown, key: string) =>
      ((await call(route, said as InputOf<T>, { key })) as Readonly<{ id?: string }>).id
    return commands.once(route.id, input, send, forGood)
  }
  const run = useMutation({
    mutationFn: async ({ lead, party, officerIds, step, begun }: Beginning): Promise<string> => {
      const id = await give(registerLead, { body: lead }, true)
      await give(nameParty, { params: { id }, body: party })
      await give(assignHandlers, { params: { id }, body: { personIds: officerIds } })
      await give(beginStep, { params: { id, step }, body: begun }, true)
      return id
    },
    onSettled: () => client.invalidateQueries(),
    onSuccess: onDone,
  })
  return { ...run, isRegistered: run.isError && commands.isDone(registerLead.id) }
}
