import { chown, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { runAs } from './spawn-server.ts'
import type { SystemUser } from './system-user.ts'

export const SUPERUSER = 'liuhen_super'

const hostRules = ['local all all scram-sha-256', ''].join('\n')

/** Made beside its place and renamed, so that a killed first start leaves nothing that looks like a database. */
export const ensureDataDirectory = async (input: {
  folder: string
  binaries: Binaries
  libraries: string
  user: SystemUser | undefined
  password: string
}): Promise<string> => {
  const { folder, binaries, libraries, user } = input
  const data = join(folder, 'data')
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version !== undefined) {
    if (version.trim() !== '18')
      throw new Error(`数据目录属于 PostgreSQL ${version.trim()}，内嵌的是 18，请先迁移。`)
    return data
  }
  const fresh = await mkdtemp(join(folder, 'initdb-'))
  const passwordFile = join(fresh, 'password')
  const target = join(fresh, 'data')
  await mkdir(target, { mode: 0o700 })
  await writeFile(passwordFile, input.password, { mode: 0o600 })
  if (user !== undefined)
    for (const path of [fresh, passwordFile, target]) await chown(path, user.uid, user.gid)
  await runAs(user, binaries.initdb, initdbArguments(target, passwordFile), libraries)
  await writeFile(join(target, 'pg_hba.conf'), hostRules)
  await rename(target, data)
  await rm(fresh, { recursive: true })
  return data
}

const initdbArguments = (target: string, passwordFile: string): readonly string[] => [
  '--pgdata',
  target,
  '--username',
  SUPERUSER,
  '--pwfile',
  passwordFile,
  '--auth',
  'scram-sha-256',
  '--data-checksums',
  '--encoding',
  'UTF8',
  '--locale-provider',
  'builtin',
  '--builtin-locale',
  'C.UTF-8',
  '--locale',
  'C',
]
