import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ownerOf, receivingPath } from './blob-places.ts'
import { settle, settleVerified } from './blob-rows.ts'
import { isMissing, removeIfThere } from './durable.ts'
import { inTransaction } from '../postgres/transaction.ts'
import type { BlobDeps } from './put-blob.ts'

type Row = { id: string; state: string; sha256: string | null }

/** Finishes what a crash left of `putBlob` at start: sealed bytes that are intact become verified, others are discarded. */
const recoverRow = async (deps: BlobDeps, row: Row): Promise<void> => {
  if (row.sha256 !== null && (await deps.store.verify(row.sha256)) === 'intact') {
    const { id, sha256 } = row
    await inTransaction(deps.pool, (tx) => settleVerified(tx, id, sha256))
  } else {
    await settle(deps.pool, row.id, 'discarded', 'the process ended before the bytes were complete')
  }
  await removeIfThere(receivingPath(deps.root, row.id))
}

const isWrittenSince = (deps: BlobDeps, row: Row, since: Date): Promise<boolean> =>
  stat(receivingPath(deps.root, row.id)).then(
    (file) => file.mtime >= since,
    (e: unknown) => (isMissing(e) ? false : Promise.reject(e)),
  )

/** Removes working files of rows that need none any more. */
const sweep = async (deps: BlobDeps): Promise<void> => {
  const folder = join(deps.root, 'receiving')
  const names = await readdir(folder).catch((e: unknown) => (isMissing(e) ? [] : Promise.reject(e)))
  const { rows } = await deps.pool.query<{ id: string }>(
    `SELECT id FROM app.blob WHERE state IN ('verified', 'discarded', 'quarantined') AND id::text = ANY($1)`,
    [names.map(ownerOf)],
  )
  const settled = new Set(rows.map((r) => r.id))
  for (const name of names) if (settled.has(ownerOf(name))) await removeIfThere(join(folder, name))
}

/** At start, before requests. Bytes put by another live process are younger than `settledBefore` and left alone. */
export const recoverBlobs = async (deps: BlobDeps, settledBefore: Date): Promise<void> => {
  const { rows } = await deps.pool.query<Row>(
    `SELECT id, state, sha256 FROM app.blob
      WHERE origin = 'put' AND state IN ('receiving', 'sealed') AND created_at < $1`,
    [settledBefore],
  )
  for (const row of rows) {
    // A large file may be written for longer than its row is old.
    if (!(await isWrittenSince(deps, row, settledBefore))) await recoverRow(deps, row)
  }
  await sweep(deps)
}
