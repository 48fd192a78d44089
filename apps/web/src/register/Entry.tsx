import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { chinaMinute } from '../time/china.ts'
import './register.css'

type Noted = CaseWorkspace['noted'][number]

/** One thing that was registered, with its answers, what it is about and who took part. */
export function Entry({ noted, about }: Readonly<{ noted: Noted; about?: Noted | undefined }>) {
  const { t } = useTranslation('register')
  const { t: w } = useTranslation('words')
  return (
    <li>
      <div className="entry-head">
        <strong>{noted.title}</strong>
        <time className="faint mono">{chinaMinute(noted.at)}</time>
      </div>
      {about !== undefined && (
        <p className="faint">
          {t('panel.about', {
            title: [about.title, ...about.said.slice(0, 2).map((s) => s.value)].join(w('comma')),
          })}
        </p>
      )}
      {noted.said.length > 0 && (
        <dl>
          {noted.said.map(({ label, value }, i) => (
            <div key={i}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {noted.by.length > 0 && <p className="faint">{t('panel.by', { names: noted.by.join(w('comma')) })}</p>}
    </li>
  )
}
