import type { NotSealed } from '@liuhen/domain/case/events'
import { readCertificate } from '@liuhen/ledger/seal/certificate'
import { nodeHashes } from '../event-store/seal-event.ts'
import type { Held, HeldCertificate, SealHolder, SealProvider } from './seal-provider.ts'

/** The keys with which this holder may sign a paper of that time. */
export type UsableKey = Readonly<{
  holder: SealHolder
  /** For signatures inside a PDF. */
  inside: HeldCertificate
  /** For signatures beside it. */
  beside: readonly HeldCertificate[]
  picture?: Held['picture']
}>

const isValidAt = ({ certificate }: HeldCertificate, at: string): boolean => {
  const { notBefore, notAfter } = readCertificate(certificate, nodeHashes)
  const t = Date.parse(at)
  return Date.parse(notBefore) <= t && t <= Date.parse(notAfter)
}

const whyNot = (held: readonly HeldCertificate[], valid: readonly HeldCertificate[]): NotSealed => {
  if (held.length === 0) return 'no-certificate'
  return valid.length === 0 ? 'not-valid' : 'not-in-pdf'
}

/** A certificate that is over, or not yet begun, signs nothing: whoever reads the paper would have to reject it. */
export const findUsableKey = async (
  seals: SealProvider,
  holder: SealHolder,
  at: string,
): Promise<UsableKey | NotSealed> => {
  const { certificates, picture } = await seals.find(holder, at)
  const valid = certificates.filter((c) => isValidAt(c, at))
  const inside = valid.find((c) => c.algorithm !== 'sm2-sm3')
  if (inside === undefined) return whyNot(certificates, valid)
  const beside = valid.filter((c) => c.algorithm === 'sm2-sm3')
  return { holder, inside, beside, ...(picture === undefined ? {} : { picture }) }
}
