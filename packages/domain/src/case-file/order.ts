import { z } from 'zod'

const Citation = z.object({
  clause: z.string(),
  cite: z.string(),
  duty: z.string(),
  layer: z.enum(['national', 'base', 'overlay', 'agency']),
})

const Group = z.object({
  id: z.string(),
  title: z.string(),
  /** Document types, in the order in which they lie. */
  documents: z.array(z.string()).default([]),
  /** Takes whatever no other group of the volume lists, by date. */
  rest: z.boolean().default(false),
})

const Volume = z.array(Group).refine((groups) => groups.filter((g) => g.rest).length === 1, {
  error: 'a volume has exactly one group that takes the rest',
})

export const CaseFileOrder = z.object({
  citations: z.array(Citation).min(1),
  unnumbered: z.array(z.string()),
  receipts: z.array(z.string()),
  /** Group of the main volume behind whose documents the recordings are listed. */
  recordingsIn: z.string(),
  main: Volume,
  sub: Volume,
})
export type CaseFileOrder = z.infer<typeof CaseFileOrder>

export const RetentionYears = z.union([z.int().min(1), z.literal('permanent')])
export type RetentionYears = z.infer<typeof RetentionYears>

/** law/case-file.yaml. */
export const CaseFileLaw = z
  .object({
    order: CaseFileOrder,
    /** The document whose issue closes the case, for an agency that keeps files from then on. */
    closedBy: z.string(),
    retention: z.array(
      z.object({ class: z.enum(['ordinary', 'important']), years: RetentionYears, citation: Citation }),
    ),
    schedule: z.object({ citation: Citation }),
  })
  .refine((law) => law.order.main.some((g) => g.id === law.order.recordingsIn), {
    error: 'recordingsIn names a group of the main volume',
  })
export type CaseFileLaw = z.infer<typeof CaseFileLaw>
