import { useTranslation } from 'react-i18next'
import type { KeptItem } from '@liuhen/api/schema/evaluation'
import { Cites } from '../law-text/Cites.tsx'

/** Until when something must be kept, from when it may be proposed for disposal, why, and by which clauses. */
export function Kept({ of: kept }: Readonly<{ of: KeptItem }>) {
  const { t } = useTranslation('keeping')
  return (
    <>
      <p className="kept-until">
        <strong>{t(`rule.${kept.rule}`, { day: kept.keptThrough })}</strong>
        {kept.disposableFrom !== undefined && (
          <span className="faint"> {t('disposable', { day: kept.disposableFrom })}</span>
        )}
      </p>
      <p className="kept-why">{kept.why}</p>
      <Cites of={kept.citations} />
    </>
  )
}
