import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { Cites } from '../law-text/Cites.tsx'
import { Said } from '../law-text/Said.tsx'
import { whyNot } from './why-not.ts'

type Props = Readonly<{ reasons: CaseWorkspace['evaluation']['steps'][number]['before'] }>

/** Why a step may not begin: article by article, what is lacking and what to do about it. */
export function WhyNot({ reasons }: Props) {
  const { t } = useTranslation('procedure')
  if (reasons.length === 0) return <p className="faint">{t('whyUnknown')}</p>
  return (
    <ul className="why-not">
      {whyNot(reasons).map((article) => (
        <li key={article.cite}>
          {article.citations.length > 0 ? (
            <Cites of={article.citations} max={2} />
          ) : (
            <span className="faint">{t('noArticle')}</span>
          )}
          <ul>
            {article.reasons.map((reason) => (
              <li key={`${reason.code}${reason.message}`} className={`why-${reason.effect}`}>
                <p>
                  <Said reason={reason} />
                </p>
                <p className="why-todo">
                  <span>{t('todo')}</span>
                  {reason.todo}
                </p>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}
