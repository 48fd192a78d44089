import type { Algorithm } from '../seal/public-key.ts'

/** DA/T 48 leaves the rule of signing to who signs and wants it said (签名规则). Ours goes by bytes, so that nothing has to be put in order first. */
export const signingRule = (element: string): string =>
  `对${element}元素（自起始标签至结束标签，按本文件中的 UTF-8 字节）的 SHA-256 摘要的小写十六进制文本签名`

/** What is signed by 电子签名, and by 锁定签名. */
export const SIGNED_OBJECT = '被签名对象'
export const SIGNATURE = '电子签名'

export const SIGNATURE_ALGORITHMS: Readonly<Record<Algorithm, string>> = {
  'rsa-sha256': 'SHA256withRSA',
  'ecdsa-sha256': 'SHA256withECDSA',
  'sm2-sm3': 'SM3withSM2',
}
