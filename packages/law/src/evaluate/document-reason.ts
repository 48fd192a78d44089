import { documentAt } from '../combine.ts'
import type { Citation, Reason } from '../evaluation.ts'
import type { StepRule } from '../schema/procedure.ts'
import { lawDay } from './clock.ts'
import { papersIn, ranksFor, waitingFor } from './document-state.ts'
import { wantingFor } from './each-party.ts'
import { occurrenceOf } from './occurrence.ts'
import { soughtBy } from './sought.ts'
import { RANK_NAMES, STATE_NAMES } from './words.ts'
import type { World } from './world.ts'

type Lacking = Readonly<{ type: string; state: string; citations: readonly Citation[] }>

type Words = Readonly<Pick<Reason, 'message' | 'todo' | 'facts'>>

/** What is lacking of a paper that was begun: whose turn it is, so that its maker does not make it twice. */
function begunWords(name: string, paper: Lacking, step: StepRule, world: World): Words | undefined {
  const facts = papersIn(world, paper.type, { step: step.id, since: occurrenceOf(world, step).since })
  const last = facts.at(-1)
  if (last === undefined) return undefined
  const wanted = STATE_NAMES[paper.state] ?? paper.state
  if (last.state === 'returned')
    return { message: `《${name}》已被退回`, todo: `按退回意见修改《${name}》，重新提交` }
  const of = facts.filter((f) => f.ref === last.ref)
  const rank = waitingFor(of, ranksFor(world, paper.type))
  if (rank !== undefined)
    return {
      message: `《${name}》已提交，等待${RANK_NAMES[rank]}审批`,
      todo: `请${RANK_NAMES[rank]}审批《${name}》`,
    }
  const who = wantingFor([soughtBy({ kind: 'document', name: paper.type, state: paper.state })], world)
  const words = { message: `《${name}》尚未${wanted}`, todo: `完成《${name}》的${wanted}` }
  return who === undefined ? words : { ...words, facts: { wanting: who } }
}

/** Why a step wants this paper, and what is to be done next with it. */
export function documentReason(paper: Lacking, step: StepRule, world: World): Reason {
  const named = documentAt(world.caseLaw.law, paper.type, lawDay(world.clock))?.name ?? paper.type
  const name = named.replace(/^《|》$/g, '')
  const state = STATE_NAMES[paper.state] ?? paper.state
  const words = begunWords(name, paper, step, world) ?? {
    message: `缺《${name}》，或尚未${state}`,
    todo: `制作《${name}》并完成${state}`,
  }
  return { code: 'document-missing', effect: 'refuse', ...words, citations: paper.citations }
}
