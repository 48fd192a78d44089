import type { Tx } from '../postgres/transaction.ts'
import type { MakePackage } from './make-package.ts'

export const MAKE_PACKAGE = 'make-package'

/** Somebody waits for it: given up after some ten minutes, and said so, rather than tried for days. */
const ATTEMPTS = 6

/** Queues the job that makes the bytes, in the transaction of what asks for it. */
export const queuePackage = (tx: Tx, payload: MakePackage) =>
  tx.query('SELECT queue.add($1)', [
    JSON.stringify([
      { name: MAKE_PACKAGE, payload, key: `${MAKE_PACKAGE}:${payload.packageId}`, maxAttempts: ATTEMPTS },
    ]),
  ])
