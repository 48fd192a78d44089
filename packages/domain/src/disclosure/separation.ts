import { z } from 'zod'
import type { Citation } from '@liuhen/law/evaluation'
import type { FactPerson } from '@liuhen/law/fact'
import { type Refusal, refuse } from '../refusal.ts'

/** law/disclosure.yaml: what a publication rests on, and where a text wants the publisher to be somebody else than the one who reviews. */
export const DisclosureLaw = z.object({
  /** The document that a publication rests on, and the field of each element in it. */
  paper: z.object({
    type: z.string(),
    elements: z.object({
      decisionNo: z.string(),
      decidedOn: z.string(),
      violation: z.string(),
      penalty: z.string(),
      basis: z.string(),
    }),
  }),
  /** By pack; an agency without such a pack is free to let one person do both. */
  separateReviewer: z.array(
    z.object({
      pack: z.string(),
      citation: z.object({
        clause: z.string(),
        cite: z.string(),
        duty: z.string(),
        layer: z.enum(['national', 'base', 'overlay', 'agency']),
      }),
    }),
  ),
})
export type DisclosureLaw = z.infer<typeof DisclosureLaw>

/** The publisher may not be one of those who reviewed, where a pack of the case says so. */
export const reviewerPublishes = (
  law: DisclosureLaw,
  packs: readonly string[],
  publisher: string,
  reviewers: readonly FactPerson[],
): Refusal | undefined => {
  const rules: Citation[] = law.separateReviewer.filter((r) => packs.includes(r.pack)).map((r) => r.citation)
  if (rules.length === 0 || !reviewers.some((r) => r.personId === publisher)) return undefined
  return refuse('law-gate', '公示的发布人与审查人是同一人', '请由另一名公示发布员发布', rules)
}
