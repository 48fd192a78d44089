import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { getSettings } from '@liuhen/api/routes/settings'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { hasRole, useMe } from '../session/me.ts'

const DECIDES = ['agency-head', 'system-admin'] as const

/** A change of the settings that waits for the one who looks or for somebody else, or what nobody has set yet: no paper tells of it. */
export function SettingsWaiting() {
  const { t } = useTranslation('desk')
  const settings = useRoute(getSettings, {}, { enabled: hasRole(useMe(), DECIDES) })
  if (!settings.data) return null
  const { proposals, subjects, can } = settings.data
  const waits = proposals.find((p) => p.can.approve === true)
  const underWay = proposals.find((p) => p.status === 'proposed' || p.status === 'weighed')
  const open = subjects.flatMap((s) => s.settings).filter((s) => s.open !== undefined)
  const toSet = can.propose === true && underWay === undefined ? open.length : 0
  if (underWay === undefined && toSet === 0) return null
  const text = underWay
    ? t(waits ? 'settingsWaiting' : 'settingsUnderWay', { who: underWay.proposedBy })
    : t('settingsOpen', { n: toSet })
  return (
    <Alert
      type={underWay === undefined ? 'warning' : 'info'}
      showIcon
      className="settings-waiting"
      title={<Link {...paths.settings()}>{text}</Link>}
    />
  )
}
