import { z } from 'zod'
import { Party, Source } from '@liuhen/domain/case/events'
import { FactPerson, Instant } from '@liuhen/law/fact'
import { defineRoute } from '../route.ts'
import { Done, Id, Page, paged } from '../schema/page.ts'
import { DocumentView } from '../schema/document-view.ts'
import { Citation, Duty, Evaluation, Permission } from '../schema/evaluation.ts'
import { Note, NotedFact } from '../schema/note-field.ts'

const params = z.object({ id: Id })
const word = z.string().max(2000, '每一项不超过2000字')
/** What rules read of a fact or a finished step: words, numbers, answers of yes or no, and lists of words. */
const FactData = z
  .record(
    z.string().max(60),
    z.union([word, z.number(), z.boolean(), z.null(), z.array(word).max(100, '每一项不超过100条')]),
  )
  .refine((data) => Object.keys(data).length <= 100, '填写的内容不超过100项')
const writes = [
  'law-gate',
  'not-permitted',
  'wrong-state',
  'stale-version',
  'not-found',
  'duplicate',
  'incomplete',
] as const

export const CaseRow = z.object({
  id: z.string(),
  leadNo: z.string(),
  caseNo: z.string().optional(),
  title: z.string(),
  party: z.string().optional(),
  procedure: z.string(),
  procedureName: z.string(),
  stage: z.string(),
  stageName: z.string(),
  status: z.enum(['open', 'closed', 'archived']),
  handlers: z.array(z.string()),
  openedAt: Instant,
  updatedAt: Instant,
  /** The nearest open duty. */
  nextDuty: z
    .object({ what: z.string(), due: Instant.optional(), state: Duty.shape.state, cite: z.string() })
    .optional(),
  overdue: z.int(),
})
export type CaseRow = z.infer<typeof CaseRow>

export const LinkedRecording = z.object({
  id: z.string(),
  scene: z.string(),
  sceneName: z.string(),
  step: z.string(),
  from: Instant,
  to: Instant,
  medium: z.string(),
  mime: z.string(),
  sha256: z.string(),
  sizeBytes: z.int(),
  playable: z.enum(['playable', 'broken', 'not-checked']),
  /** Codes of the scenes that it was said to show beside its own. */
  shows: z.array(z.string()),
  /** Whether the one who asks may play it; whoever reads the case sees that it is there. */
  view: Permission,
  /** Whether the one who asks may say what can be made out. */
  watch: Permission,
  /** What somebody is still to say who has watched it, in the words of the text that wants it. */
  unwatched: z.array(z.string()),
})

export const TimelineEntry = z.object({
  eventId: z.string(),
  version: z.int(),
  type: z.string(),
  at: Instant,
  recordedAt: Instant,
  actor: z.string(),
  /** One Chinese sentence. */
  text: z.string(),
  step: z.string().optional(),
  documentId: z.string().optional(),
  recordingId: z.string().optional(),
  leafHash: z.string(),
  index: z.int().optional(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

/** Everything the case workspace shows. */
export const CaseWorkspace = z.object({
  id: z.string(),
  /** It is a register (台账), not a case: no source, party or file. */
  register: z.literal(true).optional(),
  version: z.int(),
  leadNo: z.string(),
  caseNo: z.string().optional(),
  title: z.string(),
  summary: z.string(),
  status: z.enum(['open', 'closed', 'archived']),
  source: Source.optional(),
  place: z.string().optional(),
  occurredAt: Instant.optional(),
  receivedAt: Instant,
  party: Party.optional(),
  handlers: z.array(FactPerson),
  flags: z.array(z.string()),
  procedure: z.object({ id: z.string(), name: z.string() }),
  /** Marks that the procedure knows. */
  marks: z.array(z.object({ flag: z.string(), label: z.string() })),
  law: z.object({
    base: z.string(),
    baseTitle: z.string(),
    overlays: z.array(z.object({ id: z.string(), title: z.string() })),
  }),
  stages: z.array(z.object({ id: z.string(), name: z.string() })),
  evaluation: Evaluation,
  documents: z.array(DocumentView),
  recordings: z.array(LinkedRecording),
  /** Facts that a rule waits for and an officer may note here: id, title and the fields to fill. */
  notes: z.array(Note),
  noted: z.array(NotedFact),
  /** What the texts of the case want said on each of its recordings, beside case, party and handler. */
  labelFields: z.array(z.object({ key: z.string(), label: z.string(), help: z.string().optional() })),
  /** What the texts of the case want to be seen on its films, by name; marked at the second where it is. */
  keyContent: z.array(z.object({ code: z.string(), label: z.string(), citations: z.array(Citation) })),
  /** Its content was destroyed according to law: when, and by which batch. */
  shredded: z.object({ number: z.string(), at: Instant }).optional(),
  archive: z.object({ archiveNo: z.string(), keptUntil: z.string().optional(), why: z.string() }).optional(),
  disclosure: z.object({ id: z.string(), publishedAt: Instant, channel: z.string() }).optional(),
  /** Another body publishes the decision, and it is registered here that it has. */
  publishedBy: z.string().optional(),
  /** Publications that were taken back, the first first. */
  withdrawn: z.array(
    z.object({ id: z.string(), publishedAt: Instant, withdrawnAt: Instant, reason: z.string() }),
  ),
  /** By command: whether the one who asks may give it now. Exporting is asked by audience, a step by its id. */
  can: z.object({
    nameParty: Permission,
    noteFact: Permission,
    serveDocument: Permission,
    assignHandlers: Permission,
    flagCase: Permission,
    excuseDuty: Permission,
    linkRecording: Permission,
    assembleFile: Permission,
    archiveCase: Permission,
    publishDisclosure: Permission,
    withdrawDisclosure: Permission,
    exportWhole: Permission,
    exportParty: Permission,
    steps: z.record(z.string(), Permission),
  }),
  packages: z.array(
    z.object({
      id: z.string(),
      at: Instant,
      purpose: z.string(),
      recipient: z.string(),
      /** `destroyed`: with the case file, according to law. */
      state: z.enum(['making', 'ready', 'failed', 'destroyed']),
      /** Why the making failed and what to do; asking again: `remakePackage`. */
      problem: z.object({ message: z.string(), todo: z.string() }).optional(),
      audience: z.enum(['whole', 'party']).optional(),
      sizeBytes: z.int().optional(),
      sha256: z.string().optional(),
    }),
  ),
})
export type CaseWorkspace = z.infer<typeof CaseWorkspace>

export const listCases = defineRoute({
  id: 'listCases',
  method: 'GET',
  path: '/cases',
  title: '案件列表',
  tag: '案件',
  access: 'signed-in',
  query: Page.extend({
    q: z.string().max(60).optional(),
    status: z.enum(['open', 'closed', 'archived']).optional(),
    stage: z.string().optional(),
    mine: z.enum(['true', 'false']).optional(),
    overdue: z.enum(['true', 'false']).optional(),
  }),
  response: paged(CaseRow),
})
export const registerLead = defineRoute({
  id: 'registerLead',
  method: 'POST',
  path: '/cases',
  title: '登记线索',
  tag: '案件',
  access: ['officer', 'intake-clerk', 'unit-head'],
  command: true,
  body: z.object({
    procedure: z.string(),
    source: Source,
    receivedAt: Instant,
    title: z.string().min(4, '请写明案由，至少4个字').max(120),
    summary: z.string().min(4, '请写明线索内容').max(2000),
    place: z.string().max(200).optional(),
    occurredAt: Instant.optional(),
    violation: z.string().max(500).optional(),
    informant: z
      .object({ name: z.string().max(60).optional(), phone: z.string().max(30).optional() })
      .optional(),
  }),
  response: Done,
  refusals: writes,
})
export const getCase = defineRoute({
  id: 'getCase',
  method: 'GET',
  path: '/cases/:id',
  title: '案件工作区',
  tag: '案件',
  access: 'signed-in',
  params,
  response: CaseWorkspace,
  refusals: ['not-found'],
})
export const caseTimeline = defineRoute({
  id: 'caseTimeline',
  method: 'GET',
  path: '/cases/:id/timeline',
  title: '案件时间线',
  tag: '案件',
  access: 'signed-in',
  params,
  response: z.object({ entries: z.array(TimelineEntry) }),
  refusals: ['not-found'],
})
export const nameParty = defineRoute({
  id: 'nameParty',
  method: 'POST',
  path: '/cases/:id/party',
  title: '登记当事人',
  tag: '案件',
  access: ['officer', 'unit-head'],
  command: true,
  params,
  body: Party.extend({ reason: z.string().max(500).optional() }),
  response: Done,
  refusals: writes,
})
export const assignHandlers = defineRoute({
  id: 'assignHandlers',
  method: 'POST',
  path: '/cases/:id/handlers',
  title: '指派承办人',
  tag: '案件',
  access: ['officer', 'unit-head'],
  command: true,
  params,
  body: z.object({
    personIds: z.array(Id).min(1, '至少指派一名承办人').max(6),
    reason: z.string().max(500).optional(),
  }),
  response: Done,
  refusals: writes,
})
export const flagCase = defineRoute({
  id: 'flagCase',
  method: 'POST',
  path: '/cases/:id/flags',
  title: '标记案件',
  tag: '案件',
  access: ['officer', 'unit-head', 'agency-head'],
  command: true,
  params,
  body: z.object({
    flag: z.string().max(40),
    on: z.boolean(),
    reason: z.string().min(2, '请填写理由').max(300),
  }),
  response: Done,
  refusals: writes,
})
const StepBody = z.object({
  from: Instant.optional(),
  to: Instant.optional(),
  place: z.string().max(200).optional(),
  officerIds: z.array(Id).max(10).optional(),
  data: FactData.optional(),
  /** Asked for when a rule only warns. */
  reason: z.string().max(500).optional(),
})
export const beginStep = defineRoute({
  id: 'beginStep',
  method: 'POST',
  path: '/cases/:id/steps/:step/begin',
  title: '开始环节',
  tag: '案件',
  access: 'signed-in',
  command: true,
  params: params.extend({ step: z.string() }),
  body: StepBody,
  response: Done,
  refusals: writes,
})
export const completeStep = defineRoute({
  id: 'completeStep',
  method: 'POST',
  path: '/cases/:id/steps/:step/complete',
  title: '完成环节',
  tag: '案件',
  access: 'signed-in',
  command: true,
  params: params.extend({ step: z.string() }),
  body: StepBody,
  response: Done,
  refusals: writes,
})
export const noteFact = defineRoute({
  id: 'noteFact',
  method: 'POST',
  path: '/cases/:id/facts',
  title: '记载事实',
  tag: '案件',
  access: 'signed-in',
  command: true,
  params,
  body: z.object({
    name: z.string().max(60),
    at: Instant,
    /** From when to when it lasted, where the event asks for that (`span`); then `to` stands for `at`, too. */
    from: Instant.optional(),
    to: Instant.optional(),
    step: z.string().optional(),
    about: z.string().optional(),
    /** Officers who took part, where the event asks for them. */
    officerIds: z.array(Id).max(10).optional(),
    data: FactData.default({}),
    note: z.string().max(500).optional(),
    /** Asked for when a rule only warns. */
    reason: z.string().max(500).optional(),
  }),
  response: Done,
  refusals: writes,
})
export const excuseDuty = defineRoute({
  id: 'excuseDuty',
  method: 'POST',
  path: '/cases/:id/duties/excuse',
  title: '登记逾期或免除理由',
  tag: '案件',
  access: ['officer', 'unit-head', 'agency-head'],
  command: true,
  params,
  body: z.object({ duty: z.string(), reason: z.string().min(4, '请写明理由').max(500) }),
  response: Done,
  refusals: writes,
})
