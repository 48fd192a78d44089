import * as routes from '@liuhen/api/routes/dockings'
import { bind, type Binding, type Context } from '../http/binding.ts'
import { beginDocking } from './begin-docking.ts'
import type { DockingCommand, DockingDeps } from './docking-deps.ts'
import { getDocking } from './get-docking.ts'
import { listDockings } from './list-dockings.ts'
import { clearDevice, completeDocking, resolveAside } from './settle-docking.ts'
import { sortDockedFiles } from './sort-files.ts'

const commandOf = (c: Context, dockingId: string, route: Readonly<{ id: string }>): DockingCommand => ({
  commandId: c.commandId,
  actor: c.actor,
  dockingId,
  what: route.id,
})

export const dockingBindings = (deps: DockingDeps): readonly Binding[] => [
  bind(routes.listDockings, (c, { query }) => listDockings(deps, c.actor, query)),
  bind(routes.beginDocking, (c, { body }) => beginDocking(deps, commandOf(c, '', routes.beginDocking), body)),
  bind(routes.getDocking, (c, { params }) => getDocking(deps, c.actor, params.id)),
  bind(routes.sortDockedFiles, (c, { params, body }) =>
    sortDockedFiles(deps, commandOf(c, params.id, routes.sortDockedFiles), body.files),
  ),
  bind(routes.completeDocking, (c, { params }) =>
    completeDocking(deps, commandOf(c, params.id, routes.completeDocking)),
  ),
  bind(routes.clearDevice, (c, { params }) => clearDevice(deps, commandOf(c, params.id, routes.clearDevice))),
  bind(routes.resolveAside, (c, { params, body }) =>
    resolveAside(deps, commandOf(c, params.id, routes.resolveAside), body),
  ),
]
