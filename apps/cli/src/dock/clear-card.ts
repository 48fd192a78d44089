import type { Stats } from 'node:fs'
import { lstat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { DockingView } from '@liuhen/api/routes/dockings'
import type { ReceiptLine } from '@liuhen/domain/docking/events'
import { describeFile } from '../upload-client.ts'

export type Cleared = Readonly<{ deleted: number; bytes: number; kept: readonly string[] }>

const digestOf = async (path: string): Promise<string | undefined> =>
  (await describeFile(path).catch(() => undefined))?.sha256

const isAsListed = (now: Stats, line: ReceiptLine, listedAt: string | undefined): boolean =>
  now.isFile() &&
  now.size === line.sizeBytes &&
  listedAt !== undefined &&
  now.mtime.getTime() === Date.parse(listedAt)

/**
 * Deletes what the receipt lists and nothing else. What the receipt says is in the stores must be what lies here: a file
 * is compared by its own bytes (`digests`: those that this run has read), and stays when it is another.
 */
export const clearCard = async (
  root: string,
  docking: DockingView,
  digests: ReadonlyMap<string, string>,
): Promise<Cleared> => {
  const listed = new Map(docking.files.map((f) => [f.path, f.modifiedAt]))
  const kept: string[] = []
  let [deleted, bytes] = [0, 0]
  for (const line of docking.receipt ?? []) {
    const path = join(root, line.path)
    const now = await lstat(path).catch(() => undefined)
    if (now === undefined) continue
    const same =
      isAsListed(now, line, listed.get(line.path)) &&
      (digests.get(line.path) ?? (await digestOf(path))) === line.sha256
    if (!same) kept.push(line.path)
    else {
      await unlink(path)
      deleted += 1
      bytes += now.size
    }
  }
  return { deleted, bytes, kept }
}
