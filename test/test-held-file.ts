import { findByHash, type KnownFile } from '../apps/server/src/log-query/find-by-hash.ts'
import type { Store } from '../apps/server/src/event-store/store.ts'
import { withAgency } from '../apps/server/src/postgres/transaction.ts'
import { verifyFile, type FileReport } from '../packages/ledger/src/package/verify-file.ts'
import type { WatchedLog } from './test-witness.ts'

/** What whoever holds a file is answered, and what they find when they verify it with the key that they were given. */
export const heldFile = (of: () => Readonly<{ store: Store; log: WatchedLog; agencyId: string }>) => {
  const ask = (sha256: string): Promise<KnownFile> => {
    const { store, log } = of()
    const { folder, signer, witness } = log
    const witnesses = witness.policy
    return findByHash({ store, logFolder: folder, documentName: (type) => type, witnesses, signer }, sha256)
  }
  /** Of a paper or recording by its id; '' where there is none. */
  const digestOf = async (subjectId = ''): Promise<string> => {
    const { store, agencyId } = of()
    const { rows } = await withAgency(store, agencyId, (tx) =>
      tx.query<{ sha256: string }>('SELECT sha256 FROM app.known_file WHERE subject_id = $1', [subjectId]),
    )
    return rows[0]?.sha256 ?? ''
  }
  /** `lines` name whom the reader trusts beside the log. */
  const verify = async (sha256: string, lines = of().log.witness.policy.lines): Promise<FileReport> => {
    const { vkey } = await of().log.signer.status()
    const answer = { log: { vkey, checkpoint: '', witnesses: [], stampers: [] }, file: await ask(sha256) }
    const policy = [`log ${vkey}`, ...lines].join('\n')
    return verifyFile({ sha256, answer, policy, consistency: () => Promise.resolve(undefined) })
  }
  return { ask, digestOf, verify }
}
