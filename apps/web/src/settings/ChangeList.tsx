import { useTranslation } from 'react-i18next'
import type { ProposalView } from '@liuhen/api/routes/settings'

export function ChangeList({ changes }: Readonly<{ changes: ProposalView['changes'] }>) {
  const { t } = useTranslation('settings')
  return (
    <ul className="change-list">
      {changes.map((c) => (
        <li key={c.setting}>
          <span>{c.label}</span>{' '}
          <span className="change">
            <del>{c.from}</del>
            <span className="sr-only">{t('dry.arrow')}</span>
            <span aria-hidden="true">→</span>
            <ins>{c.to}</ins>
          </span>
        </li>
      ))}
    </ul>
  )
}
