import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { chinaMinute } from '../time/china.ts'
import { AffectedLines } from './AffectedLines.tsx'
import type { Health } from './StoresPage.tsx'

export function DamageList({ health }: Readonly<{ health: Health }>) {
  const { t } = useTranslation('stores')
  if (health.damages.length === 0) return null
  return (
    <section className="panel" aria-label={t('damages')}>
      <h2>{t('damages')}</h2>
      <p className="faint">{t('damagesNote')}</p>
      <ul className="store-findings">
        {health.damages.map((d) => (
          <li key={`${d.at} ${d.store} ${d.sha256}`}>
            <strong>
              {chinaMinute(d.at)} · {t(`store.${d.store}`)} · {t(`damage.${d.found}`)}
            </strong>{' '}
            <Tag color={d.repairedAt === undefined ? 'error' : 'success'}>
              {d.repairedAt === undefined
                ? t('unrepaired')
                : t('repaired', { at: chinaMinute(d.repairedAt) })}
            </Tag>
            <AffectedLines sha256={d.sha256} affected={d.affected} />
          </li>
        ))}
      </ul>
    </section>
  )
}
