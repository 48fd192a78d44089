import { announceFieldSession, endFieldSession } from '@liuhen/api/routes/field'
import type { Me } from '@liuhen/api/routes/session'
import { call } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { enrol } from '../device-key.ts'
import { observed } from '../observed.ts'
import { keys, sessions, type Session } from '../phone-db.ts'
import { takesNow } from '../takes.ts'
import { isOnlyHere, type Take } from '../take.ts'
import { hearVerdict, sendTake } from './send-take.ts'

/** What the line to the server is like. */
export type Line = Readonly<{ is: 'waiting' | 'sending' | 'rest' | 'away' | 'signed-out' }>
export const line = observed<Line>({ is: 'waiting' })

const announce = async (me: Me, s: Session): Promise<void> => {
  if (s.personId !== me.personId) return
  const { session, medium, key, begunAt, caseId, step, scene } = s
  let id = s.id
  if (id === undefined) {
    const about =
      caseId === undefined ? {} : { about: { caseId, ...(step && { step }), ...(scene && { scene }) } }
    const body = { session, medium, key, begunAt, ...about }
    id = (await call(announceFieldSession, { body }, { key: session })).id
    if (id === undefined) return
    await sessions.put(session, { ...((await sessions.get(session)) ?? s), id })
  }
  const now = (await sessions.get(session)) ?? s
  if (now.endedAt === undefined || now.isEndTold === true) return
  await call(endFieldSession, { params: { id }, body: { takes: now.takes, endedAt: now.endedAt } })
  await sessions.put(session, { ...now, id, isEndTold: true })
}

/** A run that was confirmed may still have something to be told: how an interruption ended. */
const hasMore = (take: Take): boolean =>
  isOnlyHere(take) || take.state.is === 'stored' || (take.break !== undefined && !take.told.includes('break'))

/** It was let go of before anybody vouched for the phone; what the office says of it now is asked for again. */
const isUnvouched = ({ state, verdict }: Take): boolean =>
  state.is === 'confirmed' && verdict === 'ingest-hash-only'
/** In a round; of those that stay so there may be many. */
const ASKED_AGAIN = 5

/** One run that is refused does not hold up the others. */
const unlessLineIsGone = (error: unknown): void => {
  if ([0, 401].includes(asProblem(error).status)) throw error
}

const goOnce = async (me: Me): Promise<void> => {
  const key = me.personId === undefined ? undefined : await keys.get(me.personId)
  if (key) await enrol(me, key)
  for (const session of await sessions.all()) await announce(me, session)
  const mine = takesNow().filter((t) => t.personId === me.personId && t.state.is !== 'recording')
  for (const take of mine.toReversed().filter(hasMore)) {
    line.set({ is: 'sending' })
    await sendTake(me, take.chain).catch(unlessLineIsGone)
  }
  if (key?.status !== 'approved') return
  for (const take of mine.filter(isUnvouched).slice(0, ASKED_AGAIN))
    await hearVerdict(take.chain).catch(unlessLineIsGone)
}

const isOwn = (me: Me) => (take: Take) => take.personId === me.personId && take.state.is !== 'confirmed'

let isGoing = false
let isAsked = false

/** One round through everything that has not come. Asked while it goes on, it goes round once more. */
export const sendAll = async (me: Me): Promise<void> => {
  isAsked = true
  if (isGoing) return
  isGoing = true
  try {
    while (isAsked) {
      isAsked = false
      await goOnce(me)
    }
    line.set({ is: takesNow().some(isOwn(me)) ? 'waiting' : 'rest' })
  } catch (error) {
    const { status } = asProblem(error)
    line.set({ is: status === 401 ? 'signed-out' : status === 0 ? 'away' : 'waiting' })
  } finally {
    isGoing = false
  }
}
