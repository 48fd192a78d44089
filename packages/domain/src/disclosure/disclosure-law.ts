import { z } from 'zod'

/** law/disclosure.yaml: what a publication rests on. */
export const DisclosureLaw = z.object({
  /** The document that a publication rests on, and the field of each element in it. */
  paper: z.object({
    type: z.string(),
    elements: z.object({
      decisionNo: z.string(),
      decidedOn: z.string(),
      party: z.string(),
      violation: z.string(),
      penalty: z.string(),
      basis: z.string(),
    }),
  }),
})
export type DisclosureLaw = z.infer<typeof DisclosureLaw>
