import { lstat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { DockingView } from '@liuhen/api/routes/dockings'

export type Cleared = Readonly<{ deleted: number; bytes: number; kept: readonly string[] }>

/** Deletes what the receipt lists and nothing else; a file that changed since it was listed stays. */
export const clearCard = async (root: string, docking: DockingView): Promise<Cleared> => {
  const listed = new Map(docking.files.map((f) => [f.path, f]))
  const kept: string[] = []
  let [deleted, bytes] = [0, 0]
  for (const line of docking.receipt ?? []) {
    const path = join(root, line.path)
    const now = await lstat(path).catch(() => undefined)
    if (now === undefined) continue
    const then = listed.get(line.path)
    const same =
      now.isFile() && now.size === line.sizeBytes && then !== undefined && isAsListed(now.mtime, then)
    if (!same) kept.push(line.path)
    else {
      await unlink(path)
      deleted += 1
      bytes += now.size
    }
  }
  return { deleted, bytes, kept }
}

const isAsListed = (mtime: Date, then: Readonly<{ modifiedAt: string }>): boolean =>
  mtime.getTime() === Date.parse(then.modifiedAt)
