import { z } from 'zod'
import { KEEPS_REGISTERS } from '@liuhen/domain/case/can'
import { STANDINGS } from '@liuhen/domain/device/device'
import { ClockReading } from '@liuhen/domain/docking/events'
import { Instant } from '@liuhen/law/fact'
import { defineRoute } from '../route.ts'

/** A device of the agency, out of the register that tells of it. */
export const DeviceRow = z.object({
  registerId: z.string(),
  /** The entry by which it was registered: what is noted later is about it. */
  ref: z.string(),
  number: z.string(),
  kind: z.string(),
  deviceType: z.string(),
  unit: z.string().optional(),
  keeper: z.string().optional(),
  registeredAt: Instant,
  standing: z.enum(STANDINGS),
  out: z.object({ since: Instant, by: z.string() }).optional(),
  fault: z
    .object({
      foundAt: Instant,
      what: z.string(),
      reportedTo: z.string().optional(),
      repairBy: z.string().optional(),
    })
    .optional(),
  check: z
    .object({
      at: Instant,
      performance: z.string().optional(),
      battery: z.number().optional(),
      storage: z.number().optional(),
      clockOffset: z.number().optional(),
    })
    .optional(),
  /** The last time a station took in its files, and how far its clock was off then. */
  dockedAt: Instant.optional(),
  clock: ClockReading.optional(),
  /** Its films that are in the store, and those of which only the registration came. */
  recordings: z.int(),
  unsent: z.int(),
})
export type DeviceRow = z.infer<typeof DeviceRow>

/** Numbers that films or stations name and no register has. */
const Stranger = z.object({ number: z.string(), recordings: z.int(), lastAt: Instant.optional() })

export const listDevices = defineRoute({
  id: 'listDevices',
  method: 'GET',
  path: '/devices',
  title: '音像设备',
  tag: '台账',
  access: KEEPS_REGISTERS,
  response: z.object({
    registers: z.array(z.object({ id: z.string(), title: z.string() })),
    items: z.array(DeviceRow),
    strangers: z.array(Stranger),
  }),
  refusals: ['not-permitted'],
})
