import type { Actor, Role } from '@liuhen/domain/event'

export const who = (userId: string, ...roles: Role[]): Actor => ({
  userId,
  personId: userId,
  name: userId,
  roles,
  agencyId: 'a',
})

/** The three who decide a disposal: who proposes, who reviews, who approves. */
export const [keeper, archivist, head] = [
  who('保管员', 'av-custodian'),
  who('档案员', 'archivist'),
  who('局长', 'agency-head'),
] as const

/** So many days after the first of September 2026. */
export const after = (days: number): string =>
  new Date(Date.parse('2026-09-01T02:00:00.000Z') + days * 86_400_000).toISOString()
