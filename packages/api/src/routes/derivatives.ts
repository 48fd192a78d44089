import { z } from 'zod'
import {
  ReleaseDerivative,
  RequestDerivative,
  ReviewDerivative,
  WithdrawDerivative,
} from '@liuhen/domain/derivative/commands'
import { DERIVATIVE_REVIEWERS } from '@liuhen/domain/derivative/can'
import { Purpose, Span, Spec } from '@liuhen/domain/derivative/spec'
import { STATUSES } from '@liuhen/domain/derivative/state'
import { Instant } from '@liuhen/law/fact'
import { defineRoute } from '../route.ts'
import { Permission } from '../schema/evaluation.ts'
import { Done, Id } from '../schema/page.ts'

const tag = '音像'
const params = z.object({ id: Id })
const Said = z.object({ by: z.string(), at: Instant })

/** A copy that was made of a recording: never the original, always naming it. */
export const DerivativeView = z.object({
  id: z.string(),
  number: z.string(),
  recordingId: z.string(),
  status: z.enum(STATUSES),
  spec: Spec,
  purpose: Purpose,
  reason: z.string(),
  recipient: z.string().optional(),
  requested: Said,
  /** While it is being made, from 0 to 1. */
  share: z.number().optional(),
  failed: z.object({ why: z.string(), detail: z.string().optional(), at: Instant }).optional(),
  made: z
    .object({
      at: Instant,
      sha256: z.string(),
      sizeBytes: z.int(),
      mime: z.string(),
      durationSeconds: z.number(),
      covers: Span,
      tool: z.string(),
      arguments: z.string(),
      /** Encoded samples that can be proven part of the original. */
      samples: z.int().optional(),
      unproven: z.string().optional(),
    })
    .optional(),
  /** Of the one who asks: how much of it they have seen, and how much a review wants. */
  watched: z.object({ seconds: z.number(), needed: z.number() }).optional(),
  reviewed: Said.extend({ approved: z.boolean(), words: z.string(), watchedSeconds: z.number() }).optional(),
  releases: z.array(
    Said.extend({ recipient: z.string(), reason: z.string(), chunks: z.boolean().optional() }),
  ),
  withdrawn: Said.extend({ reason: z.string() }).optional(),
  destroyed: z.object({ number: z.string(), at: Instant }).optional(),
  can: z.object({ retry: Permission, review: Permission, release: Permission, withdraw: Permission }),
})
export type DerivativeView = z.infer<typeof DerivativeView>

export const listDerivatives = defineRoute({
  id: 'listDerivatives',
  method: 'GET',
  path: '/recordings/:id/derivatives',
  title: '一段音像的副本',
  tag,
  access: 'signed-in',
  params,
  response: z.object({ items: z.array(DerivativeView), can: z.object({ request: Permission }) }),
  refusals: ['not-found'],
})

/** Copies that somebody waits for: to be seen and reviewed by the one who asks, or to be handed out by them. */
export const waitingDerivatives = defineRoute({
  id: 'waitingDerivatives',
  method: 'GET',
  path: '/derivatives/waiting',
  title: '等我办理的副本',
  tag,
  access: [...DERIVATIVE_REVIEWERS],
  response: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        number: z.string(),
        recordingId: z.string(),
        wants: z.enum(['review', 'release']),
      }),
    ),
  }),
})

const writes = [
  'not-found',
  'not-permitted',
  'wrong-state',
  'incomplete',
  'stale-version',
  'duplicate',
  'law-gate',
] as const

export const requestDerivative = defineRoute({
  id: 'requestDerivative',
  method: 'POST',
  path: '/recordings/:id/derivatives',
  title: '制作副本',
  tag,
  access: 'signed-in',
  command: true,
  params,
  body: RequestDerivative,
  response: Done,
  refusals: writes,
})

const change = <B extends z.ZodType>(id: string, verb: string, title: string, body: B) =>
  defineRoute({
    id,
    method: 'POST',
    path: `/derivatives/:id/${verb}`,
    title,
    tag,
    access: 'signed-in',
    command: true,
    params,
    body,
    response: Done,
    refusals: writes,
  })

export const retryDerivative = change('retryDerivative', 'retry', '重新制作副本', z.object({}))
export const reviewDerivative = change('reviewDerivative', 'review', '复核副本', ReviewDerivative)
export const releaseDerivative = change('releaseDerivative', 'release', '交付副本', ReleaseDerivative)
export const withdrawDerivative = change('withdrawDerivative', 'withdraw', '作废副本', WithdrawDerivative)

/** Answers byte ranges. To save it is for the custodian, after it was released; every opening is recorded. */
export const derivativeMedia = defineRoute({
  id: 'derivativeMedia',
  method: 'GET',
  path: '/derivatives/:id/media',
  title: '播放或者下载副本',
  tag,
  access: 'signed-in',
  params,
  query: z.object({ copy: z.enum(['true']).optional() }),
  bytes: 'video/mp4',
  refusals: ['not-found', 'not-permitted', 'wrong-state'],
})

/** One tar: the clip, its proof, the log's word; chunks of the original only where the release said so. */
export const derivativeProof = defineRoute({
  id: 'derivativeProof',
  method: 'GET',
  path: '/derivatives/:id/proof',
  title: '下载片段证明',
  tag,
  access: 'signed-in',
  params,
  query: z.object({ chunks: z.enum(['included', 'left-out']).default('left-out') }),
  bytes: 'application/x-tar',
  refusals: ['not-found', 'not-permitted', 'wrong-state'],
})
