import { z } from 'zod'
import type { Instant } from '@liuhen/law/fact'
import { Role } from '../event.ts'

export const Certificate = z.object({
  certNo: z.string(),
  /** Last valid day, yyyy-MM-dd, China time. */
  certValidTo: z.iso.date().optional(),
})
export type Certificate = z.infer<typeof Certificate>

/** Names of officials and their enforcement certificates are shown to parties, so they are internal, not personal. */
export const PersonEventData = {
  PersonRegistered: z.object({
    public: z.object({ roles: z.array(Role) }),
    internal: z.object({
      name: z.string(),
      unit: z.string().optional(),
      position: z.string().optional(),
      certificate: Certificate.optional(),
      legalQualified: z.boolean(),
      login: z.string().optional(),
    }),
  }),
  CertificateRenewed: z.object({ internal: Certificate.required() }),
  /** Posts given or taken; with them unit and position, which change together. */
  RolesChanged: z.object({
    public: z.object({ roles: z.array(Role) }),
    internal: z.object({
      unit: z.string().optional(),
      position: z.string().optional(),
      reason: z.string(),
    }),
  }),
  PersonDeactivated: z.object({ internal: z.object({ reason: z.string() }) }),
  PersonReactivated: z.object({ internal: z.object({ reason: z.string() }) }),
  AccountOpened: z.object({ internal: z.object({ login: z.string() }) }),
  /** That it was reset, by whom and why. The password itself is nowhere in the record. */
  PasswordReset: z.object({ internal: z.object({ reason: z.string() }) }),
  /** Somebody decides in the place of this head, who is away, from one day to another; both days count. */
  StandInNamed: z.object({
    public: z.object({
      delegationId: z.string(),
      from: z.iso.date(),
      to: z.iso.date(),
      ranks: z.array(z.enum(['unit-head', 'deputy-head', 'agency-head'])).min(1),
    }),
    internal: z.object({ delegateId: z.string(), delegateName: z.string(), reason: z.string() }),
  }),
  /** Taken back before its last day. */
  StandInEnded: z.object({
    public: z.object({ delegationId: z.string() }),
    internal: z.object({ reason: z.string() }),
  }),
} as const

export type PersonEventType = keyof typeof PersonEventData
export type PersonEvent = {
  [T in PersonEventType]: Readonly<{
    type: T
    schemaVersion: 1
    occurredAt: Instant
    data: z.infer<(typeof PersonEventData)[T]>
  }>
}[PersonEventType]
