import type { FileItem } from '@liuhen/domain/case-file/arrange'
import type { CaseEvent } from '@liuhen/domain/case/events'
import { evaluateCase } from '@liuhen/domain/case/gate'
import type { Decided } from '@liuhen/domain/case/open'
import { assembleFile as decideAssembly } from '@liuhen/domain/case/record'
import { type CaseState, evolveCase } from '@liuhen/domain/case/state'
import { submitDocument } from '@liuhen/domain/document/submit'
import { present } from '@liuhen/domain/present'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { actOnCase, type Attempt, type CaseCommand, type CaseDone } from '../case-stream/act-on-case.ts'
import { getAgency } from '../case-stream/agency.ts'
import { formContext } from '../case-stream/form-context.ts'
import { arrangeCase } from './arrange-case.ts'
import type { FileDeps } from './file-law.ts'
import { filePaper, type PaperInput, type Volume } from './file-papers.ts'
import { retentionOf } from './retention-of.ts'

const isSame = (a: readonly FileItem[] | undefined, b: readonly FileItem[]): boolean =>
  a !== undefined && a.length === b.length && a.every((item, i) => item.sha256 === b[i]?.sha256)

type Paper = Readonly<{ type: string; step: string; volume: Volume }>

/** Cover, index and note of each volume that holds something, in the step that the procedure gives them. */
const papersOf = (at: Attempt, types: readonly string[], items: readonly FileItem[]): readonly Paper[] => {
  const { steps } = evaluateCase(at.state, at.ctx)
  const volumes = (['main', 'sub'] as const).filter((v) => items.some((i) => i.audience === v))
  return volumes.flatMap((volume) =>
    types.flatMap((type) => {
      const step = steps.find((s) => s.documents.some((d) => d.type === type))
      return step === undefined ? [] : [{ type, volume, step: step.id }]
    }),
  )
}

/** Submits the papers one after the other, each on the case as the one before left it. */
const submitAll = (at: Attempt, papers: readonly Paper[], input: PaperInput, reason?: string): Decided => {
  const events: CaseEvent[] = []
  let state: CaseState = at.state
  for (const { type, step, volume } of papers) {
    const definition = at.ctx.law.document(type)
    if (definition === undefined) continue
    const data = filePaper(definition, volume, input)
    const made = submitDocument(state, present({ type, step, data, reason }), at.ctx)
    if (isRefusal(made)) return made
    events.push(...made)
    state = made.reduce((s: CaseState, e) => evolveCase(s, e, at.ctx.actor), state)
  }
  return events
}

const decide = async (deps: FileDeps, at: Attempt, reason?: string): Promise<Decided> => {
  const { state: s, ctx, bound } = at
  const { caseFile } = deps.fileLaw
  const items = arrangeCase(s, { order: caseFile.order, law: bound.law, sceneName: bound.terms.sceneName })
  if (isRefusal(items)) return items
  if (isSame(s.file, items)) return refuse('wrong-state', '案卷已经组成，材料没有变化', '请签署备考表后归档')
  const agency = await getAgency(at.tx, ctx.actor.agencyId)
  const context = formContext(s, {
    agency,
    step: undefined,
    actor: ctx.actor,
    now: ctx.now,
    words: bound.terms,
  })
  const retention = retentionOf(caseFile, s, ctx)
  const papers = papersOf(at, caseFile.order.unnumbered, items)
  const submitted = submitAll(at, papers, { context, items, retention }, reason)
  if (isRefusal(submitted)) return submitted
  const after = submitted.reduce((x: CaseState, e) => evolveCase(x, e, ctx.actor), s)
  const assembled = decideAssembly(after, items, ctx, reason)
  return isRefusal(assembled) ? assembled : [...submitted, ...assembled]
}

/**
 * Arranges what the case holds into 正卷 and 副卷, numbers the pages, makes cover, index and note of each volume as
 * documents of the case, and records the list. May be repeated until archiving when something was added.
 */
export const assembleFile = (deps: FileDeps, c: CaseCommand, reason?: string): Promise<CaseDone | Refusal> =>
  actOnCase(deps, c, (at) => decide(deps, at, reason))
