import { z } from 'zod'
import { Rank } from './fact.ts'

/** Which compartment of the record a value goes to (integrity: each has its own salt and can be disclosed or shredded alone). */
export const Compartment = z.enum(['public', 'internal', 'personal'])
export type Compartment = z.infer<typeof Compartment>

const id = z.string().regex(/^[a-z][a-zA-Z0-9]*$/, 'field ids are lowerCamelCase')

/** What makes a field or a signature asked: another field of the form has this value, or one of these. */
const When = z.object({
  field: z.string(),
  equals: z.union([z.string(), z.boolean(), z.array(z.string()).min(1)]),
})

const base = {
  id,
  /** Chinese label, as printed. */
  label: z.string().min(1),
  required: z.boolean().default(false),
  /** The clauses that name this element; shown beside the field while it is empty. */
  requiredBy: z.array(z.string()).default([]),
  compartment: Compartment.default('internal'),
  help: z.string().optional(),
  /** Path in the form context from which the value is taken, so that nothing is typed twice (see FormContext in domain); of several the first that leads to something. */
  from: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  /** The same from case to case of one kind: taken over from an earlier paper when somebody asks for that. */
  again: z.literal(true).optional(),
  /** Only asked when another field has this value, or one of these: { field, equals }. */
  when: When.optional(),
  /** A correction of it changes what the party owes or may do (`always`), or somebody must say that it does not (`ask`). */
  rights: z.enum(['always', 'ask']).optional(),
  /** A time that tells of what has happened: not later than the submission. */
  past: z.boolean().optional(),
  /** A time that does not lie before that of another field of the form (or of the same row). */
  notBefore: id.optional(),
}

const Option = z.object({ value: z.string(), label: z.string() })

/** The last day of a period that begins on the day in another field: as a provision fixes it, or so many days as a field says. */
const LastDay = z.union([
  z.strictObject({ after: id, provision: z.string(), value: z.string().default('limit') }),
  z.strictObject({ after: id, days: id }),
])
export type LastDay = z.output<typeof LastDay>

const simple = [
  z.object({
    ...base,
    kind: z.literal('text'),
    max: z.int().max(500).default(200),
    pattern: z.string().optional(),
    /**
     * May be picked from what a register of the agency lends to the case, an entry of this event: what of the entry is shown,
     * and which fields of the form it fills, each with which datum.
     */
    pick: z
      .strictObject({
        event: z.string(),
        /** A datum, or one whose unit another datum names: `{ datum: least, by: measure, units: { times: 倍 } }`. */
        show: z
          .array(
            z.union([
              z.string(),
              z.strictObject({
                datum: z.string(),
                by: z.string(),
                units: z.record(z.string(), z.string()),
              }),
            ]),
          )
          .min(1),
        fill: z.record(id, z.string()),
        /** The citations of the form that an entry may belong to, and its datum that says to which. */
        under: z.strictObject({ field: id, datum: z.string() }).optional(),
      })
      .optional(),
  }),
  z.object({ ...base, kind: z.literal('longtext'), max: z.int().max(20_000).default(4_000) }),
  z.object({ ...base, kind: z.literal('date'), lastDay: LastDay.optional() }),
  z.object({
    ...base,
    kind: z.literal('datetime'),
    /** Asked and printed to the second: a recording may be short. */
    seconds: z.boolean().optional(),
  }),
  z.object({
    ...base,
    kind: z.literal('integer'),
    min: z.int().default(0),
    max: z.int().default(1_000_000),
    unit: z.string().optional(),
  }),
  /** Amount in fen as a decimal string of digits; printed in figures and in capital Chinese numerals. */
  z.object({
    ...base,
    kind: z.literal('money'),
    /** The amounts between which it stands as a rule, and the field that says why where it does not. */
    within: z
      .strictObject({
        min: id,
        max: id,
        otherwise: id,
        /** Where another field has this value, no amount at all stands there as a rule. */
        none: When.optional(),
      })
      .optional(),
    /** So many times another amount, or so many per cent of it: the amount, the number, and which of both (times or percent). */
    scaled: z.strictObject({ base: id, factor: id, unit: id }).optional(),
  }),
  z.object({ ...base, kind: z.literal('choice'), options: z.array(Option).min(2) }),
  z.object({ ...base, kind: z.literal('multichoice'), options: z.array(Option).min(2) }),
  z.object({ ...base, kind: z.literal('boolean') }),
  z.object({ ...base, kind: z.literal('idnumber') }),
  z.object({ ...base, kind: z.literal('orgcode') }),
  z.object({ ...base, kind: z.literal('phone') }),
  /** Enforcement officers of the agency: an array of { personId, name, certNo }. */
  z.object({ ...base, kind: z.literal('officers'), min: z.int().default(1) }),
  /** A photo of the case, by its recording; printed as a picture. */
  z.object({ ...base, kind: z.literal('photo') }),
  /** Citations of law: an array of { title, article, text? } picked from the library or typed. */
  z.object({ ...base, kind: z.literal('articles') }),
] as const

const SimpleField = z.discriminatedUnion('kind', simple)

export const Field = z.discriminatedUnion('kind', [
  ...simple,
  /** Repeating rows: 物品清单. An array of objects keyed by column id. */
  z.object({
    ...base,
    kind: z.literal('rows'),
    columns: z.array(SimpleField).min(1),
    min: z.int().default(0),
    max: z.int().default(200),
    /**
     * Rows made of what texts of the case say, one of each line: the path of a text in the form context, the column that takes
     * the line, and what the other columns are then. `none`: lines that say that there is nothing.
     */
    linesFrom: z
      .strictObject({
        texts: z
          .array(z.strictObject({ path: z.string(), into: id, set: z.record(id, z.string()).default({}) }))
          .min(1),
        none: z.array(z.string()).default([]),
      })
      .optional(),
  }),
  /** Question and answer: 询问笔录. An array of { q, a }. */
  z.object({
    ...base,
    kind: z.literal('dialogue'),
    max: z.int().default(300),
    phrases: z.array(z.string()).default([]),
    /**
     * Each line keeps when its typing began, so that it leads to its second of the recording that runs beside it. Names the
     * fields of the form that say which recorder, when it began by its own clock, and by how many seconds that clock is ahead.
     */
    stamped: z
      .strictObject({ device: id, startAt: id, ahead: id, printed: z.boolean().default(false) })
      .optional(),
  }),
])
export type Field = z.infer<typeof Field>

export const SignatureSlot = z.object({
  /** officer · party · witness · recorder · reviewer · chair · participant · approver · custodian · inspector · recipient · expert · entrusted */
  role: z.string(),
  label: z.string(),
  min: z.int().min(0).default(1),
  /** As many sign as this field of the form names people, and `min` at the least. */
  each: id.optional(),
  /** The signer may refuse; then the reason and witnesses (or a recording) stand in. */
  refusable: z.boolean().default(false),
  /** Only asked when a field of the form has this value. */
  when: When.optional(),
  clause: z.string().optional(),
  /** The field of the form that says who signs here: whoever received the paper for the party. */
  named: id.optional(),
  /** Whoever signs here has the paper in hand: the signature tells its delivery. */
  receives: z.literal(true).optional(),
})
export type SignatureSlot = z.infer<typeof SignatureSlot>

type Form = Readonly<{ sections: readonly Readonly<{ fields: readonly Field[] }>[] }>

const namesField = (form: Form, name: string | undefined, kind: Field['kind']): boolean =>
  name === undefined || form.sections.some((s) => s.fields.some((f) => f.id === name && f.kind === kind))

/** What a stamped record says of its recorder stands in the same form. */
const hasRecorder = (form: Form): boolean =>
  form.sections.every((s) =>
    s.fields.every(
      (f) =>
        f.kind !== 'dialogue' ||
        f.stamped === undefined ||
        (namesField(form, f.stamped.device, 'text') &&
          namesField(form, f.stamped.startAt, 'datetime') &&
          namesField(form, f.stamped.ahead, 'integer')),
    ),
  )

const isTime = (field: Field): boolean => field.kind === 'date' || field.kind === 'datetime'

const timesOf = (form: Form): string[] =>
  form.sections.flatMap((s) => s.fields.filter(isTime).map((f) => f.id))

/** `past` and `notBefore` are said of times only, and the other one is a time beside it. */
const followsATime = (field: Field, times: readonly string[]): boolean => {
  if (field.kind === 'rows') {
    const own = field.columns.filter(isTime).map((c) => c.id)
    return field.columns.every((c) => followsATime(c, own))
  }
  if (!isTime(field)) return field.past === undefined && field.notBefore === undefined
  return field.notBefore === undefined || (field.notBefore !== field.id && times.includes(field.notBefore))
}

/** The list of which each row is a thing with a label: its field, and the columns that say what the thing is. */
const Labels = z.strictObject({
  list: id,
  name: z.array(id).min(1),
  quantity: z.array(id).min(1),
  feature: z.array(id).default([]),
  /** Where the list has no number of its own: the field with the number of the decision that it belongs to. */
  number: id.optional(),
})
export type Labels = z.output<typeof Labels>

const labelsAList = (form: Form, labels: Labels | undefined): boolean =>
  labels === undefined ||
  form.sections.some((s) =>
    s.fields.some(
      (f) =>
        f.kind === 'rows' &&
        f.id === labels.list &&
        [...labels.name, ...labels.quantity, ...labels.feature].every((c) =>
          f.columns.some((column) => column.id === c),
        ),
    ),
  )

/**
 * One form: the source of the web form, the checks, the API schema and the PDF. Life: draft (not record) →
 * submitted → approvals in order (each an opinion; or returned) → signatures → issued (number, rendered) → served.
 */
export const DocumentDefinition = z
  .object({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/),
    name: z.string(),
    /** The title as printed, if it differs from the name. */
    title: z.string().optional(),
    /** What it is called where a choice of the form says so: 冻结决定书, where the measure is to freeze. */
    titles: z.strictObject({ field: id, of: z.record(z.string(), z.string().min(1)) }).optional(),
    effectiveFrom: z.iso.date(),
    effectiveTo: z.iso.date().optional(),
    /** The folder of its template, where that is not named by its id: a later version lies beside the earlier one. */
    template: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/)
      .optional(),
    kind: z.literal('document').default('document'),
    requiredBy: z.array(z.string()),
    /** 正卷 may be read by the party; 副卷 is internal. */
    audience: z.enum(['main', 'sub']),
    /** `preNumbered`: drawn as booklets of numbered blanks, filled in on the spot by hand or printed (pen-52). */
    /** Present where the paper carries a 文号: word is the kind's word, e.g. 罚决; the number is gapless per agency, word and year. */
    numbering: z.object({ word: z.string(), preNumbered: z.boolean().optional() }).optional(),
    /** Ranks in order; `param` names a pack parameter that fixes them instead (e.g. filing.approvers). */
    approvals: z
      .union([z.array(Rank), z.object({ param: z.string(), otherwise: z.array(Rank) })])
      .default([]),
    /** May still be made when the case is archived: it belongs to what follows the file, not to the file. */
    afterArchiving: z.boolean().optional(),
    /** In what capacity those who approve it act, where a rule keeps them from something else (disclosure-reviewer). */
    approvedAs: z
      .string()
      .regex(/^[a-z][a-z-]*$/)
      .optional(),
    /**
     * The field in which the handler who submits gives the handler's opinion: what is typed there is recorded and printed as
     * the first approval, not as data of the form.
     */
    opinionField: id.optional(),
    /** The field that says main or sub on a paper of whose kind both volumes have one: cover, index, note. */
    volumeField: id.optional(),
    signatures: z.array(SignatureSlot).default([]),
    seal: z.boolean().default(false),
    /** Must be served on the party before it has effect on them. */
    served: z.boolean().default(false),
    /**
     * The fields that name those on whom it is served, where there may be several; otherwise the party of the case. A field
     * names one, whatever stands in it; a `list` names several, with 、 between them.
     */
    servedOn: z
      .array(z.union([id, z.strictObject({ list: id })]))
      .min(1)
      .optional(),
    /** Of whom it is, where a case has such papers of several people: any of these fields tells one from another. */
    subject: z.array(id).min(1).optional(),
    /** What such a paper is always about, where none of its fields is taken from that: an issued paper, a recording, an earlier fact by its name. */
    about: z.array(z.string()).optional(),
    /** A receipt: it proves the service of the paper that it is about. */
    provesService: z.boolean().optional(),
    /** May not be served by fax or e-mail unless the agency's switch and a signed consent say so. */
    decision: z.boolean().default(false),
    /** Of a paper that ends the matter: the fields that tell how, in one line. */
    result: z.array(id).optional(),
    /** A sheet of labels can be printed of it, one for each thing of its list. */
    labels: Labels.optional(),
    /** Several may exist in one case (送达回证, 询问笔录). */
    repeatable: z.boolean().default(false),
    /** Template variables beyond the fields live in the FormContext. */
    sections: z.array(z.object({ title: z.string(), fields: z.array(Field).min(1) })).min(1),
  })
  .refine((d) => namesField(d, d.opinionField, 'longtext'), {
    path: ['opinionField'],
    error: 'opinionField names a longtext field of the form',
  })
  .refine((d) => namesField(d, d.volumeField, 'choice'), {
    path: ['volumeField'],
    error: 'volumeField names a choice field of the form',
  })
  .refine((d) => namesField(d, d.titles?.field, 'choice'), {
    path: ['titles'],
    error: 'titles names a choice field of the form',
  })
  .refine((d) => labelsAList(d, d.labels), {
    path: ['labels'],
    error: 'labels names a list of the form and its columns',
  })
  .refine((d) => d.signatures.every((slot) => namesField(d, slot.each, 'officers')), {
    path: ['signatures'],
    error: 'each names a field of officers of the form',
  })
  .refine((d) => d.signatures.every((slot) => namesField(d, slot.named, 'text')), {
    path: ['signatures'],
    error: 'named names a text field of the form',
  })
  .refine(
    (d) => (d.servedOn ?? []).every((one) => namesField(d, typeof one === 'string' ? one : one.list, 'text')),
    {
      path: ['servedOn'],
      error: 'servedOn names text fields of the form',
    },
  )
  .refine(
    (d) => (d.subject ?? []).every((name) => d.sections.some((s) => s.fields.some((f) => f.id === name))),
    {
      path: ['subject'],
      error: 'subject names fields of the form',
    },
  )
  .refine(
    (d) => (d.result ?? []).every((name) => d.sections.some((s) => s.fields.some((f) => f.id === name))),
    {
      path: ['result'],
      error: 'result names fields of the form',
    },
  )
  .refine(hasRecorder, {
    path: ['sections'],
    error: 'stamped names a text, a datetime and an integer of the form',
  })
  .refine((d) => d.sections.every((s) => s.fields.every((f) => followsATime(f, timesOf(d)))), {
    path: ['sections'],
    error: 'notBefore stands at a time and names another time of the form, or of the row',
  })
export type DocumentDefinition = z.infer<typeof DocumentDefinition>
