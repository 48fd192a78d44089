import { useTranslation } from 'react-i18next'
import { segmentStates, type SegmentState, type Take } from './take.ts'

const ORDER: readonly SegmentState[] = ['stored', 'sent', 'written']
/** So many cells fit a phone; of a longer run each stands for several, and shows the least of them. */
const CELLS = 60

/** One cell for each segment: on the phone, at the server, read back by the server. */
export function SegmentStrip({ take }: Readonly<{ take: Pick<Take, 'sizes' | 'state'> }>) {
  const { t } = useTranslation('field')
  const states = segmentStates(take)
  const width = Math.max(1, Math.ceil(states.length / CELLS))
  const cells = Array.from({ length: Math.ceil(states.length / width) }, (_, i) => {
    const own = states.slice(i * width, (i + 1) * width)
    return ORDER.findLast((state) => own.includes(state)) ?? 'written'
  })
  const counts = ORDER.map((state) => ({ state, n: states.filter((one) => one === state).length }))
  const said = counts.filter(({ n }) => n > 0).map(({ state, n }) => t(`segment.${state}`, { n }))
  return (
    <span className="segments" role="img" aria-label={said.join(t('comma'))}>
      {cells.map((state, i) => (
        // Cells are places in a row and have no other name.
        // oxlint-disable-next-line react/no-array-index-key
        <i key={i} data-state={state} />
      ))}
    </span>
  )
}
