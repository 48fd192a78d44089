import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { parseManifest } from '@liuhen/ledger/package/manifest'
import { BACKUP_INFO, BACKUP_MANIFEST, BLOBS } from '../backup/format.ts'
import { diskBlobStore } from '../blobs/disk-blob-store.ts'

export type BackupList = Readonly<{
  at: string
  /** Digests that the manifest names. */
  digests: ReadonlySet<string>
  sizeOf: (sha256: string) => Promise<number | undefined>
}>

const Info = z.looseObject({ at: z.string() })

/** What a backup says that it has. Throws when it has no manifest: then it was never finished. */
export const readBackupList = async (folder: string): Promise<BackupList> => {
  const info = Info.parse(JSON.parse(await readFile(join(folder, BACKUP_INFO), 'utf8')))
  const parsed = parseManifest(await readFile(join(folder, BACKUP_MANIFEST)))
  if (!parsed.ok) throw new Error(parsed.why)
  const inBlobs = parsed.value.filter((line) => line.path.startsWith(`${BLOBS}/`))
  const digests = new Set(inBlobs.map((line) => line.digest))
  const store = diskBlobStore(join(folder, BLOBS))
  return { at: info.at, digests, sizeOf: (sha256) => store.sizeOf(sha256) }
}
