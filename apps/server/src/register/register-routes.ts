import * as routes from '@liuhen/api/routes/registers'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { bind, type Binding } from '../http/binding.ts'
import { listRegisters } from './list-registers.ts'
import { openRegister } from './open-register.ts'

export const registerBindings = (deps: CaseDeps): readonly Binding[] => [
  bind(routes.listRegisters, ({ actor }) => listRegisters(deps, actor)),
  bind(routes.openRegister, ({ commandId, actor }, { body }) =>
    openRegister(deps, { commandId, actor }, body),
  ),
]
