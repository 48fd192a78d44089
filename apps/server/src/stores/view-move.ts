import type { ResponseOf } from '@liuhen/api/route'
import type { storeHealth } from '@liuhen/api/routes/stores'
import { told } from '@liuhen/api/schema/evaluation'
import type { Actor, RecordedEvent } from '@liuhen/domain/event'
import { type StoresEvent, StoresEventData } from '@liuhen/domain/stores/events'
import { canApproveMove, canGiveMoveUp, canProposeMove, evolveMove, noMove } from '@liuhen/domain/stores/move'
import { readStreamIn } from '../event-store/read-stream.ts'
import { withAgency } from '../postgres/transaction.ts'
import { approvalOf, type MoveCommandDeps } from './move-commands.ts'
import { moveStanding, openMove } from './move-rows.ts'
import { storesStream } from './tell.ts'

type View = Pick<ResponseOf<typeof storeHealth>, 'move' | 'nextStore' | 'canProposeMove'>

/** What a stream of stores holds was written by its own decisions. */
const own = (event: RecordedEvent) => event as RecordedEvent & StoresEvent

/** The move under way as its own agency sees it; the others are told when it is done. */
export const viewMove = (deps: MoveCommandDeps, actor: Actor): Promise<View> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const now = await deps.store.clock.now()
    const events = (await readStreamIn(tx, storesStream(actor.agencyId))).map(own)
    const s = events.reduce((state, e) => evolveMove(state, e, e.actor.userId), noMove)
    const next = deps.nextPlace === undefined ? {} : { nextStore: deps.nextPlace }
    const base = { ...next, canProposeMove: told(canProposeMove(actor)) }
    const open = await openMove(tx)
    if (s.status === 'none' || open?.id !== s.moveId) return base
    const about = events.filter((e) => 'moveId' in e.data.internal && e.data.internal.moveId === s.moveId)
    const proposed = about.find((e) => e.type === 'StoreMoveProposed')
    const checked = about.findLast((e) => e.type === 'StoreMoveChecked')
    const approved = about.find((e) => e.type === 'StoreMoveApproved')
    const { files, ofFiles, bytes } = await moveStanding(tx, s.moveId)
    return {
      ...base,
      move: {
        id: s.moveId,
        from: s.from,
        to: s.to,
        files,
        ofFiles,
        bytes,
        reason: proposed?.type === 'StoreMoveProposed' ? proposed.data.internal.reason : '',
        proposedBy: proposed?.actor.name ?? '',
        proposedAt: s.proposedAt,
        ...(checked === undefined
          ? {}
          : {
              checked: {
                ...StoresEventData.StoreMoveChecked.shape.internal.parse(checked.data.internal),
                at: checked.recordedAt,
              },
            }),
        ...(approved === undefined ? {} : { approvedBy: approved.actor.name }),
        can: {
          approve: told(canApproveMove(s, await approvalOf(deps, s, actor, { now, tx }))),
          giveUp: told(canGiveMoveUp(s, actor)),
        },
      },
    }
  })
