import type { Citation, Reason } from '@liuhen/law/evaluation'

type Asked = Pick<Reason, 'code' | 'effect' | 'message' | 'todo'> &
  Readonly<{ citations: readonly Citation[] }>

export type Article<R> = Readonly<{
  /** 《…》第十六条; empty where a reason rests on no article. */
  cite: string
  citations: readonly Citation[]
  reasons: readonly R[]
}>

/** Reasons under the article that each names first; what may not be done stands before what is only marked. */
export function whyNot<R extends Asked>(reasons: readonly R[]): readonly Article<R>[] {
  const groups = new Map<string, { citations: Citation[]; reasons: R[] }>()
  const ordered = reasons.toSorted((a, b) => Number(a.effect === 'warn') - Number(b.effect === 'warn'))
  for (const reason of ordered) {
    const cite = reason.citations[0]?.cite ?? ''
    const group = groups.get(cite) ?? { citations: [], reasons: [] }
    groups.set(cite, group)
    if (!group.reasons.some((r) => r.code === reason.code && r.message === reason.message))
      group.reasons.push(reason)
    for (const one of reason.citations)
      if (group.citations.every((c) => c.clause !== one.clause)) group.citations.push(one)
  }
  return [...groups].map(([cite, group]) => ({ cite, ...group }))
}
