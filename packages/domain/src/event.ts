import { z } from 'zod'
import { Instant } from '@liuhen/law/fact'

export const STREAM_TYPES = [
  'agency',
  'person',
  'case',
  'recording',
  'docking',
  'device-key',
  'field-session',
  'disclosure',
  'log',
  'stores',
  'disposal',
  'derivative',
  'booklet',
] as const
export const StreamType = z.enum(STREAM_TYPES)
export type StreamType = z.infer<typeof StreamType>

export const ROLES = [
  'officer', // 执法人员
  'intake-clerk', // 接待登记人员
  'unit-head', // 承办机构负责人
  'deputy-head', // 分管负责人
  'agency-head', // 机关负责人
  'legal-reviewer', // 法制审核员
  'av-custodian', // 音像管理员
  'archivist', // 档案管理员
  'publisher', // 公示发布员
  'supervisor', // 监督
  'system-admin', // 系统管理员
  'security-admin', // 安全管理员
  'audit-admin', // 审计员
] as const
export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>

/** Who acts. `personId` is absent only for the system itself. */
export const Actor = z.object({
  userId: z.string(),
  personId: z.string().optional(),
  name: z.string(),
  certNo: z.string().optional(),
  certValidTo: z.iso.date().optional(),
  legalQualified: z.boolean().optional(),
  roles: z.array(Role),
  agencyId: z.string(),
})
export type Actor = z.infer<typeof Actor>

/** The three compartments of what an event says. Each is committed with a salt of its own; an empty one is absent. */
export type Compartments<Pub = unknown, Int = unknown, Pii = unknown> = Readonly<{
  public?: Pub
  internal?: Int
  personal?: Pii
}>

/** What decide returns: an event before the store gives it id, version and recording time. */
export type NewEvent = Readonly<{
  type: string
  schemaVersion: number
  occurredAt: Instant
  data: Compartments
}>

/** An event of the record. */
export type RecordedEvent = NewEvent &
  Readonly<{
    id: string
    agencyId: string
    streamType: StreamType
    streamId: string
    /** 1, 2, 3 … without gaps within the stream. */
    version: number
    recordedAt: Instant
    clock: 'real' | 'simulated'
    actor: Actor
  }>
