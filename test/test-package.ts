import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Actor, NewEvent } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import { append } from '../apps/server/src/event-store/append.ts'
import { readStream } from '../apps/server/src/event-store/read-stream.ts'
import type { Store } from '../apps/server/src/event-store/store.ts'
import { waitForInclusion } from '../apps/server/src/ledger/inclusion.ts'
import { withAgency } from '../apps/server/src/postgres/transaction.ts'
import type { ClosedCase } from './test-closed-case.ts'

const run = promisify(execFile)

/** Unpacks with the tar of the system, so that a stranger's tool reads what we wrote. */
export const unpackTar = async (bytes: readonly Uint8Array[], folder: string): Promise<string> => {
  await mkdir(folder)
  await writeFile(`${folder}.tar`, Buffer.concat(bytes))
  await run('tar', ['xf', `${folder}.tar`], { cwd: folder })
  return folder
}

/** Every text in a folder, byte for byte. */
export const textsIn = async (folder: string): Promise<string> => {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = names.filter((n) => n.isFile() && !n.name.endsWith('.mp4'))
  return (await Promise.all(files.map((f) => readFile(join(f.parentPath, f.name), 'latin1')))).join('\n')
}
export const latin1 = (text: string): string => Buffer.from(text).toString('latin1')

/** Every link and picture of a page that lies in this folder is there; throws for the first that is not. */
export const opensAll = async (folder: string, html: string): Promise<void> => {
  for (const [, path = ''] of html.matchAll(/(?:href|src)="([^"#][^"]*)"/g))
    await readFile(join(folder, decodeURIComponent(path)))
}

/** Writes one more event of a case straight into the record. */
export const appendToCase = async (
  store: Store,
  actor: Actor,
  caseId: string,
  event: Pick<NewEvent, 'type' | 'data'>,
): Promise<void> => {
  const { agencyId } = actor
  const done = await append(store, {
    commandId: randomUUID(),
    agencyId,
    actor,
    appends: [
      {
        streamType: 'case',
        streamId: caseId,
        expectedVersion: (await readStream(store, agencyId, caseId)).length,
        events: [{ schemaVersion: 1, occurredAt: '2026-04-21T10:00:00+08:00', ...event }],
      },
    ],
  })
  if (isRefusal(done)) throw new Error(JSON.stringify(done.reasons))
}

/** The decision is on record as printed with the log's checkpoint of this moment in its square. */
export const printAgain = async (
  store: Store,
  logFolder: string,
  actor: Actor,
  { caseId, documents }: Pick<ClosedCase, 'caseId' | 'documents'>,
): Promise<void> => {
  const events = await readStream(store, actor.agencyId, caseId)
  const last = events.at(-1)?.id ?? ''
  const { checkpoint } = await waitForInclusion({ pool: store.pool, logFolder }, actor.agencyId, [last])
  const decision = documents['penalty-decision'] ?? ''
  const made = events.find(
    ({ type, data }) => type === 'DocumentRendered' && JSON.stringify(data.public).includes(decision),
  )
  const data = { public: { ...Object(made?.data.public), checkpoint } }
  await appendToCase(store, actor, caseId, { type: 'DocumentRendered', data })
}

export const packageRow = (store: Store, agencyId: string, packageId: string) =>
  withAgency(store, agencyId, async (tx) => {
    const { rows } = await tx.query<{
      state: string
      verdict: { failed: string[] }
      sha256: string
      note: string | null
    }>('SELECT state, verdict, sha256, note FROM app.package WHERE package_id = $1', [packageId])
    return rows[0]
  })
