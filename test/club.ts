import type { CaseContext, CaseLaw } from '@liuhen/domain/case/context'
import type { CaseEvent, CaseEventOf } from '@liuhen/domain/case/events'
import type { Actor } from '@liuhen/domain/event'
import type { StepView } from '@liuhen/law/evaluation'
import type { Instant } from '@liuhen/law/fact'

/*
 * The imaginary tennis club: the slices are tested, not a statute. Its law allows everything and asks for nothing; each
 * test says what it is besides.
 */

export const clubLaw = (more: Partial<CaseLaw> = {}): CaseLaw => ({
  evaluate: () => ({ steps: [], duties: [], findings: [], keeping: [] }),
  against: () => [],
  document: () => undefined,
  approvers: () => [],
  event: () => undefined,
  cite: () => [],
  ownNotApproved: [],
  retraction: { posts: ['unit-head', 'deputy-head', 'agency-head'], citations: [] },
  caseNumberFrom: undefined,
  ...more,
})

/** What decide is given when this member of the club asks. */
export const clubContext = (now: Instant, actor: Actor, more: Partial<CaseContext> = {}): CaseContext => ({
  now,
  actor,
  self: { personId: actor.personId ?? '', name: actor.name },
  law: clubLaw(),
  newId: () => 'new',
  hash: () => '0',
  nextNumber: () => '1号',
  ...more,
})

/** A step that was begun, with the papers that it wants. */
export const clubStep = (
  id: string,
  papers: readonly string[] = [],
  more: Partial<StepView> = {},
): StepView => ({
  id,
  name: id,
  stage: 'only',
  status: 'begun',
  optional: false,
  by: ['officer'],
  documents: papers.map((type) => ({ type, required: true, done: false })),
  recordings: [],
  before: [],
  missing: [],
  citations: [],
  ...more,
})

/** An event of a case, without its proof of shape: the slice under test reads it. */
export const clubEvent =
  (occurredAt: Instant) =>
  (type: CaseEvent['type'], data: object): CaseEvent =>
    ({ type, schemaVersion: 1, occurredAt, data }) as CaseEvent

/** The lead with which a case of the club begins. */
export const clubLead = (at: Instant): CaseEventOf<'LeadRegistered'> => ({
  type: 'LeadRegistered',
  schemaVersion: 1,
  occurredAt: at,
  data: {
    public: {
      leadNo: '1',
      procedure: 'club',
      law: { base: 'club', overlays: [], settings: {} },
      source: 'report',
      receivedAt: at,
    },
    internal: { title: '入会', summary: '想打球' },
    personal: undefined,
  },
})
