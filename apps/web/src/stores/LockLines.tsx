import { useTranslation } from 'react-i18next'
import type { StoreNow } from '@liuhen/api/routes/stores'
import { chinaMinute } from '../time/china.ts'

/** What was tried against the lock, and what came of it. A folder has none and says so. */
export function LockLines({ store }: Readonly<{ store: StoreNow }>) {
  const { t } = useTranslation('stores')
  const { lock, kind } = store
  if (kind === 'folder') return <>{t('lockFolder')}</>
  if (lock === undefined) return <span className="store-bad">{t('lockNever')}</span>
  const { at, found, reading } = lock
  const isBad = found === 'broken' || found === 'not-checked'
  const locking = reading.asked ?? reading.byDefault
  return (
    <>
      <span className={isBad ? 'store-bad' : undefined}>{t(`lockFound.${found}`)}</span>
      {locking !== undefined && <div>{t('lockDays', { days: locking.days })}</div>}
      <div className="faint">{t('lockAt', { at: chinaMinute(at) })}</div>
      <ul className="store-trials faint">
        {reading.trials.map((trial) => (
          <li key={trial.what} className={trial.outcome === 'held' ? undefined : 'store-bad'}>
            {t('trialLine', {
              what: t(`trial.${trial.what}`),
              outcome: t(`${trial.what === 'extend' ? 'extended' : 'outcome'}.${trial.outcome}`),
            })}
          </li>
        ))}
      </ul>
      {reading.probe !== undefined && <div className="faint">{t('probeStays')}</div>}
    </>
  )
}
