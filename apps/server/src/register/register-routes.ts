import * as routes from '@liuhen/api/routes/registers'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { bind, type Binding } from '../http/binding.ts'
import { exportRegister } from './export-register.ts'
import { listRegisters } from './list-registers.ts'
import { openRegister } from './open-register.ts'

export const registerBindings = (deps: CaseDeps): readonly Binding[] => [
  bind(routes.listRegisters, ({ actor }) => listRegisters(deps, actor)),
  bind(routes.exportRegister, ({ actor }, { params }) =>
    exportRegister(deps, actor, { id: params.id, format: 'xlsx' }),
  ),
  bind(routes.exportRegisterCsv, ({ actor }, { params }) =>
    exportRegister(deps, actor, { id: params.id, format: 'csv' }),
  ),
  bind(routes.openRegister, ({ commandId, actor }, { body }) =>
    openRegister(deps, { commandId, actor }, body),
  ),
]
