import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Alert, Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { librarySpan } from '@liuhen/api/routes/library'
import { useRoute } from '../api/use-route.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaDay, chinaInstant } from '../time/china.ts'
import { DayInput } from '../time/DayInput.tsx'
import { useNow } from '../time/use-now.ts'
import { lanesOf } from './lanes.ts'
import { Lanes } from './Lanes.tsx'
import { filterOf, LANES, type LibrarySearch, SPANS } from './search.ts'
import { useDays } from './use-library.ts'

const DAY_MS = 86_400_000
const LENGTH_MS = { day: DAY_MS, week: 7 * DAY_MS } as const

type Props = Readonly<{ search: LibrarySearch; onOpen: (id: string) => void }>

/** Who recorded when, a lane each: what nobody recorded stays blank. */
export function TimelineView({ search, onOpen }: Props) {
  const { t } = useTranslation('library')
  const now = useNow()
  const navigate = useNavigate({ from: '/recordings' })
  const { days, inOrder } = useDays(search)
  const span = search.span ?? 'day'
  const by = search.lanes ?? 'device'
  const latest = search.order === 'earliest' ? inOrder.at(-1) : inOrder.at(0)
  const day = search.day ?? latest?.day ?? chinaDay(now)
  const sinceMs = Date.parse(`${day}T00:00:00+08:00`)
  const untilMs = sinceMs + LENGTH_MS[span]
  const { by: _, from: __, to: ___, ...filter } = filterOf(search)
  const read = useRoute(
    librarySpan,
    { query: { ...filter, since: chinaInstant(sinceMs), until: chinaInstant(untilMs) } },
    { keep: true, enabled: !days.isPending },
  )
  const set = (change: Partial<LibrarySearch>): void =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  // The next day on which there is something, not the next of the calendar: nights and holidays are skipped.
  const known = inOrder.map((d) => d.day).toSorted()
  const before = known.findLast((d) => d < day)
  const after = known.find((d) => d >= chinaDay(untilMs))
  const lanes = lanesOf(read.data?.items ?? [], by, t('timeline.loose'))
  return (
    <>
      <TimelineTools {...{ by, span, day, before, after }} total={read.data?.total} onSet={set} />
      {read.error && <ProblemView error={read.error} onRetry={() => void read.refetch()} />}
      {read.isPending && !read.error && <Waiting rows={6} />}
      {read.data && read.data.total > read.data.items.length && (
        <Alert
          type="warning"
          showIcon
          title={t('timeline.cut', { n: read.data.items.length, total: read.data.total })}
        />
      )}
      {read.data && lanes.length === 0 && (
        <Nothing title={t('timeline.none')} hint={t('timeline.noneHint')} />
      )}
      {lanes.length > 0 && (
        <Lanes lanes={lanes} sinceMs={sinceMs} untilMs={untilMs} span={span} onOpen={onOpen} />
      )}
      <p className="faint library-foot">{t('timeline.note')}</p>
    </>
  )
}

type ToolsProps = Readonly<{
  by: (typeof LANES)[number]
  span: (typeof SPANS)[number]
  day: string
  /** The days before and after on which there is something. */
  before: string | undefined
  after: string | undefined
  total: number | undefined
  onSet: (change: Partial<LibrarySearch>) => void
}>

function TimelineTools({ by, span, day, before, after, total, onSet }: ToolsProps) {
  const { t } = useTranslation('library')
  return (
    <div className="library-tools">
      <Segmented
        aria-label={t('timeline.lanes')}
        value={by}
        options={LANES.map((value) => ({ value, label: t(`timeline.by.${value}`) }))}
        onChange={(value) => onSet({ lanes: value })}
      />
      <Segmented
        aria-label={t('timeline.span')}
        value={span}
        options={SPANS.map((value) => ({ value, label: t(`timeline.${value}`) }))}
        onChange={(value) => onSet({ span: value })}
      />
      <Button
        icon={<LeftOutlined />}
        aria-label={t('timeline.earlier')}
        disabled={before === undefined}
        onClick={() => before !== undefined && onSet({ day: before })}
      />
      <label className="library-day">
        <span className="sr-only">{t('timeline.dayInput')}</span>
        <DayInput value={day} onChange={(next) => next !== undefined && onSet({ day: next })} />
      </label>
      <Button
        icon={<RightOutlined />}
        aria-label={t('timeline.later')}
        disabled={after === undefined}
        onClick={() => after !== undefined && onSet({ day: after })}
      />
      <span className="faint">{total !== undefined && t('timeline.count', { n: total })}</span>
    </div>
  )
}
