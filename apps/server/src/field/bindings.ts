import * as routes from '@liuhen/api/routes/field'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { bind, type Binding } from '../http/binding.ts'
import * as keys from './device-keys.ts'
import { listFieldWork } from './field-work.ts'
import * as sessions from './sessions.ts'

export const fieldBindings = (deps: CaseDeps): readonly Binding[] => [
  bind(routes.listFieldWork, (c) => listFieldWork(deps, c.actor)),
  bind(routes.listDeviceKeys, (c) => keys.listDeviceKeys(deps, c.actor)),
  bind(routes.requestDeviceKey, ({ command }, { body }) => keys.requestDeviceKey(deps, command, body)),
  bind(routes.approveDeviceKey, ({ command }, { params }) => keys.approveDeviceKey(deps, command, params.id)),
  bind(routes.revokeDeviceKey, ({ command }, { params, body }) =>
    keys.revokeDeviceKey(deps, command, params.id, body),
  ),
  bind(routes.listFieldSessions, (c, { query }) => sessions.listFieldSessions(deps, c.actor, query)),
  bind(routes.announceFieldSession, ({ command }, { body }) =>
    sessions.announceFieldSession(deps, command, body),
  ),
  bind(routes.endFieldSession, ({ command }, { params, body }) =>
    sessions.endFieldSession(deps, command, params.id, body),
  ),
  bind(routes.giveUpFieldSession, ({ command }, { params, body }) =>
    sessions.giveUpFieldSession(deps, command, params.id, body),
  ),
]
