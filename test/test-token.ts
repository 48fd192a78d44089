import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TokenSettings } from '../apps/server/src/ledger/token-keys.ts'

const MODULE = '/usr/lib/softhsm/libsofthsm2.so'
const PIN = '604817'

export type TestToken = Readonly<{
  settings: TokenSettings
  /** The token itself; without this folder it is not plugged in. */
  folder: string
  /** The environment by which commands find it. */
  environment: Readonly<Record<string, string>>
}>

/** A token in software with an Ed25519 key of this id, which this process finds by its environment. */
export const makeTestToken = (place: string, key = '01'): TestToken => {
  const folder = join(place, 'tokens')
  mkdirSync(folder, { recursive: true })
  const conf = join(place, 'softhsm2.conf')
  writeFileSync(conf, `directories.tokendir = ${folder}\nlog.level = ERROR\n`)
  process.env['SOFTHSM2_CONF'] = conf
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'ignore' })
  const pins = ['--so-pin', '73095512', '--pin', PIN]
  run('softhsm2-util', '--init-token', '--free', '--label', 'liuhen', ...pins)
  const login = ['--module', MODULE, '--token-label', 'liuhen', '--login', '--pin', PIN]
  run('pkcs11-tool', ...login, '--keypairgen', '--key-type', 'EC:edwards25519', '--id', key)
  const file = join(place, 'pin')
  writeFileSync(file, `${PIN}\n`, { mode: 0o600 })
  return {
    settings: { module: MODULE, token: 'liuhen', key, pin: { file } },
    folder: join(folder, readdirSync(folder)[0] ?? ''),
    environment: {
      SOFTHSM2_CONF: conf,
      LIUHEN_PKCS11_MODULE: MODULE,
      LIUHEN_PKCS11_TOKEN: 'liuhen',
      LIUHEN_PKCS11_PIN_FILE: file,
    },
  }
}
