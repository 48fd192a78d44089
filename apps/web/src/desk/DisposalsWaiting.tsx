import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { listDisposals } from '@liuhen/api/routes/disposals'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { hasRole, useMe } from '../session/me.ts'

const ACTS = ['av-custodian', 'archivist', 'legal-reviewer', 'agency-head'] as const

/** Batches of disposal in which it is the turn of the one who looks. */
export function DisposalsWaiting() {
  const { t } = useTranslation('desk')
  const disposals = useRoute(listDisposals, {}, { enabled: hasRole(useMe(), ACTS) })
  const mine = (disposals.data?.items ?? []).filter((b) => b.yours)
  const [first] = mine
  if (first === undefined) return null
  return (
    <Alert
      type="warning"
      showIcon
      className="settings-waiting"
      title={
        <Link {...(mine.length === 1 ? paths.disposal(first.id) : paths.disposals())}>
          {t('disposalsWaiting', { count: mine.length })}
        </Link>
      }
    />
  )
}
