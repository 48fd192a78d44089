import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { listDockings } from '@liuhen/api/routes/dockings'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { hasRole, useMe } from '../session/me.ts'

const CLAIMS = ['av-custodian'] as const

/** Files of devices that nobody has claimed yet, told to those who may say what they are. */
export function DockingsWaiting() {
  const { t } = useTranslation('desk')
  const mine = hasRole(useMe(), CLAIMS)
  const dockings = useRoute(listDockings, { query: { unresolved: 'true', limit: 100 } }, { enabled: mine })
  const files = (dockings.data?.items ?? []).reduce((sum, d) => sum + d.unresolved, 0)
  if (files === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      className="settings-waiting"
      title={<Link {...paths.dockings('unresolved')}>{t('filesToClaim', { n: files })}</Link>}
    />
  )
}
