import { z } from 'zod'
import { EndStandIn, NameStandIn } from '@liuhen/domain/person/stand-in'
import { Instant } from '@liuhen/law/fact'
import { defineRoute } from '../route.ts'
import { Citation, Permission } from '../schema/evaluation.ts'
import { Done, Id } from '../schema/page.ts'

export const StandInView = z.object({
  id: z.string(),
  personId: z.string(),
  name: z.string(),
  delegateId: z.string(),
  delegateName: z.string(),
  ranks: z.array(z.string()),
  rankNames: z.array(z.string()),
  from: z.iso.date(),
  to: z.iso.date(),
  reason: z.string(),
  namedBy: z.string(),
  namedAt: Instant,
  state: z.enum(['coming', 'running', 'over', 'ended']),
  ended: z.object({ at: Instant, by: z.string(), reason: z.string() }).optional(),
  canEnd: Permission,
})
export type StandInView = z.infer<typeof StandInView>

const Head = z.object({
  personId: z.string(),
  name: z.string(),
  rankNames: z.array(z.string()),
  /** For these heads this one may stand in, by the posts of both. */
  mayStandInFor: z.array(z.string()),
})

/** Who approves in the place of a head who is away, the latest first; and between whom the one who asks may say so. */
export const listStandIns = defineRoute({
  id: 'listStandIns',
  method: 'GET',
  path: '/stand-ins',
  title: '代行审批',
  tag: '人员',
  access: 'signed-in',
  response: z.object({
    items: z.array(StandInView),
    heads: z.array(Head),
    /** Of these heads the one who asks may name the stand-in. */
    mayNameFor: z.array(z.string()),
    /** For how long at most, and what it rests on. */
    rules: z.object({
      who: z.enum(['any', 'not-below']),
      longestDays: z.int(),
      citations: z.array(Citation),
    }),
  }),
})
export const nameStandIn = defineRoute({
  id: 'nameStandIn',
  method: 'POST',
  path: '/people/:id/stand-ins',
  title: '登记代行审批',
  tag: '人员',
  access: ['unit-head', 'deputy-head', 'agency-head'],
  command: true,
  params: z.object({ id: Id }),
  body: NameStandIn,
  response: Done,
  refusals: ['not-found', 'not-permitted', 'wrong-state', 'duplicate', 'incomplete', 'stale-version'],
})
export const endStandIn = defineRoute({
  id: 'endStandIn',
  method: 'POST',
  path: '/people/:id/stand-ins/:delegationId/end',
  title: '收回代行审批',
  tag: '人员',
  access: ['unit-head', 'deputy-head', 'agency-head'],
  command: true,
  params: z.object({ id: Id, delegationId: Id }),
  body: EndStandIn,
  response: Done,
  refusals: ['not-found', 'not-permitted', 'wrong-state', 'incomplete', 'stale-version'],
})
