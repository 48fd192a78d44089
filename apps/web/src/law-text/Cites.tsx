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

/** The title of the law may be cut short where it is narrow; the article never. */
function Cite({ citation }: Readonly<{ citation: Citation }>) {
  const { t } = useTranslation('law')
  const end = citation.cite.lastIndexOf('\u300b') + 1
  const [title, article] = [citation.cite.slice(0, end), citation.cite.slice(end)]
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
        <span className="cite-title">{title}</span>
        <span>{article}</span>
      </button>
    </Popover>
  )
}
