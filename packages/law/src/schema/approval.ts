import { z } from 'zod'
import { ClauseId } from './limit.ts'

const Post = z.enum(['unit-head', 'deputy-head', 'agency-head'])
const Said = z.array(z.string().min(1))

/** law/approval.yaml: on what it rests that nobody approves what is one's own, who takes a service back, and what approvers say. */
export const ApprovalFile = z.strictObject({
  own: z.strictObject({ clauses: z.array(ClauseId).min(1) }),
  retraction: z.strictObject({ clauses: z.array(ClauseId).min(1), posts: z.array(Post).min(1) }),
  phrases: z.strictObject({
    any: z.strictObject({ agree: Said, return: Said }),
    papers: z.array(z.strictObject({ of: z.array(z.string()).min(1), agree: Said, return: Said })),
  }),
})
export type ApprovalFile = z.output<typeof ApprovalFile>

/** What an approver of this kind of paper may take: to agree and to give back; where the paper has none, those of any. */
export const approvalPhrases = (
  { phrases }: Readonly<{ phrases: ApprovalFile['phrases'] }>,
  type: string,
): Readonly<{ agree: readonly string[]; return: readonly string[] }> => {
  const own = phrases.papers.find((one) => one.of.includes(type))
  return own === undefined
    ? phrases.any
    : {
        agree: [...new Set([...own.agree, ...phrases.any.agree])],
        return: [...new Set([...own.return, ...phrases.any.return])],
      }
}
