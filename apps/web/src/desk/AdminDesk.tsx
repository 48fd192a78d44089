import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { listPeople } from '@liuhen/api/routes/people'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { Nothing } from '../shell/Nothing.tsx'

/** The administrator carries no case: the desk says where the work is, and at the very beginning what comes first. */
export function AdminDesk() {
  const { t } = useTranslation('desk')
  const people = useRoute(listPeople, { query: { limit: 2 } })
  if (!people.data) return null
  const key = people.data.items.length < 2 ? 'first' : 'admin'
  return (
    <Nothing
      title={t(`${key}.title`)}
      hint={t(`${key}.hint`)}
      action={
        <Link {...paths.people()}>
          <Button type="primary">{t(`${key}.go`)}</Button>
        </Link>
      }
    />
  )
}
