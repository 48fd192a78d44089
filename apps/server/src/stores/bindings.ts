import { storeHealth } from '@liuhen/api/routes/stores'
import { bind, type Binding } from '../http/binding.ts'
import { readStoreHealth } from './store-health.ts'

export const storesBindings = (deps: Parameters<typeof readStoreHealth>[0]): readonly Binding[] => [
  bind(storeHealth, ({ agencyId }) => readStoreHealth(deps, agencyId)),
]
