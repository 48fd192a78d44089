import { useTranslation } from 'react-i18next'
import type { FieldCase } from '@liuhen/api/routes/field'
import { Cites } from '../law-text/Cites.tsx'

type Props = Readonly<{ file: FieldCase }>

/** What the texts of the case want before and after the beginning, with their articles. */
export function WantsCard({ file }: Props) {
  const { t } = useTranslation('field')
  const { t: w } = useTranslation('words')
  const { notices, opening, forbidden, continuity, keyContent } = file.wants
  const scenes = file.steps.flatMap((step) => step.scenes).filter((s) => s.strength === 'must-not')
  return (
    <div className="wants">
      {notices.length + opening.length === 0 && <p className="explain">{t('wants.noWords')}</p>}
      {notices.map((notice) => (
        <section key={`${notice.timing} ${notice.wording}`}>
          <h3>{t(`wants.notice.${notice.timing}`)}</h3>
          <blockquote>{notice.wording ?? t('wants.noticeOwn')}</blockquote>
          {notice.scenes.length > 0 && <p>{t('wants.scenes', { scenes: notice.scenes.join(w('comma')) })}</p>}
          {notice.ifPossible && <p className="faint">{t('wants.ifPossible')}</p>}
          <Cites of={notice.citations} />
        </section>
      ))}
      {opening.map(({ items, citations }) => (
        <section key={items.join()}>
          <h3>{t('wants.opening')}</h3>
          <ol>
            {items.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ol>
          <Cites of={citations} />
        </section>
      ))}
      {keyContent.length > 0 && (
        <section>
          <h3>{t('wants.keyContent')}</h3>
          <p>{keyContent.map((one) => one.label).join(w('comma'))}</p>
          <Cites of={keyContent.flatMap((one) => one.citations)} max={2} />
        </section>
      )}
      {continuity.map(({ from, to, citations }) => (
        <section key={from}>
          <h3>{t('wants.continuity')}</h3>
          <p>{t('wants.fromTo', { from, to })}</p>
          <Cites of={citations} />
        </section>
      ))}
      {(forbidden.length > 0 || scenes.length > 0) && (
        <section>
          <h3>{t('wants.forbidden')}</h3>
          <ul>
            {scenes.map((s) => (
              <li key={s.scene}>
                {s.name} <Cites of={s.citations} />
              </li>
            ))}
            {forbidden.map(({ label, citations }) => (
              <li key={label}>
                {label} <Cites of={citations} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
