import type { Purpose } from '@liuhen/domain/recording/viewing'

/** In this order: who investigates looks for the case, whatever else they are. */
const BY_POST: readonly (readonly [string, Purpose])[] = [
  ['officer', 'case-work'],
  ['unit-head', 'case-work'],
  ['legal-reviewer', 'review'],
  ['supervisor', 'supervision'],
  ['av-custodian', 'consultation'],
  ['archivist', 'consultation'],
]

/** For what somebody of these posts looks, until they say otherwise. */
export const purposeFor = (roles: readonly string[]): Purpose =>
  BY_POST.find(([role]) => roles.includes(role))?.[1] ?? 'case-work'
