import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { BlobDeps } from './put-blob.ts'
import { ownerOf } from './blob-places.ts'
import { isMissing } from './durable.ts'

export type BlobFinding = Readonly<{
  code: 'missing' | 'wrong-size' | 'altered' | 'unowned'
  /** A digest, or the place of a file that no row owns. */
  what: string
  message: string
}>
export type Reconciliation = Readonly<{
  rows: number
  files: number
  bytes: number
  /** True when every byte was read again, not only counted. */
  deep: boolean
  findings: readonly BlobFinding[]
}>

type Row = { id: string; state: string; sha256: string | null; size_bytes: string | null }

const checkRow = async (deps: BlobDeps, row: Row, deep: boolean): Promise<BlobFinding[]> => {
  const what = row.sha256 ?? row.id
  const size = await deps.store.sizeOf(what)
  if (size === undefined)
    return [{ code: 'missing', what, message: '登记在册的文件不在存储中，请立即从备份恢复。' }]
  if (size !== Number(row.size_bytes))
    return [{ code: 'wrong-size', what, message: `文件应为 ${row.size_bytes} 字节，实为 ${size} 字节。` }]
  if (!deep || (await deps.store.verify(what)) === 'intact') return []
  return [{ code: 'altered', what, message: '文件内容与入库时的摘要不一致，请隔离并从备份恢复。' }]
}

const unowned = (what: string): BlobFinding => ({
  code: 'unowned',
  what,
  message: '存储中有一个不属于任何登记的文件，请查明来源后处理，不要直接删除。',
})

const filesIn = async (folder: string): Promise<string[]> =>
  readdir(folder).catch((e: unknown) => (isMissing(e) ? [] : Promise.reject(e)))

const strayFiles = async (deps: BlobDeps, folder: string, owners: ReadonlySet<string>) =>
  (await filesIn(join(deps.root, folder)))
    .filter((name) => !owners.has(ownerOf(name)))
    .map((name) => unowned(`${folder}/${name}`))

/** Rows against files and files against rows; changes nothing. `deep` reads every byte. */
export const reconcileBlobs = async (deps: BlobDeps, deep: boolean): Promise<Reconciliation> => {
  // Files first: a blob that is stored in between has a row by the time the rows are read.
  const names: string[] = []
  for await (const { sha256 } of deps.store.list()) names.push(sha256)
  const { rows } = await deps.pool.query<Row>(
    `SELECT id, state, sha256, size_bytes FROM app.blob WHERE state NOT IN ('discarded', 'destroyed')`,
  )
  const verified = rows.filter((r) => r.state === 'verified')
  const findings: BlobFinding[] = []
  for (const row of verified) findings.push(...(await checkRow(deps, row, deep)))
  const named = new Set(rows.flatMap((r) => (r.state === 'quarantined' || !r.sha256 ? [] : [r.sha256])))
  findings.push(...names.filter((n) => !named.has(n)).map((n) => unowned(`sha256/${n}`)))
  const owners = (...states: string[]) =>
    new Set(rows.filter((r) => states.includes(r.state)).map((r) => r.id))
  // A verified blob's other name is removed after its row is written: a crash in between leaves it, owned.
  // A copy that is being mended has its digest for a working name.
  const working = new Set([...owners('receiving', 'sealed', 'verified'), ...named])
  findings.push(...(await strayFiles(deps, 'receiving', working)))
  const faults = await deps.pool.query<{ id: string }>(
    `SELECT id FROM app.blob_fault WHERE store = 'first' AND kept`,
  )
  const kept = new Set([...owners('quarantined', 'sealed'), ...faults.rows.map((r) => r.id)])
  findings.push(...(await strayFiles(deps, 'quarantine', kept)))
  const held = new Set(await filesIn(join(deps.root, 'quarantine')))
  for (const row of rows.filter((r) => r.state === 'quarantined' && !held.has(r.id)))
    findings.push({ code: 'missing', what: `quarantine/${row.id}`, message: '隔离保存的文件不见了。' })
  const bytes = verified.reduce((sum, r) => sum + Number(r.size_bytes), 0)
  return { rows: verified.length, files: names.length, bytes, deep, findings }
}
