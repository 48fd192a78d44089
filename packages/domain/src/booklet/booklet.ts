import { z } from 'zod'
import { Instant } from '@liuhen/law/fact'
import type { Actor, Role } from '../event.ts'
import { type Decision, deny, refuse, type Refusal } from '../refusal.ts'
import type { Verdict } from '../person/can.ts'
import { HEADS } from '../person/stand-in.ts'

/** As many blanks as one takes along: a booklet of paper has twenty-five or fifty. */
export const MOST_BLANKS = 100

export const DrawBooklet = z.object({
  /** The type of the pre-numbered paper. */
  type: z.string(),
  count: z.int().min(1, '至少领用一个号码').max(MOST_BLANKS, `一次最多领用${MOST_BLANKS}个号码`),
  holderId: z.string().min(1, '请选择领用人'),
})
export type DrawBooklet = z.infer<typeof DrawBooklet>

export const VOID_WHYS = ['spoiled', 'lost'] as const
export const VOID_WHY_NAMES: Readonly<Record<(typeof VOID_WHYS)[number], string>> = {
  spoiled: '写错',
  lost: '遗失',
}
export const VoidBlank = z.object({
  why: z.enum(VOID_WHYS),
  note: z.string().trim().min(2, '请写明情况').max(300),
})
export type VoidBlank = z.infer<typeof VoidBlank>
export const ReturnBooklet = z.object({ reason: z.string().trim().min(2, '请写明理由').max(300) })

const base = { schemaVersion: z.literal(1), occurredAt: Instant }
const event = <T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.object({ ...base, type: z.literal(type), data })

export const BookletEvent = z.discriminatedUnion('type', [
  /** Numbers `from` … `to` of a word and year belong to one officer's booklet; each reads prefix, number, 号. */
  event(
    'BookletDrawn',
    z.object({
      public: z.object({
        type: z.string(),
        word: z.string(),
        year: z.int(),
        prefix: z.string(),
        from: z.int(),
        to: z.int(),
      }),
      internal: z.object({ holder: z.object({ personId: z.string(), name: z.string() }) }),
    }),
  ),
  event(
    'BlankVoided',
    z.object({
      public: z.object({ seq: z.int(), why: z.enum(VOID_WHYS) }),
      internal: z.object({ note: z.string() }),
    }),
  ),
  /** Blanks that were never filled in come back: their numbers are used for nothing else. */
  event(
    'BookletReturned',
    z.object({ public: z.object({ seqs: z.array(z.int()) }), internal: z.object({ reason: z.string() }) }),
  ),
])
export type BookletEvent = z.infer<typeof BookletEvent>

export type KnownBooklet = Readonly<{
  kind: 'booklet'
  type: string
  word: string
  year: number
  prefix: string
  from: number
  to: number
  holder: Readonly<{ personId: string; name: string }>
  returned: boolean
}>
export type BookletState = Readonly<{ kind: 'none' }> | KnownBooklet
export const initialBooklet: BookletState = { kind: 'none' }

export const evolveBooklet = (s: BookletState, e: BookletEvent): BookletState => {
  if (e.type === 'BookletDrawn')
    return { kind: 'booklet', ...e.data.public, ...e.data.internal, returned: false }
  if (s.kind === 'none') throw new Error(`${e.type} cannot follow a booklet that nobody drew`)
  return e.type === 'BookletReturned' ? { ...s, returned: true } : s
}

/** 走街当罚〔2026〕3号 */
export const numberIn = (prefix: string, seq: number): string => `${prefix}${seq}号`

/** Posts that read the register of numbers. */
export const NUMBER_READERS = [
  'officer',
  'intake-clerk',
  'unit-head',
  'deputy-head',
  'agency-head',
  'legal-reviewer',
  'archivist',
  'supervisor',
] as const satisfies readonly Role[]

/** An officer draws for oneself; the heads, for any officer. What becomes of a blank is said by its holder or a head. */
export const canKeepBooklet = (actor: Pick<Actor, 'personId' | 'roles'>, holderId: string): Verdict =>
  (actor.roles.includes('officer') && actor.personId === holderId) ||
  HEADS.some((role) => actor.roles.includes(role)) || [
    {
      code: 'not-permitted',
      effect: 'refuse',
      message: '预编号文书由领用的执法人员本人或者负责人办理。',
      todo: '请由领用人或者负责人登录后办理。',
      citations: [],
    },
  ]

type Ctx = Readonly<{ now: Instant; actor: Actor }>

export type Drawing = Readonly<{
  type: string
  word: string
  year: number
  prefix: string
  /** The first of so many numbers, reserved in the same transaction. */
  take: () => Promise<number>
  holder: Readonly<{ personId: string; name: string; roles: readonly Role[] }> | undefined
}>

/** A range of numbers becomes the booklet of one officer. The numbers are taken only when nothing is in the way. */
export const drawBooklet = async (
  state: BookletState,
  c: DrawBooklet,
  d: Drawing,
  ctx: Ctx,
): Promise<Decision<BookletEvent>> => {
  if (state.kind !== 'none') return refuse('duplicate', '这本预编号文书已经领用。', '请刷新后查看。')
  const can = canKeepBooklet(ctx.actor, c.holderId)
  if (can !== true) return deny(can)
  const { holder } = d
  if (holder === undefined || !holder.roles.includes('officer'))
    return refuse('not-found', '领用人不是本机关的执法人员。', '请在执法人员中选择领用人。')
  const from = await d.take()
  const { type, word, year, prefix } = d
  return [
    {
      type: 'BookletDrawn',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: {
        public: { type, word, year, prefix, from, to: from + c.count - 1 },
        internal: { holder: { personId: holder.personId, name: holder.name } },
      },
    },
  ]
}

export type BlankState = 'open' | 'used' | 'voided' | 'returned'

const notHere = (s: BookletState, ctx: Ctx): Refusal | undefined => {
  if (s.kind === 'none') return refuse('not-found', '没有这本预编号文书。', '请在文号登记簿中重新选择。')
  const can = canKeepBooklet(ctx.actor, s.holder.personId)
  return can === true ? undefined : deny(can)
}

/** 写错, 遗失: the number stays in the register with its reason and is used for nothing else. */
export const voidBlank = (
  s: BookletState,
  c: VoidBlank & Readonly<{ seq: number }>,
  blank: BlankState | undefined,
  ctx: Ctx,
): Decision<BookletEvent> => {
  const no = notHere(s, ctx)
  if (no !== undefined) return no
  if (blank === undefined) return refuse('not-found', '这本里没有这个号码。', '请核对号码。')
  if (blank === 'used')
    return refuse('wrong-state', '这个号码已经用在文书上，不能按空白作废。', '请打开那份文书办理作废。')
  if (blank !== 'open') return refuse('wrong-state', '这个号码已经作废或者交回。', '不需要再次办理。')
  return [
    {
      type: 'BlankVoided',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: { public: { seq: c.seq, why: c.why }, internal: { note: c.note } },
    },
  ]
}

export const returnBooklet = (
  s: BookletState,
  c: Readonly<{ reason: string }>,
  open: readonly number[],
  ctx: Ctx,
): Decision<BookletEvent> => {
  const no = notHere(s, ctx)
  if (no !== undefined) return no
  if (s.kind === 'booklet' && s.returned)
    return refuse('wrong-state', '这本预编号文书已经交回。', '不需要再次办理。')
  return [
    {
      type: 'BookletReturned',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: { public: { seqs: [...open] }, internal: { reason: c.reason } },
    },
  ]
}
