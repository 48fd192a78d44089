import { z } from 'zod'
import { RequestDeviceKey, REVOKES, RevokeDeviceKey, VOUCHES } from '@liuhen/domain/device-key/device-key'
import {
  AnnounceFieldSession,
  EndFieldSession,
  GiveUpFieldSession,
  GIVES_UP,
  WATCHES_FIELD,
} from '@liuhen/domain/field-session/field-session'
import { FactPerson, Instant } from '@liuhen/law/fact'
import { defineRoute } from '../route.ts'
import { Citation, Permission, StepView } from '../schema/evaluation.ts'
import { Done, Id, Page, paged } from '../schema/page.ts'

const tag = '现场录制'
const SEES = ['officer', ...WATCHES_FIELD] as const
const cited = { citations: z.array(Citation) }

/** What the texts of a case want of whoever films, for the screen of the phone. Empty where no text says anything. */
export const FilmingWants = z.object({
  notices: z.array(
    z.object({
      timing: z.enum(['before', 'during']),
      /** Word for word, where the text prescribes it. */
      wording: z.string().optional(),
      /** Only in these, in the text's own words; empty: always. */
      scenes: z.array(z.string()),
      ifPossible: z.boolean(),
      ...cited,
    }),
  ),
  /** To be said aloud after the beginning. */
  opening: z.array(z.object({ items: z.array(z.string()), ...cited })),
  /** What must be on the film. */
  keyContent: z.array(z.object({ code: z.string(), label: z.string(), ...cited })),
  /** What must not be filmed or done. */
  forbidden: z.array(z.object({ label: z.string(), ...cited })),
  continuity: z.array(z.object({ from: z.string(), to: z.string(), ...cited })),
  interruption: z.array(
    z.object({
      causes: z.array(z.string()),
      /** The cause is said aloud when recording goes on. */
      spoken: z.boolean(),
      reportTo: z.string().optional(),
      statement: z.enum(['written', 'any']).optional(),
      ...cited,
    }),
  ),
})
export type FilmingWants = z.infer<typeof FilmingWants>

const Scene = StepView.shape.recordings.element.extend({ name: z.string() })
export const FieldCase = z.object({
  id: z.string(),
  title: z.string(),
  leadNo: z.string(),
  caseNo: z.string().optional(),
  party: z.object({ name: z.string() }).optional(),
  handlers: z.array(FactPerson),
  place: z.string().optional(),
  labelFields: z.array(z.object({ key: z.string(), label: z.string(), help: z.string().optional() })),
  /** Those that may be under way, with what is recorded in them. */
  steps: z.array(
    z.object({ id: z.string(), name: z.string(), status: StepView.shape.status, scenes: z.array(Scene) }),
  ),
  wants: FilmingWants,
})
export type FieldCase = z.infer<typeof FieldCase>

export const DeviceKeyRow = z.object({
  id: z.string(),
  version: z.int(),
  status: z.enum(['requested', 'approved', 'revoked']),
  fingerprint: z.string(),
  label: z.string(),
  officer: z.object({ personId: z.string(), name: z.string() }),
  requestedAt: Instant,
  settledAt: Instant.optional(),
  settledBy: z.string().optional(),
  reason: z.string().optional(),
  can: z.object({ approve: Permission, revoke: Permission }),
})
export type DeviceKeyRow = z.infer<typeof DeviceKeyRow>

export const FieldSessionRow = z.object({
  id: z.string(),
  version: z.int(),
  session: z.string(),
  officerName: z.string(),
  medium: z.enum(['video', 'audio', 'photo']),
  caseId: z.string().optional(),
  caseTitle: z.string().optional(),
  step: z.string().optional(),
  begunAt: Instant,
  announcedAt: Instant,
  endedAt: Instant.optional(),
  /** How many runs there are, when the phone has said so. */
  takes: z.int().optional(),
  /** Runs whose bytes are in the store. */
  storedTakes: z.int(),
  /** recording: nothing says that it has ended; coming: not all is here; whole: everything is. */
  state: z.enum(['recording', 'coming', 'whole', 'given-up']),
  /** 1, 3 or 5: days since the announcement, for what has not come. */
  lateDays: z.int().optional(),
  givenUp: z.string().optional(),
  can: z.object({ giveUp: Permission }),
})
export type FieldSessionRow = z.infer<typeof FieldSessionRow>

/** Made to be kept on the phone: what can be filmed without a network. */
export const listFieldWork = defineRoute({
  id: 'listFieldWork',
  method: 'GET',
  path: '/field/work',
  title: '可以现场录制的案件和环节',
  tag,
  access: ['officer'],
  response: z.object({ items: z.array(FieldCase), at: Instant }),
})
export const listDeviceKeys = defineRoute({
  id: 'listDeviceKeys',
  method: 'GET',
  path: '/field/keys',
  title: '现场录制设备',
  tag,
  access: [...new Set([...SEES, ...REVOKES])],
  response: z.object({ items: z.array(DeviceKeyRow) }),
})
/** The same key again answers as the first time. */
export const requestDeviceKey = defineRoute({
  id: 'requestDeviceKey',
  method: 'POST',
  path: '/field/keys',
  title: '登记设备密钥',
  tag,
  access: ['officer'],
  command: true,
  body: RequestDeviceKey,
  response: Done,
  refusals: ['not-permitted', 'wrong-state', 'not-found'],
})
const ofOne = z.object({ id: Id })
const settle = ['not-permitted', 'wrong-state', 'not-found', 'duplicate'] as const
export const approveDeviceKey = defineRoute({
  id: 'approveDeviceKey',
  method: 'POST',
  path: '/field/keys/:id/approve',
  title: '批准设备密钥',
  tag,
  access: VOUCHES,
  command: true,
  params: ofOne,
  response: Done,
  refusals: settle,
})
export const revokeDeviceKey = defineRoute({
  id: 'revokeDeviceKey',
  method: 'POST',
  path: '/field/keys/:id/revoke',
  title: '停用设备密钥',
  tag,
  access: REVOKES,
  command: true,
  params: ofOne,
  body: RevokeDeviceKey,
  response: Done,
  refusals: settle,
})
export const listFieldSessions = defineRoute({
  id: 'listFieldSessions',
  method: 'GET',
  path: '/field/sessions',
  title: '现场录制列表',
  tag,
  access: SEES,
  /** late: announced a day ago or more, and not all has come. */
  query: Page.extend({ late: z.enum(['true']).optional() }),
  response: paged(FieldSessionRow),
})
/** The answer's `id` names the session afterwards. The same session again answers as the first time. */
export const announceFieldSession = defineRoute({
  id: 'announceFieldSession',
  method: 'POST',
  path: '/field/sessions',
  title: '报告开始现场录制',
  tag,
  access: ['officer'],
  command: true,
  body: AnnounceFieldSession,
  response: Done,
  refusals: ['not-permitted'],
})
export const endFieldSession = defineRoute({
  id: 'endFieldSession',
  method: 'POST',
  path: '/field/sessions/:id/end',
  title: '报告结束现场录制',
  tag,
  access: ['officer'],
  command: true,
  params: ofOne,
  body: EndFieldSession,
  response: Done,
  refusals: ['not-found'],
})
export const giveUpFieldSession = defineRoute({
  id: 'giveUpFieldSession',
  method: 'POST',
  path: '/field/sessions/:id/give-up',
  title: '确认不会再上传',
  tag,
  access: GIVES_UP,
  command: true,
  params: ofOne,
  body: GiveUpFieldSession,
  response: Done,
  refusals: ['not-permitted', 'not-found', 'duplicate'],
})
