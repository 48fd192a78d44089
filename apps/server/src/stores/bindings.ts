import * as routes from '@liuhen/api/routes/stores'
import { bind, type Binding, type Context } from '../http/binding.ts'
import {
  approveMove,
  giveMoveUp,
  type MoveCommand,
  type MoveCommandDeps,
  proposeMove,
} from './move-commands.ts'
import { readStoreHealth } from './store-health.ts'

const commandOf = ({ commandId, actor }: Context, route: Readonly<{ id: string }>): MoveCommand => ({
  commandId,
  actor,
  what: route.id,
})

export const storesBindings = (
  deps: Parameters<typeof readStoreHealth>[0] & MoveCommandDeps,
): readonly Binding[] => [
  bind(routes.storeHealth, ({ actor }) => readStoreHealth(deps, actor)),
  bind(routes.proposeStoreMove, (c, { body }) =>
    proposeMove(deps, commandOf(c, routes.proposeStoreMove), body),
  ),
  bind(routes.approveStoreMove, (c, { body }) =>
    approveMove(deps, commandOf(c, routes.approveStoreMove), body),
  ),
  bind(routes.giveStoreMoveUp, (c, { body }) => giveMoveUp(deps, commandOf(c, routes.giveStoreMoveUp), body)),
]
