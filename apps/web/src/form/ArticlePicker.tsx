import { useState, type ReactNode } from 'react'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { findPlaces, type Place } from '@liuhen/law/find-places'

type Cited = Readonly<{ title: string; article: string }>
type Props = Readonly<{ label: string; places: readonly Place[]; onTake: (cited: Cited) => void }>

/** Finds a provision by title, number or words; Enter takes the first, also what the library does not hold. */
export function ArticlePicker({ label, places, onTake }: Props) {
  const { t } = useTranslation('document')
  const [query, setQuery] = useState('')
  const { places: found, typed } = findPlaces(query, places)
  const take = (key: string): void => {
    const cited = key === 'typed' ? typed : found[Number(key)]
    if (cited) onTake({ title: cited.title, article: cited.article })
    setQuery('')
  }
  return (
    <Select<string>
      className="article-picker"
      showSearch={{ filterOption: false, searchValue: query, onSearch: setQuery }}
      value={null}
      placeholder={t('article.findHow')}
      aria-label={t('article.find', { label })}
      classNames={{ popup: { root: 'article-popup' } }}
      popupRender={(menu) => (
        <>
          {menu}
          <p className="article-foot">{t('article.summaries')}</p>
        </>
      )}
      notFoundContent={t('article.none')}
      options={[
        ...found.map((place, i) => ({ value: String(i), label: `${place.title}${place.article}`, place })),
        ...(typed
          ? [{ value: 'typed', label: t('article.asTyped', { cite: `${typed.title}${typed.article}` }) }]
          : []),
      ]}
      optionRender={({ data }) => <Offer cite={data.label} {...('place' in data && { place: data.place })} />}
      onChange={take}
    />
  )
}

function Offer({ cite, place }: Readonly<{ cite: ReactNode; place?: Place }>) {
  const { t } = useTranslation('document')
  return (
    <span className="article-offer">
      <span>{cite}</span>
      {place && (
        <span className="article-duty">
          <InForce place={place} />
          {!place.ours && <span className="article-mark article-mark-typed">{t('article.others')}</span>}
          {t('article.summary', { text: place.duty })}
        </span>
      )}
    </span>
  )
}

/** Said only of what does not hold today. */
export function InForce({ place }: Readonly<{ place: Place }>) {
  const { t } = useTranslation('document')
  if (place.inForce) return null
  const { effectiveFrom, effectiveTo } = place
  return (
    <strong className="article-not-in-force">
      {effectiveTo === undefined
        ? t('article.since', { day: effectiveFrom })
        : t('article.until', { day: effectiveTo })}
    </strong>
  )
}
