import { randomBytes } from 'node:crypto'
import * as asn1 from 'asn1js'
import { toHex } from '@liuhen/ledger/bytes'
import { readToken } from '@liuhen/ledger/timestamp/read-token'
import { nodeHashes } from '../event-store/seal-event.ts'
import { readAnswer } from './read-answer.ts'

const SHA256 = '2.16.840.1.101.3.4.2.1'
const ANSWER_MS = 10_000
const MAX_ANSWER = 256 * 1024

/** TimeStampReq of RFC 3161 §2.4.1, asking for the certificate too. */
const queryOf = (digest: Uint8Array, nonce: Uint8Array): ArrayBuffer =>
  new asn1.Sequence({
    value: [
      new asn1.Integer({ value: 1 }),
      new asn1.Sequence({
        value: [
          new asn1.Sequence({ value: [new asn1.ObjectIdentifier({ value: SHA256 }), new asn1.Null()] }),
          new asn1.OctetString({ valueHex: new Uint8Array(digest).buffer }),
        ],
      }),
      new asn1.Integer({ valueHex: new Uint8Array(nonce).buffer }),
      new asn1.Boolean({ value: true }),
    ],
  }).toBER()

/** Positive and without leading zeros, as DER wants it. */
const newNonce = (): Uint8Array => {
  const nonce = randomBytes(8)
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40
  return nonce
}

export type Stamp = Readonly<{
  token: Uint8Array
  /** RFC 3339. */
  at: string
  authority: string
  fingerprint: string
}>

/** Asks a time stamping authority for a token over this SHA-256, and takes only one that holds. */
export const requestStamp = async (url: string, digest: Uint8Array): Promise<Stamp> => {
  const nonce = newNonce()
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query' },
    body: queryOf(digest, nonce),
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_MS),
  })
  if (!answer.ok) throw new Error(`时间戳服务 ${url} 答 ${answer.status}`)
  const token = await readAnswer(answer, MAX_ANSWER)
  const read = readToken(token, digest, nodeHashes)
  if (read.fault !== '' || read.certificate === undefined)
    throw new Error(`时间戳服务 ${url} 的回答不成立：${read.fault}`)
  if (read.nonce !== toHex(nonce)) throw new Error(`时间戳服务 ${url} 答的不是这一次所问`)
  const { name, fingerprint } = read.certificate
  return { token, at: read.at, authority: name, fingerprint }
}
