import { createPrivateKey, X509Certificate } from 'node:crypto'
import { hasTag, readDer, sequence, TAG } from '@liuhen/ledger/seal/der'
import { type Certificate, readCertificate } from '@liuhen/ledger/seal/certificate'
import { equalBytes, toHex } from '@liuhen/ledger/bytes'
import { nodeHashes } from '../event-store/seal-event.ts'
import { folderOf, keepKey, keepPicture, keepSm2Key } from './key-folder.ts'
import { certificatesIn } from './pem.ts'
import type { SealHolder, SealPicture } from './seal-provider.ts'

export type ImportedKey = Readonly<{
  /** The own certificate first, then those above it. */
  certificatePem: string
  /** PKCS #8 or the older forms. */
  keyPem: string
  passphrase?: string
  picture?: SealPicture
}>

const wrong = (why: string): never => {
  throw new Error(why)
}

/** The number in a PKCS #8 key of the SM2 curve, which Node's own reader would not give back. */
const sm2Number = (keyPem: string): string => {
  const body = /-----BEGIN (?:EC )?PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END/.exec(keyPem)?.[1]
  if (body === undefined) return wrong('国密私钥须是没有加密的 PEM（BEGIN PRIVATE KEY）。')
  const outer = sequence(readDer(new Uint8Array(Buffer.from(body, 'base64'))))
  const ec = outer[1]?.tag === TAG.sequence ? readDer(hasTag(outer[2], TAG.octets).content) : undefined
  const [, d] = ec === undefined ? outer : sequence(ec)
  return toHex(hasTag(d, TAG.octets).content)
}

const keepSm2 = async (folder: string, imported: ImportedKey, own: Certificate): Promise<void> => {
  const { publicOf } = await import('./sm2-key.ts')
  const number = sm2Number(imported.keyPem)
  if (own.key?.algorithm !== 'sm2-sm3' || !equalBytes(publicOf(number), own.key.point))
    return wrong('私钥与证书不配对，请核对是否是同一次申请的。')
  return keepSm2Key(folder, number, certificatesIn(imported.certificatePem))
}

const keepOther = async (folder: string, imported: ImportedKey, own: Certificate): Promise<void> => {
  const { keyPem, passphrase, certificatePem } = imported
  const key = createPrivateKey({ key: keyPem, ...(passphrase === undefined ? {} : { passphrase }) })
  if (!new X509Certificate(own.raw).checkPrivateKey(key))
    return wrong('私钥与证书不配对，请核对是否是同一次申请的。')
  const [certificate, ...authorities] = certificatesIn(certificatePem)
  if (certificate === undefined) return wrong('没有证书。')
  const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString()
  return keepKey(folder, { keyPem: pem, certificate }, authorities)
}

const SMALLEST_RSA_BYTES = 256

/** Puts a certificate and its key among those of this installation; the old ones go. Throws what whoever imports must mend. */
export const importKey = async (
  root: string,
  holder: SealHolder,
  imported: ImportedKey,
): Promise<Certificate> => {
  const [der] = certificatesIn(imported.certificatePem)
  if (der === undefined) return wrong('证书文件里没有证书，应当是 PEM（BEGIN CERTIFICATE）。')
  const own = readCertificate(der, nodeHashes)
  const { key } = own
  if (key === undefined || (key.algorithm === 'rsa-sha256' && key.sizeBytes < SMALLEST_RSA_BYTES))
    return wrong('证书的密钥须是 RSA（2048 位以上）、P-256 或者 SM2。')
  const folder = folderOf(root, holder)
  await (key.algorithm === 'sm2-sm3' ? keepSm2 : keepOther)(folder, imported, own)
  if (imported.picture !== undefined) await keepPicture(folder, imported.picture)
  return own
}
