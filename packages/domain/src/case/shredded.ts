import { CaseEventData, type CaseEvent, type CaseEventOf } from './events.ts'

/** Printed where content was that has been destroyed according to law. */
export const SHREDDED = '（已依法销毁）'

const NEEDS_INTERNAL: ReadonlySet<string> = new Set(
  Object.entries(CaseEventData)
    .filter(([, data]) => !data.shape.internal.safeParse(undefined).success)
    .map(([type]) => type),
)

/** The event is there, and its internal compartment is not: it still says that something happened, and no longer what. */
export const isShredded = (e: CaseEvent): boolean =>
  NEEDS_INTERNAL.has(e.type) && e.data.internal === undefined

type Beginning = CaseEventOf<'LeadRegistered'> | CaseEventOf<'RegisterOpened'>

/** A case stays a case when the content of its beginning is gone, and a register a register. */
export const withoutContent = (e: Beginning): Beginning =>
  e.type === 'LeadRegistered'
    ? {
        ...e,
        data: { public: e.data.public, internal: { title: SHREDDED, summary: '' }, personal: undefined },
      }
    : { ...e, data: { public: e.data.public, internal: { title: SHREDDED } } }
