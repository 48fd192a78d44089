import { SHREDDED } from '../case/shredded.ts'
import type { Instant } from '@liuhen/law/fact'
import type { Actor } from '../event.ts'
import type { DerivativeEvent, DestroyedBytes, Made, Making, Source } from './events.ts'
import type { Kind, Purpose, Spec } from './spec.ts'

export type By = Pick<Actor, 'userId' | 'name'>
type Said = Readonly<{ by: By; at: Instant }>

export const STATUSES = [
  'making',
  'failed',
  'made',
  'approved',
  'returned',
  'withdrawn',
  'destroyed',
] as const
export type Status = (typeof STATUSES)[number]

export type Derivative = Readonly<{
  status: Status
  number: string
  source: Source
  /** Nothing is asked of it where that went with the case file: see `shredded`. */
  spec: Spec
  purpose: Purpose
  reason: string
  /** The case file went: of this copy only number, source, bytes and end are known. */
  shredded?: true
  recipient?: string
  requested: Said
  /** How often it was tried. */
  attempts: number
  failed?: Readonly<{ why: string; detail?: string | undefined; at: Instant }>
  made?: Made & Making & Readonly<{ at: Instant }>
  reviewed?: Said & Readonly<{ approved: boolean; words: string; watchedSeconds: number }>
  releases: readonly (Said &
    Readonly<{
      reason: string
      recipient: string
      entry?: string | undefined
      chunks?: boolean | undefined
    }>)[]
  withdrawn?: Said & Readonly<{ reason: string }>
  destroyed?: Readonly<{
    batchId: string
    number: string
    at: Instant
    bytes?: readonly DestroyedBytes[] | undefined
  }>
}>
export type DerivativeState = Derivative | Readonly<{ status: 'none' }>
export const initialDerivative: DerivativeState = { status: 'none' }

/** Whose face would be out for good: these copies leave the organs, whatever was done to them. */
const LEAVES_FOR_GOOD: readonly Purpose[] = ['party', 'disclosure']

/** Somebody else must have seen every second of what was covered, and of what parties or the public get. */
export const needsReview = ({ spec, purpose }: Pick<Derivative, 'spec' | 'purpose'>): boolean =>
  spec.kind === 'redaction' || LEAVES_FOR_GOOD.includes(purpose)

export const isReady = (d: Derivative): boolean =>
  d.status === 'approved' || (d.status === 'made' && !needsReview(d))

/** Its bytes are here. */
export const isMade = (d: Derivative): d is Derivative & { made: NonNullable<Derivative['made']> } =>
  d.made !== undefined && d.destroyed === undefined

const change = (
  d: Derivative,
  e: Exclude<DerivativeEvent, { type: 'DerivativeRequested' }>,
  by: By,
): Derivative => {
  const at = e.occurredAt
  switch (e.type) {
    case 'DerivativeMade':
      return { ...d, status: 'made', made: { ...e.data.public, ...e.data.internal, at } }
    case 'DerivativeFailed':
      return { ...d, status: 'failed', failed: { ...e.data.internal, at } }
    case 'DerivativeRetried':
      return { ...d, status: 'making', attempts: e.data.internal.attempt }
    case 'DerivativeReviewed': {
      const { approved } = e.data.internal
      return { ...d, status: approved ? 'approved' : 'returned', reviewed: { ...e.data.internal, by, at } }
    }
    case 'DerivativeReleased':
      return {
        ...d,
        releases: [...d.releases, { recipient: SHREDDED, ...e.data.internal, ...e.data.personal, by, at }],
      }
    case 'DerivativeWithdrawn':
      return { ...d, status: 'withdrawn', withdrawn: { ...e.data.internal, by, at } }
    case 'ContentShredded':
      return { ...d, shredded: true }
    case 'ContentGone':
      return d
    case 'DerivativeDestroyed':
      return { ...d, status: 'destroyed', destroyed: { ...e.data.internal, at } }
  }
}

/** What stands for what nobody knows any more. Such a copy is shown to nobody: its number and its end are. */
const unknown = (kind: Kind): Pick<Derivative, 'spec' | 'purpose' | 'reason'> => {
  const spec: Spec =
    kind === 'redaction'
      ? { kind, style: 'black', areas: [], mutes: [], marked: false }
      : kind === 'clip'
        ? { kind, range: { from: 0, to: 0 }, exact: false }
        : { kind }
  return { spec, purpose: 'other', reason: SHREDDED }
}

export const evolveDerivative = (
  s: DerivativeState,
  e: DerivativeEvent,
  { userId, name }: By,
): DerivativeState => {
  const by = { userId, name }
  if (e.type !== 'DerivativeRequested') {
    if (s.status === 'none') throw new Error(`${e.type} cannot come before a derivative was requested`)
    return change(s, e, by)
  }
  const { number, source, kind } = e.data.public
  return {
    status: 'making',
    number,
    source,
    ...(e.data.internal ?? unknown(kind)),
    ...e.data.personal,
    requested: { by, at: e.occurredAt },
    attempts: 1,
    releases: [],
  }
}
