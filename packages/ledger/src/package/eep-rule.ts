import type { Algorithm } from '../seal/public-key.ts'

/** DA/T 48 leaves the rule of signing to who signs and wants it said (签名规则). Ours goes by bytes, so that nothing has to be put in order first. */
export const signingRule = (element: string): string =>
  `对${element}元素（自起始标签至结束标签，按本文件中的 UTF-8 字节）的 SHA-256 摘要的小写十六进制文本签名`

/** What is signed by 电子签名, and by 锁定签名. */
export const SIGNED_OBJECT = '被签名对象'
export const SIGNATURE = '电子签名'

/** How an encapsulation begins and ends, and what stands around the paper in it: one writing, for the maker and the verifier. */
export const EEP_VERSION = '2009'
export const EEP_OPENING =
  '<?xml version="1.0" encoding="UTF-8"?>\n<电子文件封装包 xmlns="http://www.saac.gov.cn/standards/ERM/encapsulation">\n'
export const EEP_CLOSING = '\n</电子文件封装包>\n'
/** Nothing stands between what is signed and the end. */
export const isUnsigned = (behind: string): boolean => behind === EEP_CLOSING
export const OBJECT_OPENING = `<${SIGNED_OBJECT} eep版本="${EEP_VERSION}">`
export const OBJECT_CLOSING = `</${SIGNED_OBJECT}>`
const ENCODING_ID = '修改0-文档1-文档数据1-编码1'
export const ENCODING_OPENING = `<文档数据 文档数据ID="修改0-文档1-文档数据1">\n<编码 编码ID="${ENCODING_ID}">`
export const DATA_OPENING = `<编码数据 编码数据ID="${ENCODING_ID}-编码数据1">`
export const DATA_CLOSING = '</编码数据>'

export const SIGNATURE_ALGORITHMS: Readonly<Record<Algorithm, string>> = {
  'rsa-sha256': 'SHA256withRSA',
  'ecdsa-sha256': 'SHA256withECDSA',
  'sm2-sm3': 'SM3withSM2',
}
