import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { listFieldSessions } from '@liuhen/api/routes/field'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { hasRole, rolesOf, useMe } from '../session/me.ts'

/** What phones have announced and not sent for a day or more: for its officer, and for those who watch over all. */
export function FieldLate() {
  const { t } = useTranslation('desk')
  const { t: w } = useTranslation('words')
  const me = useMe()
  const late = useRoute(
    listFieldSessions,
    { query: { late: 'true', limit: 100 } },
    { enabled: hasRole(me, rolesOf(listFieldSessions.access)) },
  )
  const rows = late.data?.items ?? []
  if (rows.length === 0) return null
  const days = Math.max(...rows.map((row) => row.lateDays ?? 1))
  const names = [...new Set(rows.map((row) => row.officerName))].slice(0, 3)
  return (
    <Alert
      type={days >= 3 ? 'error' : 'warning'}
      showIcon
      className="settings-waiting"
      title={
        <Link {...paths.fieldSessions('late')}>
          {t('fieldLate', { n: rows.length, days, who: names.join(w('comma')) })}
        </Link>
      }
    />
  )
}
