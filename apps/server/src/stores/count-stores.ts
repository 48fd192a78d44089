import { onOneDevice, reachStore, type Stores } from './reach-store.ts'

/** Stores that are here now and are not lost together: two on one device are one, and so is a second that is away. */
export const countStores = async (stores: Stores): Promise<number> => {
  const { first, second } = stores
  if (second === undefined) return 1
  const here = await Promise.all([first, second].map((s) => reachStore(stores.pool, s, { begin: false })))
  return here.every((r) => r.here) && (await onOneDevice(stores)) === false ? 2 : 1
}
