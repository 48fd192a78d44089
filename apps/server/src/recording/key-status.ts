import type { ChainCheck } from '@liuhen/domain/recording/events'
import type { Store } from '../event-store/store.ts'
import { withAgency } from '../postgres/transaction.ts'

/** How a device's key stands. A key of another officer than the one who is said to have filmed is not known. */
export const keyStatusOf = (
  store: Pick<Store, 'pool'>,
  agencyId: string,
  fingerprint: string | undefined,
  officerId: string,
): Promise<ChainCheck['keyStatus']> =>
  withAgency(store, agencyId, async (tx) => {
    const { rows } = await tx.query<{ status: ChainCheck['keyStatus'] }>(
      'SELECT status FROM app.device_key WHERE agency_id = $1 AND fingerprint = $2 AND officer_id = $3',
      [agencyId, fingerprint ?? '', officerId],
    )
    return rows[0]?.status ?? 'unknown'
  })
