import { type Can, canCarryOutStep } from '../case/can.ts'
import type { CaseLaw } from '../case/context.ts'
import type { OpenCase } from '../case/state.ts'
import type { Actor } from '../event.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { isSignedByAgency } from './progress.ts'
import type { DocumentState } from './state.ts'

const CORRECT = '请走文书更正程序；本机关的制度没有规定更正程序的，依法撤销、变更或者重新办理'

/** Whether something in the case already rests on the paper: its step's end, another paper, the case's number. */
const reliedOn = (
  s: OpenCase,
  doc: DocumentState,
  law: Pick<CaseLaw, 'caseNumberFrom'>,
): string | undefined => {
  const since = s.facts.findIndex((f) => f.kind === 'document' && f.ref === doc.id)
  const later = s.facts.slice(since + 1)
  if (later.some((f) => f.kind === 'step' && f.name === doc.step && f.state === 'done'))
    return '所在环节已经完成'
  if (Object.values(s.documents).some((d) => d.corrected?.by === doc.id)) return '更正已经生效'
  const papers = Object.values(s.documents).filter((d) => d.status !== 'voided')
  if (papers.some((d) => d.about === doc.id)) return '已有其他文书以它为对象'
  if (later.some((f) => f.kind !== 'document' && f.about === doc.id)) return '已有记载以它为对象'
  const numbered = law.caseNumberFrom === doc.type && doc.number !== undefined && doc.number === s.caseNo
  return numbered ? '案件已经以它的文号编号' : undefined
}

/** Above the handler: the handler's own opinion binds nobody else. */
const approvedAbove = (doc: DocumentState): boolean => doc.approvals.some((a) => a.rank !== 'handler')

const hindrance = (
  s: OpenCase,
  doc: DocumentState,
  law: Pick<CaseLaw, 'caseNumberFrom'>,
): Refusal | undefined => {
  if (doc.status === 'voided') return refuse('wrong-state', '这份文书已经作废', '请另行制作')
  if (doc.status === 'returned')
    return refuse('wrong-state', '这份文书已被退回，不需要作废', '请修改后重新提交')
  if (doc.served.length > 0) return refuse('wrong-state', '文书已经送达，不能作废', CORRECT)
  if (doc.signatures.some((x) => !isSignedByAgency(x.role)))
    return refuse('wrong-state', '文书已经由当事人或者其他外部人员签名（拒签），不能作废', CORRECT)
  if (doc.status === 'issued' && approvedAbove(doc))
    return refuse('wrong-state', '文书已经负责人批准并签发，不能由制作人作废', CORRECT)
  const why = reliedOn(s, doc, law)
  return why === undefined ? undefined : refuse('wrong-state', `${why}，这份文书不能作废`, CORRECT)
}

export const notAuthor = refuse('not-permitted', '只有制作人本人可以作废文书', '请由提交这份文书的人员办理')

/**
 * The author takes a paper back before it was served and before anybody relied on it, and while the step is still the
 * author's to carry out: whoever was taken off the case leaves its papers alone. `by`: the roles that carry the step out.
 */
export const voidCan = (
  s: OpenCase,
  actor: Pick<Actor, 'personId' | 'userId' | 'roles'>,
  doc: DocumentState,
  law: Pick<CaseLaw, 'caseNumberFrom'>,
  by: readonly string[],
): Can => {
  if (doc.submittedBy.personId !== (actor.personId ?? actor.userId)) return notAuthor.reasons
  const can = canCarryOutStep(s, actor, by)
  if (can !== true) return can
  return hindrance(s, doc, law)?.reasons ?? true
}
