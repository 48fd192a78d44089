import { Popover, Tag } from 'antd'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Citation } from '@liuhen/law/evaluation'
import { paths } from '../paths.ts'

/** The clauses behind something, as chips; one click tells what the clause asks. */
export function Cites({ of: citations, max = 3 }: Readonly<{ of: readonly Citation[]; max?: number }>) {
  const { t } = useTranslation('law')
  if (citations.length === 0) return null
  const rest = citations.slice(max)
  return (
    <span className="cites">
      {citations.slice(0, max).map((citation) => (
        <Cite key={citation.clause} citation={citation} />
      ))}
      {rest.length > 0 && (
        <Popover
          trigger="click"
          content={
            <span className="cites cites-more">
              {rest.map((citation) => (
                <Cite key={citation.clause} citation={citation} />
              ))}
            </span>
          }
        >
          <button type="button" className="cite cite-more">
            {t('more', { n: rest.length })}
          </button>
        </Popover>
      )}
    </span>
  )
}

function Cite({ citation }: Readonly<{ citation: Citation }>) {
  const { t } = useTranslation('law')
  return (
    <Popover
      trigger="click"
      content={
        <div className="cite-card">
          <strong>{citation.cite}</strong>
          <p>{citation.duty}</p>
          <div className="cite-foot">
            <Tag>{t(`layer.${citation.layer}`)}</Tag>
            <Link {...paths.law(undefined, citation.clause)}>{t('openClause')}</Link>
          </div>
        </div>
      }
    >
      <button type="button" className={`cite cite-${citation.layer}`} title={citation.cite}>
        {citation.cite}
      </button>
    </Popover>
  )
}
