import { randomInt } from 'node:crypto'
import type { ResponseOf } from '@liuhen/api/route'
import { beginStep, completeStep, getCase } from '@liuhen/api/routes/cases'
import {
  approveDocument,
  getForm,
  returnDocument,
  signDocument,
  submitDocument,
} from '@liuhen/api/routes/documents'
import { serveDocument } from '@liuhen/api/routes/service'
import { moveClock } from '@liuhen/api/routes/setup'
import type { z } from 'zod'
import type { Progress } from '../progress.ts'
import { ApiError, type Session } from '../api-session.ts'

/** People signed in, the case under way and the clock: what every scene of the story uses. */
export type Play = Readonly<{
  people: Readonly<Record<string, Session>>
  ids: Readonly<Record<string, string>>
  caseId: string
  progress: Progress
  refusals: { what: string; cites: string[] }[]
  /** Types what a form wants beside what the story says. */
  types?: (opened: Opened, said: Opened['data']) => Opened['data']
}>

type Opened = ResponseOf<typeof getForm>

type Step = z.input<typeof beginStep.body>

export const as = (p: Play, who: string): Session => {
  const session = p.people[who]
  if (session === undefined) throw new Error(`nobody called ${who} is signed in`)
  return session
}

const idOf = (p: Play, who: string): string => {
  const id = p.ids[who]
  if (id === undefined) throw new Error(`no person ${who}`)
  return id
}

export const idsOf = (p: Play, who: readonly string[]): string[] => who.map((w) => idOf(p, w))

/** Moves the demonstration's clock to an instant in China time, `2026-03-10 09:30`. */
export const at = async (p: Play, when: string): Promise<void> => {
  const now = `${when.replace(' ', 'T')}:00+08:00`
  await as(p, 'officer').call(moveClock, { body: { now } })
}

export const begin = (p: Play, who: string, step: string, body: Step = {}) =>
  as(p, who).call(beginStep, { params: { id: p.caseId, step }, body })

export const complete = (p: Play, who: string, step: string, body: Step = {}) =>
  as(p, who).call(completeStep, { params: { id: p.caseId, step }, body })

export type Form = Readonly<{
  type: string
  step: string
  data?: Readonly<Record<string, unknown>>
  about?: string
  documentId?: string
  /** How long an activity lasted: told where the form asks for it. */
  span?: Readonly<{ startAt: string; endAt: string }>
  /** Said where a rule only warns. */
  reason?: string
}>

const spanIn = ({ definition }: Opened, span: Form['span'] = { startAt: '', endAt: '' }) => {
  const asked = new Set(definition.sections.flatMap((s) => s.fields.map((f) => f.id)))
  return Object.fromEntries(Object.entries(span).filter(([key, at]) => at !== '' && asked.has(key)))
}

/** Opens the form, keeps what the case already knows, types the rest and submits. Answers the document's id. */
export const submit = async (p: Play, who: string, form: Form): Promise<string> => {
  const { type, step } = form
  const opened = await as(p, who).call(getForm, {
    params: { id: p.caseId, type },
    query: { step, ...(form.about === undefined ? {} : { about: form.about }) },
  })
  const said = { ...opened.data, ...spanIn(opened, form.span), ...form.data } as Opened['data']
  const data = p.types?.(opened, said) ?? said
  const done = await as(p, who).call(submitDocument, {
    params: { id: p.caseId },
    body: {
      type,
      step,
      data,
      ...(form.about === undefined ? {} : { about: form.about }),
      ...(form.documentId === undefined ? {} : { documentId: form.documentId }),
      ...(form.reason === undefined ? {} : { reason: form.reason }),
    },
  })
  if (done.id === undefined) throw new Error(`${type} was submitted without an id`)
  return done.id
}

const document = (p: Play, documentId: string) => ({ params: { id: p.caseId, documentId } })

export const approve = (p: Play, who: string, documentId: string, opinion = '同意。') =>
  as(p, who).call(approveDocument, { ...document(p, documentId), body: { opinion } })

export const sendBack = (p: Play, who: string, documentId: string, opinion: string) =>
  as(p, who).call(returnDocument, { ...document(p, documentId), body: { opinion } })

/** A signature written by a hand that shakes a little: two strokes over half a second. */
const strokes = (name: string): { x: number; y: number; t: number; p: number }[][] => {
  const wave = (k: number, offset: number) =>
    Array.from({ length: 24 }, (_, i) => ({
      x: Math.round(offset + i * 5 + randomInt(3)),
      y: Math.round(60 + 26 * Math.sin(i / (2.2 + k)) + randomInt(4)),
      t: i * 18,
      p: Number((0.4 + 0.3 * Math.sin(i / 4)).toFixed(2)),
    }))
  return Array.from({ length: Math.min(name.length, 4) }, (_, k) => wave(k * 0.7, 20 + k * 90))
}

type Signer = Readonly<{ role: string; name?: string; person?: string }>

/** `who` holds the pad for people from outside; whoever has an account signs in their own session. */
export const sign = async (
  p: Play,
  who: string,
  documentId: string,
  signers: readonly Signer[],
): Promise<void> => {
  for (const s of signers) {
    const body = {
      role: s.role,
      ...(s.name === undefined ? {} : { name: s.name }),
      ...(s.person === undefined ? {} : { personId: idOf(p, s.person) }),
      strokes: strokes(s.name ?? '签名'),
    }
    await as(p, s.person ?? who).call(signDocument, { ...document(p, documentId), body })
  }
}

export const serve = (p: Play, who: string, documentId: string, body: z.input<typeof serveDocument.body>) =>
  as(p, who).call(serveDocument, { ...document(p, documentId), body })

/** Something that the system must refuse, with its clause. A demonstration in which it passes has failed. */
export const refused = async (p: Play, what: string, attempt: () => Promise<unknown>): Promise<void> => {
  try {
    await attempt()
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.code !== 'law-gate') throw error
    const reasons = error.problem.reasons
    const cites = [...new Set(reasons.flatMap((r) => r.citations.map((c) => c.cite)))]
    p.refusals.push({ what, cites })
    p.progress.step(`  ✋ 拒绝：${what} —— ${reasons[0]?.message ?? ''}（依据${cites[0] ?? '?'}）`)
    return
  }
  throw new Error(`the system allowed what it must refuse: ${what}`)
}

export const workspace = (p: Play) => as(p, 'officer').call(getCase, { params: { id: p.caseId } })

export type Refused = Readonly<{ codes: readonly string[]; cites: readonly string[] }>

/** The codes with which the law refuses an attempt, and the clauses that it cites. An attempt that passes is an error. */
export const refusalOf = async (attempt: () => Promise<unknown>): Promise<Refused> => {
  try {
    await attempt()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const { reasons } = error.problem
    return {
      codes: reasons.map((r) => r.code),
      cites: reasons.flatMap((r) => r.citations.map((c) => c.clause)),
    }
  }
  throw new Error('the system allowed what it must refuse')
}
