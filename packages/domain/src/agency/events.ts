import { z } from 'zod'
import type { Instant } from '@liuhen/law/fact'

/** Local settings for what no text fixes; the administrator's to set, never borrowed from another pack. */
export const AgencySettings = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
export type AgencySettings = z.infer<typeof AgencySettings>

/** An agency as the record knows it. Nothing here is personal: an agency is a public body. */
export const AgencyProfile = z.object({
  name: z.string(),
  /** 机关代字, as it stands in document numbers. */
  shortName: z.string(),
  code: z.string(),
  address: z.string().optional(),
  phone: z.string().optional(),
  /** Base pack id, or `national` alone. */
  base: z.string(),
  overlays: z.array(z.string()),
  reconsiderationBody: z.string().optional(),
  court: z.string().optional(),
  paymentBank: z.string().optional(),
  paymentAccount: z.string().optional(),
})
export type AgencyProfile = z.infer<typeof AgencyProfile>

export const AgencyEventData = {
  AgencyRegistered: z.object({
    public: AgencyProfile.pick({ name: true, shortName: true, code: true, base: true, overlays: true }),
    internal: AgencyProfile.omit({
      name: true,
      shortName: true,
      code: true,
      base: true,
      overlays: true,
    }).extend({
      settings: AgencySettings,
    }),
  }),
} as const

export type AgencyEventType = keyof typeof AgencyEventData
export type AgencyEvent = {
  [T in AgencyEventType]: Readonly<{
    type: T
    schemaVersion: 1
    occurredAt: Instant
    data: z.infer<(typeof AgencyEventData)[T]>
  }>
}[AgencyEventType]
