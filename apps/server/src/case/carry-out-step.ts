import type { JsonRecord } from '@liuhen/domain/case/events'
import * as decide from '@liuhen/domain/case/steps'
import { present } from '@liuhen/domain/present'
import type { Refusal } from '@liuhen/domain/refusal'
import type { Instant } from '@liuhen/law/fact'
import { actOnCase, type Attempt, type CaseCommand, type CaseDone } from '../case-stream/act-on-case.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { findPeople } from '../case-stream/people.ts'

export type StepInput = Readonly<{
  from?: Instant | undefined
  to?: Instant | undefined
  place?: string | undefined
  officerIds?: readonly string[] | undefined
  data?: JsonRecord | undefined
  reason?: string | undefined
}>

const commandOf = async (
  { tx }: Attempt,
  step: string,
  input: StepInput,
): Promise<decide.StepCommand | Refusal> => {
  const { officerIds, ...rest } = input
  const officers = officerIds === undefined ? undefined : await findPeople(tx, officerIds)
  if (officers !== undefined && 'refused' in officers) return officers
  return present({ ...rest, step, officers })
}

const carryOut =
  (by: typeof decide.beginStep) =>
  (deps: CaseDeps, c: CaseCommand, step: string, input: StepInput): Promise<CaseDone | Refusal> =>
    actOnCase(deps, c, async (at) => {
      const command = await commandOf(at, step, input)
      return 'refused' in command ? command : by(at.state, command, at.ctx)
    })

export const beginStep = carryOut(decide.beginStep)
export const completeStep = carryOut(decide.completeStep)
