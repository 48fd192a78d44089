import type { FactPerson, Instant } from '@liuhen/law/fact'
import type { Role } from '../event.ts'
import { present } from '../present.ts'
import { deny, refuse, type Refusal, refuseTime } from '../refusal.ts'
import { type Can, canHandleCase, type Handled, type Who } from './can.ts'
import { isClosed } from './closed.ts'
import type { CaseContext, NotingRule } from './context.ts'
import type { CaseEvent, JsonRecord } from './events.ts'
import { underLaw } from './gate.ts'
import { type Decided, onOpenCase } from './open.ts'
import { type CaseState, type OpenCase, personOf } from './state.ts'
import { ROLE_NAMES, wordFor } from './words.ts'

export type NoteFact = Readonly<{
  name: string
  at: Instant
  /** From when to when it lasted, where the event asks for that. */
  from?: Instant
  to?: Instant
  step?: string
  about?: string
  data: JsonRecord
  note?: string
  /** Those who took part beside the one who registers it, where the event asks for officers. */
  officers?: readonly FactPerson[]
  /** Stated where a rule only warns. */
  reason?: string
}>

type Post = NonNullable<NotingRule['by']>[number]

/** In what capacity a post registers, where the event does not say. */
const CAPACITIES: Readonly<Partial<Record<Role, string>>> = {
  officer: 'officer',
  'unit-head': 'approver',
  'deputy-head': 'approver',
  'agency-head': 'approver',
  'legal-reviewer': 'reviewer',
  'av-custodian': 'custodian',
  archivist: 'custodian',
  publisher: 'publisher',
  supervisor: 'supervisor',
}

const roleIn = (post: Post): string => (typeof post === 'string' ? post : post.role)

const capacityIn = (post: Post, role: Role): string | undefined =>
  typeof post === 'string' ? CAPACITIES[role] : post.as

const notYours = (posts: readonly Post[]): Can => [
  {
    code: 'not-permitted',
    effect: 'refuse',
    message: '本事项不由您的岗位登记',
    todo: `请由有权岗位登记：${posts.map((p) => wordFor(ROLE_NAMES, roleIn(p))).join('、')}`,
    citations: [],
  },
]

type Held = Readonly<{ role: Role; post: Post }>

/** Posts of this person that register the event, in the declaration's order. */
const postsHeld = (actor: Who, posts: readonly Post[]): readonly Held[] =>
  posts.flatMap((post) => actor.roles.filter((role) => role === roleIn(post)).map((role) => ({ role, post })))

/** An officer registers what belongs to a case of one's own; every other post, whatever case of the agency it reads. */
const admitting = (s: Handled, actor: Who, posts: readonly Post[]): readonly Held[] =>
  postsHeld(actor, posts).filter(({ role }) => role !== 'officer' || canHandleCase(s, actor) === true)

const mayNote = (s: Handled, actor: Who, posts: NotingRule['by']): Can => {
  if (posts === undefined) return canHandleCase(s, actor)
  if (admitting(s, actor, posts).length > 0) return true
  return postsHeld(actor, posts).length > 0 ? canHandleCase(s, actor) : notYours(posts)
}

/** Whether this person may register the event now: the posts that its declaration names, after archiving only where it says so. */
export const canNoteFact = (
  s: Handled & Pick<OpenCase, 'archive'>,
  actor: Who,
  rule: NotingRule | undefined,
): Can => {
  const can = mayNote(s, actor, rule?.by)
  if (can !== true) return can
  return s.archive === undefined || rule?.afterArchiving === true ? true : isClosed.reasons
}

const selfIn = (s: OpenCase, rule: NotingRule | undefined, ctx: CaseContext): FactPerson => {
  const self = ctx.self ?? personOf(ctx.actor)
  const [held] = admitting(s, ctx.actor, rule?.by ?? [])
  const as = held && capacityIn(held.post, held.role)
  return as === undefined ? self : { ...self, as }
}

/** Who takes part: the one who registers it, with the rank of their post, and the officers whom the event asks for. */
const takingPart = (
  s: OpenCase,
  officers: readonly FactPerson[],
  rule: NotingRule | undefined,
  ctx: CaseContext,
): FactPerson[] => {
  const self = selfIn(s, rule, ctx)
  const named = officers.map((p) => ({ ...p, as: 'officer' }))
  return named.some((p) => p.personId === self.personId) ? named : [self, ...named]
}

const noted = (s: OpenCase, c: NoteFact, rule: NotingRule | undefined, ctx: CaseContext): CaseEvent => {
  const { name, at, from, to, officers = [], step, about, data, note } = c
  return {
    type: 'FactNoted',
    schemaVersion: 1,
    occurredAt: ctx.now,
    data: {
      public: {
        name,
        at,
        ref: ctx.newId(),
        ...present({ from, to, anew: rule?.anew === true || undefined }),
      },
      internal: { ...present({ step, about, data, note }), by: takingPart(s, officers, rule, ctx) },
    },
  }
}

/** What lasted has a beginning and an end that are over, and only that is asked for them. */
const spanProblem = (
  { from, to }: NoteFact,
  rule: NotingRule | undefined,
  now: Instant,
): Refusal | undefined => {
  if (rule?.span !== true)
    return from === undefined && to === undefined
      ? undefined
      : refuse('incomplete', '本事项不登记起止时间', '请只填写发生时间')
  if (from === undefined || to === undefined)
    return refuse('incomplete', '没有填写起止时间', '请填写开始和结束的时间')
  if (Date.parse(to) < Date.parse(from)) return refuseTime('结束时间早于开始时间', '请核对起止时间')
  return Date.parse(to) > Date.parse(now) ? refuseTime('结束时间晚于现在', '请核对起止时间') : undefined
}

/** What lasted happened when it was over, whatever else was said: periods run from there, and it is judged as of then. */
const atItsEnd = (c: NoteFact, rule: NotingRule | undefined): NoteFact =>
  rule?.span === true && c.to !== undefined ? { ...c, at: c.to } : c

/** A fact that a rule waits for and that is neither step, document nor recording. It may not lie in the future. */
export const noteFact = (state: CaseState, asked: NoteFact, ctx: CaseContext): Decided =>
  onOpenCase(state, (s) => {
    const rule = ctx.law.event(asked.name)
    const c = atItsEnd(asked, rule)
    const can = canNoteFact(s, ctx.actor, rule)
    if (can !== true) return can === isClosed.reasons ? isClosed : deny(can)
    if (Date.parse(c.at) > Date.parse(ctx.now)) return refuseTime('时间晚于现在', '请核对发生时间')
    const untimely = spanProblem(c, rule, ctx.now)
    if (untimely !== undefined) return untimely
    if (rule?.officers === undefined && (c.officers ?? []).length > 0)
      return refuse('incomplete', '本事项不登记共同办理的执法人员', '请不选人员，再登记一次')
    return underLaw(s, [noted(s, c, rule, ctx)], c.reason, ctx)
  })
