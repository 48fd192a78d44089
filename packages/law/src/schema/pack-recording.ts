import { z } from 'zod'
import { ClauseId } from './limit.ts'

const text = z.string().min(1)
const src = { clause: ClauseId, note: z.string().optional() }

/** An enumerated thing that a text names, with the clause that names it. */
export const Named = z.strictObject({ code: text, label: text, ...src })

/** A field that a text wants filled in; what is meant by it, where the text's one word does not say. */
export const Asked = Named.extend({ help: text.optional() })

export const STRENGTHS = ['must-not', 'must', 'as-needed', 'may'] as const
export const Strength = z.enum(STRENGTHS)
export type Strength = z.infer<typeof Strength>

/** One recording scene of one text. The code is from law/scenes.yaml, so that texts with different words meet in it. */
export const PackScene = z.strictObject({
  scene: text,
  strength: Strength,
  ...src,
  /** Missing recording of a `must`: refuse unless the text or its default reading (A20) makes it a warning. */
  effect: z.enum(['refuse', 'warn']).default('refuse'),
  /** A setting of the agency that decides the effect instead. */
  effectSetting: z.string().optional(),
  whole: z.boolean().default(false),
  /** The text asks for written record and recording side by side; neither replaces the other. */
  dual: z.boolean().default(false),
  medium: z.enum(['video', 'audio', 'photo', 'surveillance', 'any']).default('any'),
  /** What a reviewer must confirm on the recording, as data keys of its facts. */
  checks: z.array(z.strictObject({ key: text, label: text })).default([]),
})
export type PackScene = z.output<typeof PackScene>

const exemption = z.strictObject({
  code: text,
  label: text,
  ...src,
  reasonRequired: z.boolean(),
  /** An exemption of this kind reaches scenes that are `must`, too. */
  reachesMust: z.boolean(),
})

const prohibition = z.strictObject({
  code: text,
  label: text,
  ...src,
  /** The flag that says the prohibited situation is there, and the one that lifts the prohibition. */
  flag: text,
  unless: z.string().nullable(),
  /** An issued document, or a mark on the recording itself, that lifts it as well. */
  unlessDocument: z.string().nullable().default(null),
  unlessData: z.string().nullable().default(null),
})

const notice = z.strictObject({
  timing: z.enum(['before', 'during']),
  wording: z.string().nullable(),
  scenes: z.array(text).default([]),
  ifPossible: z.boolean().default(false),
  ...src,
})

const interruption = z.strictObject({
  causes: z.array(text).min(1),
  voiceOnResume: ClauseId.nullable(),
  report: z.strictObject({ to: text, immediate: z.boolean(), clause: ClauseId }).nullable(),
  statement: z.strictObject({ form: z.enum(['written', 'any']), clause: ClauseId }).nullable(),
  /** The act goes on although the recording stopped. */
  continueAct: ClauseId.nullable(),
})

const said = z.strictObject({ items: z.array(text).min(1), ...src })

export const PackRecording = z.strictObject({
  /** Text is the basic form. */
  textFirst: z.strictObject(src).nullable().default(null),
  /** Complete text makes recording unnecessary where it is not a must. */
  textSufficientExempts: z.strictObject(src).nullable().default(null),
  /** Text and recording may be used together or each alone where neither is a must. */
  combination: z.strictObject(src).nullable().default(null),
  /** In must scenes documents and recording stand side by side; neither replaces the other. */
  dual: z.strictObject(src).nullable().default(null),
  /** Where recording the whole is impossible: the important parts, and text. */
  partialFallback: z.strictObject(src).nullable().default(null),
  /** The unit's own list of what is recorded in which step: what stands in it must be recorded. */
  itemList: z.strictObject(src).nullable().default(null),
  scenes: z.array(PackScene).default([]),
  exemptions: z.array(exemption).default([]),
  prohibitions: z.array(prohibition).default([]),
  notice: notice.nullable().default(null),
  opening: said.nullable().default(null),
  continuity: z
    .strictObject({ from: text, to: text, noSupplement: z.boolean(), ...src })
    .nullable()
    .default(null),
  interruption: interruption.nullable().default(null),
  multiDevice: z
    .strictObject({ strength: z.enum(['may', 'must']), ...src })
    .nullable()
    .default(null),
  keyContent: z.array(Named).default([]),
  basicElements: said.nullable().default(null),
  thirdPartyFilming: z.strictObject(src).nullable().default(null),
})
export type PackRecording = z.output<typeof PackRecording>
