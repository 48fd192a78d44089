import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import type { libraryMap } from '@liuhen/api/routes/library'
import { scaleOf, type Sight } from './ground.ts'

export type Square = ResponseOf<typeof libraryMap>['squares'][number]

const radiusOf = (n: number): number => (n === 1 ? 7 : Math.min(22, 10 + 3 * Math.log10(n)))

type SignProps = Readonly<{
  square: Square
  at: Readonly<{ x: number; y: number }>
  perPixel: number
  onChoose: () => void
}>

export function Sign({ square, at, perPixel, onChoose }: SignProps) {
  const { t } = useTranslation('library')
  const { n, source, accuracyMetres } = square
  const place = { lat: square.latitude.toFixed(5), lon: square.longitude.toFixed(5) }
  const said =
    n > 1
      ? t('map.many', { n, ...place })
      : t('map.one', { ...place, source: source === undefined ? '' : t(`source.${source}`) })
  const exact = accuracyMetres === undefined ? 0 : accuracyMetres / perPixel
  return (
    <g
      role="button"
      tabIndex={0}
      className="map-sign"
      data-many={n > 1}
      transform={`translate(${at.x} ${at.y})`}
      aria-label={said}
      onClick={onChoose}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        onChoose()
      }}
    >
      <title>{said}</title>
      {exact > radiusOf(n) && <circle className="map-exact" r={exact} />}
      <circle className="map-dot" r={radiusOf(n)} />
      {n > 1 && <text dy="4">{n}</text>}
    </g>
  )
}

export function North() {
  const { t } = useTranslation('library')
  return (
    <span className="map-north" aria-label={t('map.north')} role="img">
      <svg width="22" height="30" viewBox="0 0 22 30" aria-hidden>
        <path d="M11 1 19 21 11 16 3 21Z" />
      </svg>
      <span aria-hidden>{t('map.n')}</span>
    </span>
  )
}

export function ScaleBar({ sight }: Readonly<{ sight: Sight }>) {
  const { t } = useTranslation('library')
  const { metres, pixels } = scaleOf(sight)
  return (
    <span className="map-scale mono" style={{ width: pixels }}>
      {metres >= 1000 ? t('map.km', { n: metres / 1000 }) : t('map.m', { n: metres })}
    </span>
  )
}
