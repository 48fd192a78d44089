import { toHex } from '../bytes.ts'
import { type Der, hasTag, TAG } from './der.ts'

/** Object identifiers by their DER content in hex. */
export const OID = {
  data: '2a864886f70d010701',
  signedData: '2a864886f70d010702',
  contentType: '2a864886f70d010903',
  messageDigest: '2a864886f70d010904',
  signingCertificateV2: '2a864886f70d010910022f',
  sha256: '608648016503040201',
  rsa: '2a864886f70d010101',
  rsaSha256: '2a864886f70d01010b',
  ec: '2a8648ce3d0201',
  p256: '2a8648ce3d030107',
  ecdsaSha256: '2a8648ce3d040302',
  sm2: '2a811ccf5501822d',
  sm2Sm3: '2a811ccf55018375',
  commonName: '550403',
  organisation: '55040a',
  basicConstraints: '551d13',
  tstInfo: '2a864886f70d0109100104',
  extendedKeyUsage: '551d25',
  timeStamping: '2b06010505070308',
} as const

export const oid = (value: Der | undefined): string => toHex(hasTag(value, TAG.oid).content)
