import * as routes from '@liuhen/api/routes/log'
import { type Binding, bindPublic } from '../http/binding.ts'
import { findByHash } from './find-by-hash.ts'
import { logState } from './log-state.ts'

type Deps = Parameters<typeof findByHash>[0] & Parameters<typeof logState>[0]

export const logBindings = (deps: Deps): readonly Binding[] => [
  bindPublic(routes.logState, () => logState(deps)),
  bindPublic(routes.findByHash, (_context, { params }) => findByHash(deps, params.sha256)),
]
