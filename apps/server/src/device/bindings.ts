import * as routes from '@liuhen/api/routes/devices'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { bind, type Binding } from '../http/binding.ts'
import { listDevices } from './list-devices.ts'

export const deviceBindings = (deps: CaseDeps): readonly Binding[] => [
  bind(routes.listDevices, ({ actor }) => listDevices(deps, actor)),
]
