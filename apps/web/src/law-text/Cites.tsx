import { Popover, Tag } from 'antd'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Citation } from '@liuhen/law/evaluation'
import { paths } from '../paths.ts'
import { groupCites } from './group-cites.ts'
import type { CiteGroup } from './group-cites.ts'

type Props = Readonly<{
  of: readonly Citation[]
  max?: number
  /** Where the text is named beside it, the article alone. */
  untitled?: boolean
}>

/** The clauses behind something, as chips; one click tells what the clause asks. */
export function Cites({ of: citations, max = 3, untitled = false }: Props) {
  const { t } = useTranslation('law')
  const groups = groupCites(citations)
  if (groups.length === 0) return null
  const rest = groups.slice(max)
  return (
    <span className="cites">
      {groups.slice(0, max).map((group) => (
        <Cite key={group.cite} group={group} untitled={untitled} />
      ))}
      {rest.length > 0 && (
        <Popover
          trigger="click"
          content={
            <span className="cites cites-more">
              {rest.map((group) => (
                <Cite key={group.cite} group={group} untitled={untitled} />
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
function Cite({ group, untitled }: Readonly<{ group: CiteGroup; untitled: boolean }>) {
  const { t } = useTranslation('law')
  const { cite, of } = group
  const end = cite.lastIndexOf('\u300b') + 1
  const [title, article] = [cite.slice(0, end), cite.slice(end)]
  const [first] = of
  return (
    <Popover
      trigger="click"
      content={
        <div className="cite-card">
          <strong>{cite}</strong>
          {of.map((citation) => (
            <p key={citation.clause}>
              {citation.duty}{' '}
              <Link {...paths.law(undefined, citation.clause)} title={citation.clause}>
                {t('openClause')}
              </Link>
            </p>
          ))}
          <div className="cite-foot">
            <Tag>{t(`layer.${first.layer}`)}</Tag>
          </div>
        </div>
      }
    >
      <button type="button" className={`cite cite-${first.layer}`} title={cite}>
        {!untitled && <span className="cite-title">{title}</span>}
        <span>{article}</span>
      </button>
    </Popover>
  )
}
