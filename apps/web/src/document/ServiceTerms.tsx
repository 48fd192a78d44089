import { useTranslation } from 'react-i18next'
import type { Citation } from '@liuhen/law/evaluation'
import { Cites } from '../law-text/Cites.tsx'

type Term = Readonly<{
  what: string
  due?: string | undefined
  why?: string | undefined
  citations: readonly Citation[]
}>

/** The periods that a service begins, each with its last day and its clause. */
export function ServiceTerms({ title, terms }: Readonly<{ title: string; terms: readonly Term[] }>) {
  const { t } = useTranslation('document')
  if (terms.length === 0) return null
  return (
    <div className="serve-terms">
      <p className="serve-terms-title">{title}</p>
      <ul>
        {terms.map((term) => (
          <li key={`${term.what}${term.due ?? ''}`} title={term.why}>
            <span>{term.what}</span>
            {term.due !== undefined && !term.what.includes(term.due) && (
              <strong>{t('serving.until', { day: term.due })}</strong>
            )}
            <Cites of={term.citations} max={1} />
          </li>
        ))}
      </ul>
    </div>
  )
}
