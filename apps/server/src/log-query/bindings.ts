import * as routes from '@liuhen/api/routes/log'
import { type Binding, bind, bindPublic } from '../http/binding.ts'
import { findByHash } from './find-by-hash.ts'
import { getReceipt } from './get-receipt.ts'
import { logState } from './log-state.ts'

type Deps = Parameters<typeof findByHash>[0] &
  Parameters<typeof logState>[0] &
  Parameters<typeof getReceipt>[0]

export const logBindings = (deps: Deps): readonly Binding[] => [
  bindPublic(routes.logState, () => logState(deps)),
  bind(routes.getReceipt, ({ agencyId }, { params }) => getReceipt(deps, agencyId, params.commandId)),
  bindPublic(routes.findByHash, (_context, { params }) => findByHash(deps, params.sha256)),
]
