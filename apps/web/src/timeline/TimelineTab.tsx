import { useTranslation } from 'react-i18next'
import { caseTimeline } from '@liuhen/api/routes/cases'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { useRoute } from '../api/use-route.ts'
import type { CasePlace } from '../paths.ts'
import { Player } from '../player/Player.tsx'
import { Nothing } from '../shell/Nothing.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { Axis } from './Axis.tsx'
import { EventList } from './EventList.tsx'
import { bandsOf, gapsOf } from './bands.ts'
import { spanOf } from './axis.ts'
import './timeline.css'

type Props = Readonly<{ file: CaseWorkspace; place: CasePlace; onGo: (change: CasePlace) => void }>

/** One axis for text and recordings: stages as bands, recordings as bars, gaps in red; then every event in words. */
export function TimelineTab({ file, place, onGo }: Props) {
  const { t } = useTranslation('case')
  const timeline = useRoute(caseTimeline, { params: { id: file.id } })
  if (timeline.isPending) return <Waiting rows={8} />
  if (timeline.error) return <ProblemView error={timeline.error} onRetry={() => void timeline.refetch()} />
  const { entries } = timeline.data
  if (entries.length === 0) return <Nothing title={t('timeline.none')} />
  const bands = bandsOf(
    entries,
    file.evaluation.steps,
    file.stages.map((s) => s.id),
  )
  const recording = file.recordings.find((r) => r.id === place.f)
  const zoomed = bands.find((b) => b.stage === place.zoom)
  const close = file.recordings.find((r) => r.id === place.zoom)
  const whole = [
    ...entries.map((e) => Date.parse(e.at)),
    ...file.recordings.flatMap((r) => [Date.parse(r.from), Date.parse(r.to)]),
  ]
  const span = close
    ? spanOf([Date.parse(close.from) - 120_000, Date.parse(close.to) + 120_000])
    : spanOf(zoomed ? [zoomed.from, zoomed.to] : whole)
  return (
    <>
      <section className="panel">
        <Axis
          file={file}
          entries={entries}
          bands={bands}
          gaps={gapsOf(file.evaluation.findings)}
          span={span}
          place={place}
          onGo={onGo}
        />
        {recording && <Player recording={recording} at={place.t} onAt={(at) => onGo({ t: at })} />}
      </section>
      <EventList file={file} entries={entries} span={place.zoom === undefined ? undefined : span} />
    </>
  )
}
