import { refuse } from '../refusal.ts'
import { CaseEventData, type CaseEvent, type CaseEventType } from './events.ts'

/** Printed where content was that has been destroyed according to law. */
export const SHREDDED = '（已依法销毁）'

/** Nobody acts on a case whose content is gone. */
export const isGone = refuse(
  'wrong-state',
  '案卷内容已依法销毁，不能再办理',
  '需要核对的，请看销毁证明；登记和日志条目仍可核验',
)

const NEEDS_INTERNAL: ReadonlySet<string> = new Set(
  Object.entries(CaseEventData)
    .filter(([, data]) => !data.shape.internal.safeParse(undefined).success)
    .map(([type]) => type),
)

/** The event is there, and its internal compartment is not: it still says that something happened, and no longer what. */
export const isShredded = (e: CaseEvent): boolean =>
  NEEDS_INTERNAL.has(e.type) && e.data.internal === undefined

const nobody = { personId: '', name: SHREDDED }
const opinion = { by: nobody, opinion: SHREDDED }
const reason = SHREDDED

type Emptied = {
  [T in CaseEventType as undefined extends (CaseEvent & { type: T })['data']['internal']
    ? never
    : T]: (CaseEvent & {
    type: T
  })['data']['internal']
}

/** What stands for the internal compartment of an event whose own is gone: what the public one says still holds. */
const EMPTIED: Emptied = {
  LeadRegistered: { title: SHREDDED, summary: '' },
  RegisterOpened: { title: SHREDDED },
  HandlersAssigned: { handlers: [] },
  CaseFlagged: { reason },
  StepBegun: { officers: [] },
  StepCompleted: { officers: [], data: {} },
  FactNoted: { data: {}, by: [] },
  DocumentSubmitted: { data: {} },
  DocumentApproved: opinion,
  DocumentReturned: opinion,
  DocumentSigned: {},
  DocumentVoided: { by: nobody, reason },
  DocumentServed: { recordingIds: [], by: [] },
  DocumentServiceRetracted: { by: nobody, reason },
  RecordingLinked: { facts: [] },
  RecordingNoted: { facts: [] },
  WarningOverridden: { reason, messages: [SHREDDED] },
  DutyExcused: { reason },
  PackageExported: { recipient: SHREDDED, purpose: SHREDDED },
}

/** The same event with nothing in the place of what is gone, so that a case stays a case and a paper a paper. */
export const withoutContent = (e: CaseEvent): CaseEvent => {
  const internal = Object.entries(EMPTIED).find(([type]) => type === e.type)?.[1]
  return { ...e, data: { ...e.data, internal } } as CaseEvent
}
