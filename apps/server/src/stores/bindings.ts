import * as routes from '@liuhen/api/routes/stores'
import { bind, type Binding } from '../http/binding.ts'
import { approveMove, giveMoveUp, type MoveCommandDeps, proposeMove } from './move-commands.ts'
import { readStoreHealth } from './store-health.ts'

export const storesBindings = (
  deps: Parameters<typeof readStoreHealth>[0] & MoveCommandDeps,
): readonly Binding[] => [
  bind(routes.storeHealth, ({ actor }) => readStoreHealth(deps, actor)),
  bind(routes.proposeStoreMove, ({ command }, { body }) => proposeMove(deps, command, body)),
  bind(routes.approveStoreMove, ({ command }, { body }) => approveMove(deps, command, body)),
  bind(routes.giveStoreMoveUp, ({ command }, { body }) => giveMoveUp(deps, command, body)),
]
