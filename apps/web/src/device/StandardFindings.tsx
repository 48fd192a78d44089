import { Alert } from 'antd'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getCase } from '@liuhen/api/routes/cases'
import { useRoute } from '../api/use-route.ts'
import { Cites } from '../law-text/Cites.tsx'
import { paths } from '../paths.ts'

/** What a register lacks by the texts: too few devices for the officers, a unit without one, duties past their day. */
export function StandardFindings({ registerId }: Readonly<{ registerId: string }>) {
  const { t } = useTranslation('device')
  const register = useRoute(getCase, { params: { id: registerId } })
  const { evaluation, title } = register.data ?? {}
  const findings = evaluation?.findings.filter((f) => f.severity === 'warning') ?? []
  const overdue = evaluation?.duties.filter((d) => d.state === 'overdue').length ?? 0
  if (findings.length === 0 && overdue === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      className="settings-waiting"
      title={<Link {...paths.caseFile(registerId)}>{title}</Link>}
      description={
        <ul className="device-findings">
          {overdue > 0 && <li>{t('overdue', { n: overdue })}</li>}
          {findings.map((f) => (
            <li key={f.code}>
              {f.message} <Cites of={f.citations} max={2} />
            </li>
          ))}
        </ul>
      }
    />
  )
}
