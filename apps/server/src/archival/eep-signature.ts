import { createHash } from 'node:crypto'
import { toBase64, utf8 } from '@liuhen/ledger/bytes'
import { SIGNATURE, SIGNATURE_ALGORITHMS, SIGNED_OBJECT, signingRule } from '@liuhen/ledger/package/eep-rule'
import type { SealProvider } from '../seal/seal-provider.ts'
import type { UsableKey } from '../seal/usable-key.ts'
import { element } from './eep-xml.ts'

/** With whose key packages are signed, and when. */
export type EepSigner = Readonly<{ seals: SealProvider; key: UsableKey; at: string }>

const ID = '修改0-签名1'

const signed = async (signer: EepSigner, digest: string, what: string): Promise<string> => {
  const { seals, key, at } = signer
  const { algorithm, certificate, authorities } = key.inside
  const signature = await seals.sign(key.holder, algorithm, utf8(digest))
  return [
    element('签名规则', signingRule(what)),
    element('签名时间', at),
    element('签名人', key.holder.agencyName),
    element('签名结果', toBase64(signature)),
    `<证书块>\n${[certificate, ...authorities].map((c) => element('证书', toBase64(c))).join('')}</证书块>\n`,
    element('签名算法标识', SIGNATURE_ALGORITHMS[algorithm]),
  ].join('')
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** 电子签名块 over what is signed, by its SHA-256 in hex, and 锁定签名 over that signature, as the standard pairs them. */
export const signatureBlock = async (signer: EepSigner, digest: string): Promise<string> => {
  const own = `<电子签名>\n${element('签名标识符', ID)}${await signed(signer, digest, SIGNED_OBJECT)}</电子签名>`
  const lock = await signed(signer, sha256(own), SIGNATURE)
  return `\n<电子签名块>\n${own}\n</电子签名块>\n<锁定签名>\n${element('被锁定签名标识符', ID)}${lock}</锁定签名>`
}
