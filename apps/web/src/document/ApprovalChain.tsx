import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { paths } from '../paths.ts'
import { chinaMinute } from '../time/china.ts'

type Props = Readonly<{
  document: DocumentView
  /** Stands beside the opinion: nothing leads there. */
  deciding?: boolean
}>

/** The handler's own opinion approves nothing. */
const stateOf = ({ rank, state }: DocumentView['approvals'][number]) =>
  rank === 'handler' && state === 'approved' ? 'given' : state

/** Who must approve in which order, what each wrote, whose turn it is. */
export function ApprovalChain({ document, deciding = false }: Props) {
  const { t } = useTranslation('document')
  if (document.approvals.length === 0) return null
  return (
    <section className="panel">
      <h2>{t('approvals')}</h2>
      <ol className="chain">
        <li data-state="approved">
          <strong>{t('chain.submitted')}</strong>
          <p className="faint">
            {document.submittedBy} · {chinaMinute(document.submittedAt)}
          </p>
        </li>
        {document.approvals.map((approval) => (
          <li key={approval.rank} data-state={approval.state}>
            <strong>{approval.rankName}</strong>{' '}
            <span className="chain-state">{t(`chain.${stateOf(approval)}`)}</span>
            {approval.opinion !== undefined && <blockquote>{approval.opinion}</blockquote>}
            {approval.by !== undefined && (
              <p className="faint">
                {approval.standsInFor === undefined
                  ? approval.by
                  : t('chain.inPlaceOf', { by: approval.by, name: approval.standsInFor })}{' '}
                · {approval.at === undefined ? '' : chinaMinute(approval.at)}
              </p>
            )}
          </li>
        ))}
      </ol>
      {document.can.approve && !deciding && <Link {...paths.approvals(document.id)}>{t('chain.go')}</Link>}
    </section>
  )
}
