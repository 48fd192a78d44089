import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

type Props = Readonly<{ title: string; note?: ReactNode; actions?: ReactNode }>

/** The head of a page: one h1, the window's title, and what can be done here. */
export function PageHead({ title, note, actions }: Props) {
  const { t } = useTranslation('shell')
  useEffect(() => {
    document.title = t('windowTitle', { title })
  }, [title, t])
  return (
    <div className="page-head">
      <div>
        <h1>{title}</h1>
        {note !== undefined && <p className="page-note">{note}</p>}
      </div>
      {actions !== undefined && <div className="page-actions">{actions}</div>}
    </div>
  )
}
