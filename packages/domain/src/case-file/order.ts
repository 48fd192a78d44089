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
  /** Of the unnumbered those that lie behind everything else. */
  last: z.array(z.string()).default([]),
  receipts: z.array(z.string()),
  /** Group of the main volume behind whose documents the recordings are listed. */
  recordingsIn: z.string(),
  main: Volume,
  sub: Volume,
})
export type CaseFileOrder = z.infer<typeof CaseFileOrder>

/** law/case-file.yaml. */
export const CaseFileLaw = z
  .object({
    order: CaseFileOrder,
    /** No case file is kept shorter, where no text or setting keeps it longer. */
    retention: z.object({ years: z.int().min(1), citation: Citation }),
  })
  .refine((law) => law.order.main.some((g) => g.id === law.order.recordingsIn), {
    error: 'recordingsIn names a group of the main volume',
  })
export type CaseFileLaw = z.infer<typeof CaseFileLaw>
