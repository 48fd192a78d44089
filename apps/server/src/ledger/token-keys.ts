import { execFile } from 'node:child_process'
import { createPublicKey, verify } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { utf8 } from '@liuhen/ledger/bytes'
import { ED25519, noteKey } from '@liuhen/ledger/note'
import { publicBytes, serially } from './key-file.ts'
import { NoKeyError, type LogKey, type TokenKeys } from './log-key.ts'

/** A token that speaks PKCS #11, by the module of its maker. */
export type TokenSettings = Readonly<{
  module: string
  /** Label of the token. */
  token: string
  /** Id (CKA_ID, hex) of the key with which a new log begins. */
  key: string
  pin: Readonly<{ file: string }> | Readonly<{ word: string }>
}>

const TOOL = 'pkcs11-tool'
const PATIENCE_MS = 10_000
const PIN_VARIABLE = 'LIUHEN_TOKEN_PIN'
const ID = /^(?:[0-9a-f]{2}){1,32}$/
/** Signed once when a key is opened: it can be read neither as a checkpoint nor as anything else of ours. */
const PROBE = utf8('liuhen.token-probe.v1\n')

const readPin = async ({ pin }: TokenSettings): Promise<string> => {
  if ('word' in pin) return pin.word
  const found = await stat(pin.file).catch(() => undefined)
  if (found === undefined) throw new NoKeyError(`口令文件 ${pin.file} 读不到。`)
  if ((found.mode & 0o077) !== 0) throw new NoKeyError(`口令文件 ${pin.file} 别人也能读，请先 chmod 600。`)
  return (await readFile(pin.file, 'utf8')).replace(/\r?\n$/, '')
}

type Said = Readonly<{ code: number | string; out: Buffer; err: string }>

/** The PIN goes by the environment of this one process, so that no list of processes shows it. */
const runTool = (args: readonly string[], pin: string, input: Uint8Array): Promise<Said> =>
  new Promise((resolve) => {
    const env = { ...process.env, [PIN_VARIABLE]: pin }
    const options = { env, timeout: PATIENCE_MS, encoding: 'buffer' as const }
    const child = execFile(TOOL, args, options, (error, out, err) =>
      resolve({ code: error === null ? 0 : (error.code ?? 'timeout'), out, err: err.toString() }),
    )
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
  })

const WHY: readonly (readonly [RegExp, string])[] = [
  [/CKR_PIN_LOCKED/, '口令已被锁定，请按密码设备的办法解锁'],
  [/CKR_PIN_INCORRECT|CKR_PIN_LEN_RANGE|CKR_PIN_INVALID/, '口令不对'],
  [/No slot with token|CKR_TOKEN_NOT_PRESENT|CKR_DEVICE_REMOVED|No slots/, '没有插上，或者标签不对'],
  [/object not found|key not found/i, '里面没有这把密钥'],
  [/Failed to load pkcs11 module/, '的驱动（LIUHEN_PKCS11_MODULE）打不开'],
]

const whyOf = ({ code, err }: Said): string => {
  if (code === 'ENOENT') return `不能用：没有安装 ${TOOL}（Debian 软件包 opensc）`
  if (code === 'timeout') return '没有应答'
  return WHY.find(([pattern]) => pattern.test(err))?.[1] ?? `答：${err.trim().split('\n')[0] ?? '没有说明'}`
}

/**
 * Ed25519 keys that never leave a token. Each signature is verified before it is given out. A PIN that was refused is not
 * tried again by this process, since a token locks itself after a few: nothing is signed until somebody has looked.
 */
export const tokenKeys = (settings: TokenSettings, origin: string): TokenKeys => {
  let refused = false
  // One process at the token at a time: a second must not offer a PIN that is being refused to the first.
  const inTurn = serially()
  const ask = (what: readonly string[], input: Uint8Array = new Uint8Array()): Promise<Buffer> =>
    inTurn(() => askNow(what, input))
  const askNow = async (what: readonly string[], input: Uint8Array): Promise<Buffer> => {
    const named = `密码设备 ${settings.token} `
    if (refused) throw new NoKeyError(`${named}口令不对，没有再试；改正后请重新启动。`)
    const login = ['--module', settings.module, '--token-label', settings.token, '--login', '--pin']
    const said = await runTool([...login, `env:${PIN_VARIABLE}`, ...what], await readPin(settings), input)
    if (said.code === 0) return said.out
    refused ||= /CKR_PIN_/.test(said.err)
    throw new NoKeyError(`${named}${whyOf(said)}。`)
  }
  return {
    first: settings.key,
    open: async (id): Promise<LogKey> => {
      if (!ID.test(id)) throw new NoKeyError(`密钥编号 ${id} 应为十六进制，如 01。`)
      const pem = await ask(['--read-object', '--type', 'pubkey', '--id', id])
      const key = createPublicKey(pem)
      if (key.asymmetricKeyType !== 'ed25519')
        throw new NoKeyError(`密码设备里编号 ${id} 的密钥不是 Ed25519。`)
      const sign = async (bytes: Uint8Array): Promise<Uint8Array> => {
        const signature = await ask(['--sign', '--mechanism', 'EDDSA', '--id', id], bytes)
        if (!verify(null, bytes, key, signature))
          throw new NoKeyError(`密码设备用编号 ${id} 的密钥签出的签名不成立，没有采用。`)
        return new Uint8Array(signature)
      }
      await sign(PROBE)
      return { key: noteKey(origin, ED25519, publicBytes(key)), sign }
    },
  }
}
