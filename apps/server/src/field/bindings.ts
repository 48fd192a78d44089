import * as routes from '@liuhen/api/routes/field'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { bind, type Binding, type Context } from '../http/binding.ts'
import * as keys from './device-keys.ts'
import { listFieldWork } from './field-work.ts'
import * as sessions from './sessions.ts'

const commandOf = ({ commandId, actor }: Context, { id }: Readonly<{ id: string }>): keys.FieldCommand => ({
  commandId,
  actor,
  what: id,
})

export const fieldBindings = (deps: CaseDeps): readonly Binding[] => [
  bind(routes.listFieldWork, (c) => listFieldWork(deps, c.actor)),
  bind(routes.listDeviceKeys, (c) => keys.listDeviceKeys(deps, c.actor)),
  bind(routes.requestDeviceKey, (c, { body }) =>
    keys.requestDeviceKey(deps, commandOf(c, routes.requestDeviceKey), body),
  ),
  bind(routes.approveDeviceKey, (c, { params }) =>
    keys.approveDeviceKey(deps, commandOf(c, routes.approveDeviceKey), params.id),
  ),
  bind(routes.revokeDeviceKey, (c, { params, body }) =>
    keys.revokeDeviceKey(deps, commandOf(c, routes.revokeDeviceKey), params.id, body),
  ),
  bind(routes.listFieldSessions, (c, { query }) => sessions.listFieldSessions(deps, c.actor, query)),
  bind(routes.announceFieldSession, (c, { body }) =>
    sessions.announceFieldSession(deps, commandOf(c, routes.announceFieldSession), body),
  ),
  bind(routes.endFieldSession, (c, { params, body }) =>
    sessions.endFieldSession(deps, commandOf(c, routes.endFieldSession), params.id, body),
  ),
  bind(routes.giveUpFieldSession, (c, { params, body }) =>
    sessions.giveUpFieldSession(deps, commandOf(c, routes.giveUpFieldSession), params.id, body),
  ),
]
