import { useTranslation } from 'react-i18next'
import type { PersonView } from '@liuhen/api/routes/people'
import { chinaDay } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'

const SOON_DAYS = 60

/** Whether the certificate holds today: out, running out, or good. */
export function CertificateState({ person }: Readonly<{ person: PersonView }>) {
  const { t } = useTranslation('people')
  const now = useNow()
  if (person.certNo === undefined) return <span className="faint">{t('noCertificate')}</span>
  const until = person.certValidTo
  const soon = chinaDay(Date.parse(now) + SOON_DAYS * 86_400_000)
  const state =
    until === undefined ? 'good' : until < chinaDay(now) ? 'late' : until <= soon ? 'soon' : 'good'
  return (
    <div className="cell-case">
      <span className="mono">{person.certNo}</span>
      <span className={`cert cert-${state}`}>
        {until === undefined ? t('noEnd') : t(`cert.${state}`, { day: until })}
      </span>
    </div>
  )
}
