import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { writeDurably } from './log-folder.ts'

export const readOr = async (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })

/** Makes an Ed25519 key on the first start. A memory without its key means that the key was lost: nothing is made up then. */
export const openKey = async (path: string, isNew: boolean): Promise<KeyObject> => {
  const held = await readOr(path)
  if (held !== undefined) return createPrivateKey(held)
  if (!isNew) throw new Error(`签名密钥 ${path} 不见了，请从备份恢复；不能另造一把代替。`)
  const made = generateKeyPairSync('ed25519').privateKey
  await writeDurably(path, made.export({ type: 'pkcs8', format: 'pem' }), 0o600)
  return made
}

/** Of an Ed25519 key, private or public. */
export const publicBytes = (key: KeyObject): Uint8Array =>
  (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' }).subarray(-32)

/** Calls one after the other, whoever makes them. */
export const serially = () => {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
}
