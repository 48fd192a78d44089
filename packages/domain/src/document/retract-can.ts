import { type Can, isHandler } from '../case/can.ts'
import type { CaseLaw } from '../case/context.ts'
import type { OpenCase } from '../case/state.ts'
import { ROLE_NAMES } from '../case/words.ts'
import type { Actor } from '../event.ts'
import { refuse } from '../refusal.ts'
import type { DocumentState } from './state.ts'

export const notRegistered = refuse('wrong-state', '这份文书没有登记送达', '请核对文书')

const notTheirs = ({ posts, citations }: CaseLaw['retraction']): Can => {
  const who = posts.map((post) => ROLE_NAMES[post]).join('、')
  return refuse(
    'not-permitted',
    `撤销送达登记须由本案承办人以外的负责人（${who}）办理`,
    '请其中一人核对送达凭证后撤销，再按实际情况重新登记',
    citations,
  ).reasons
}

const inEffect = refuse(
  'wrong-state',
  '更正件已经生效，它的送达登记不能撤销',
  '更正件仍有错误的，再次更正；其他情形由承办机构负责人决定如何处理',
)

/**
 * A service that was registered wrongly is taken back by somebody who does not handle the case, of the posts that law/approval.yaml
 * names: whoever registered it does not judge it, and periods of the party hang on it (reading, 016).
 */
export const retractCan = (
  s: OpenCase,
  actor: Pick<Actor, 'personId' | 'roles'>,
  doc: Pick<DocumentState, 'id' | 'served'>,
  { retraction }: Pick<CaseLaw, 'retraction'>,
): Can => {
  if (doc.served.length === 0) return notRegistered.reasons
  if (Object.values(s.documents).some((d) => d.corrected?.by === doc.id)) return inEffect.reasons
  const holdsPost = retraction.posts.some((role) => actor.roles.includes(role))
  return (holdsPost && !isHandler(s, actor)) || notTheirs(retraction)
}
