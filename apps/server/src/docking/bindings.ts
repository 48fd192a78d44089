import * as routes from '@liuhen/api/routes/dockings'
import { bind, type Binding } from '../http/binding.ts'
import { beginDocking } from './begin-docking.ts'
import type { DockingDeps } from './docking-deps.ts'
import { getDocking } from './get-docking.ts'
import { listDockings } from './list-dockings.ts'
import { clearDevice, completeDocking, resolveAside } from './settle-docking.ts'
import { sortDockedFiles } from './sort-files.ts'

export const dockingBindings = (deps: DockingDeps): readonly Binding[] => [
  bind(routes.listDockings, (c, { query }) => listDockings(deps, c.actor, query)),
  bind(routes.beginDocking, ({ command }, { body }) => beginDocking(deps, command, body)),
  bind(routes.getDocking, (c, { params }) => getDocking(deps, c.actor, params.id)),
  bind(routes.sortDockedFiles, ({ command }, { params, body }) =>
    sortDockedFiles(deps, { ...command, dockingId: params.id }, body.files),
  ),
  bind(routes.completeDocking, ({ command }, { params }) =>
    completeDocking(deps, { ...command, dockingId: params.id }),
  ),
  bind(routes.clearDevice, ({ command }, { params }) =>
    clearDevice(deps, { ...command, dockingId: params.id }),
  ),
  bind(routes.resolveAside, ({ command }, { params, body }) =>
    resolveAside(deps, { ...command, dockingId: params.id }, body),
  ),
]
