import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { StoreNow } from '@liuhen/api/routes/stores'
import { sizeOf } from '../recording/size.ts'
import { chinaMinute } from '../time/china.ts'
import { LockLines } from './LockLines.tsx'

const COLOR = { here: 'success', away: 'error', none: 'error' } as const

export function StoreCards({ stores }: Readonly<{ stores: readonly StoreNow[] }>) {
  const { t } = useTranslation('stores')
  return (
    <section className="store-cards" aria-label={t('stores')}>
      {stores.map((store) => (
        <StoreCard key={store.store} store={store} />
      ))}
    </section>
  )
}

function StoreCard({ store }: Readonly<{ store: StoreNow }>) {
  const { t } = useTranslation('stores')
  const { state, place, files, bytes, oldestReadAt, neverRead, bad } = store
  return (
    <section className="panel" aria-label={t(`store.${store.store}`)}>
      <h2>
        {t(`store.${store.store}`)} <Tag color={COLOR[state]}>{t(`state.${state}`)}</Tag>
      </h2>
      <dl className="log-facts">
        {place !== undefined && (
          <>
            <dt>{t('place')}</dt>
            <dd className="mono store-place">{place}</dd>
            <dt>{t('lock')}</dt>
            <dd>
              <LockLines store={store} />
            </dd>
          </>
        )}
        <dt>{t('files')}</dt>
        <dd>{t('filesOf', { n: files, size: sizeOf(bytes) })}</dd>
        <dt>{t('oldest')}</dt>
        <dd>{oldestReadAt === undefined ? t('never') : chinaMinute(oldestReadAt)}</dd>
        <dt>{t('neverRead')}</dt>
        <dd className={neverRead > 0 ? 'store-bad' : undefined}>{t('count', { n: neverRead })}</dd>
        <dt>{t('badCopies')}</dt>
        <dd className={bad > 0 ? 'store-bad' : undefined}>{t('count', { n: bad })}</dd>
      </dl>
    </section>
  )
}
