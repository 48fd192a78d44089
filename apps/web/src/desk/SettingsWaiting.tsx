import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { getSettings } from '@liuhen/api/routes/settings'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { hasRole, useMe } from '../session/me.ts'

const DECIDES = ['agency-head', 'system-admin'] as const

/** A change of the settings that waits for the one who looks: no paper tells of it. */
export function SettingsWaiting() {
  const { t } = useTranslation('desk')
  const settings = useRoute(getSettings, {}, { enabled: hasRole(useMe(), DECIDES) })
  const waits = settings.data?.proposals.find((p) => p.can.approve === true)
  if (waits === undefined) return null
  return (
    <Alert
      type="info"
      showIcon
      className="settings-waiting"
      title={<Link {...paths.settings()}>{t('settingsWaiting', { who: waits.proposedBy })}</Link>}
    />
  )
}
