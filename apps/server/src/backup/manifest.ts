import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { formatManifest, parseManifest } from '@liuhen/ledger/package/manifest'
import { writeDurably } from '../ledger/log-folder.ts'
import { BACKUP_MANIFEST } from './format.ts'

const digestOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}

const filesIn = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((e) => !e.isDirectory())
    .map((e) => relative(folder, join(e.parentPath, e.name)).split(sep).join('/'))
    .filter((path) => path !== BACKUP_MANIFEST)
}

/** Last of all, and durably: its presence says that the backup was finished. */
export const writeManifest = async (folder: string): Promise<number> => {
  const paths = await filesIn(folder)
  const lines = []
  for (const path of paths) lines.push({ path, digest: await digestOf(join(folder, path)) })
  await writeDurably(join(folder, BACKUP_MANIFEST), formatManifest(lines))
  return paths.length
}

/** What is wrong with a backup; nothing when every file is there, is the same, and no other is. */
export const checkManifest = async (folder: string): Promise<readonly string[]> => {
  const bytes = await readFile(join(folder, BACKUP_MANIFEST)).catch(() => undefined)
  if (bytes === undefined) return [`${BACKUP_MANIFEST} 不在：备份没有完成`]
  const parsed = parseManifest(bytes)
  if (!parsed.ok) return [`${BACKUP_MANIFEST} ${parsed.why}`]
  const here = new Set(await filesIn(folder))
  const faults: string[] = []
  for (const { path, digest } of parsed.value) {
    if (!here.delete(path)) faults.push(`${path} 不在了`)
    else if ((await digestOf(join(folder, path))) !== digest) faults.push(`${path} 与清单的摘要不一致`)
  }
  return [...faults, ...[...here].map((path) => `${path} 不在清单之内`)]
}
