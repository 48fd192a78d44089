import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listDeviceKeys } from '@liuhen/api/routes/field'
import { libraryDays } from '@liuhen/api/routes/library'
import type { LibraryFilter } from '@liuhen/api/routes/library'
import { listPlaybackQueue } from '@liuhen/api/routes/playback'
import { storeHealth } from '@liuhen/api/routes/stores'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { hasRole, rolesOf, useMe } from '../session/me.ts'

const TENDS = ['officer', 'av-custodian'] as const
const KEEPS = ['av-custodian'] as const

/** How many recordings of one state there are for the one who looks. */
const useCount = (state: NonNullable<LibraryFilter['state']>, enabled: boolean): number =>
  useRoute(libraryDays, { query: { state } }, { enabled }).data?.total ?? 0

/** What recordings, phones and stores want of the one who looks: each line leads to where it is done. */
export function RecordingWork() {
  const { t } = useTranslation('desk')
  const me = useMe()
  const tends = hasRole(me, TENDS)
  const keeps = hasRole(me, KEEPS)
  const keys = useRoute(listDeviceKeys, {}, { enabled: hasRole(me, rolesOf(listDeviceKeys.access)) })
  const queue = useRoute(listPlaybackQueue, { query: { limit: 1 } }, { enabled: tends })
  const untagged = useCount('untagged', tends)
  const broken = useCount('broken', keeps)
  const stores = useRoute(storeHealth, {}, { enabled: hasRole(me, rolesOf(storeHealth.access)) })
  const phones = (keys.data?.items ?? []).filter(
    (k) => k.status === 'requested' && k.can.approve === true,
  ).length
  const looks = queue.data?.total ?? 0
  const unsound = stores.data?.checks.filter((check) => !check.ok).length ?? 0
  const lines = [
    { key: 'phones', n: phones, to: paths.fieldSessions('keys') },
    { key: 'looks', n: looks, to: paths.playback() },
    { key: 'untagged', n: untagged, to: paths.recordings('unlinked') },
    { key: 'broken', n: broken, to: paths.recordings('broken') },
    { key: 'stores', n: unsound, to: paths.stores() },
  ] as const
  const shown = lines.filter(({ n }) => n > 0)
  if (shown.length === 0 && !keeps) return null
  return (
    <section className="panel due-group" aria-label={t('tend.title')}>
      <h2 className="due-title due-title-work">{t('tend.title')}</h2>
      <ul>
        {shown.map(({ key, n, to }) => (
          <li key={key} className="duty-row">
            <Link {...to}>{t(`tend.${key}`, { n })}</Link>
          </li>
        ))}
        {shown.length === 0 && <li className="duty-row faint">{t('tend.none')}</li>}
      </ul>
    </section>
  )
}
