import * as routes from '@liuhen/api/routes/playback'
import { bind, type Binding } from '../http/binding.ts'
import { confirmPlayback, confirmPlaybacks } from './confirm-playback.ts'
import { getCoverage } from './coverage.ts'
import { registerCsv, registerXlsx } from './register-csv.ts'
import { allOfRegister, listPlaybackRegister, listPlaybackQueue } from './list-playback.ts'
import type { PlaybackDeps } from './make-aids.ts'
import { getAids, openProxy, openSprite } from './open-aids.ts'
import { beginViewing, listViewings, reportWatched } from './log-viewing.ts'

const aids = (deps: PlaybackDeps): readonly Binding[] => [
  bind(routes.getPlaybackAids, (c, { params, query }) =>
    getAids(deps, c.actor, { recordingId: params.id, wantsProxy: query.proxy === 'asked' }),
  ),
  bind(routes.playbackSprite, (c, { params }) => openSprite(deps, c.actor, params.id)),
  bind(routes.playbackProxy, async (c, { params }) => {
    const asked = { recordingId: params.id, range: c.header('range'), address: c.address }
    const answer = await openProxy(deps, c.actor, asked)
    return 'refused' in answer ? answer : { ...answer, bytes: answer.stream ?? new Uint8Array() }
  }),
]

export const playbackBindings = (deps: PlaybackDeps): readonly Binding[] => [
  ...aids(deps),
  bind(routes.beginViewing, (c, { params, body }) =>
    beginViewing(deps, c.actor, { ...body, recordingId: params.id, address: c.address }),
  ),
  bind(routes.reportWatched, (c, { params, body }) =>
    reportWatched(deps, c.actor, { viewingId: params.id, ...body }),
  ),
  bind(routes.listViewings, (c, { params, query }) =>
    listViewings(deps, c.actor, { ...query, id: params.id }),
  ),
  bind(routes.confirmPlayback, (c, { params, body }) => {
    const command = { commandId: c.commandId, actor: c.actor, recordingId: params.id }
    return confirmPlayback(deps, { ...command, what: routes.confirmPlayback.id }, body)
  }),
  bind(routes.confirmPlaybacks, (c, { body }) =>
    confirmPlaybacks(deps, {
      commandId: c.commandId,
      actor: c.actor,
      what: routes.confirmPlaybacks.id,
      ...body,
    }),
  ),
  bind(routes.getCoverage, (c, { params }) => getCoverage(deps, c.actor, params.id)),
  bind(routes.listPlaybackQueue, (c, { query }) => listPlaybackQueue(deps, c.actor, query)),
  bind(routes.listPlaybackRegister, (c, { query }) => listPlaybackRegister(deps, c.actor, query)),
  bind(routes.exportPlaybackRegister, async (c, { query }) => ({
    bytes: Buffer.from(registerCsv(await allOfRegister(deps, c.actor, query))),
    fileName: '音像台账.csv',
  })),
  bind(routes.exportPlaybackRegisterSheet, async (c, { query }) => ({
    bytes: registerXlsx(await allOfRegister(deps, c.actor, query)),
    fileName: '音像台账.xlsx',
  })),
]
