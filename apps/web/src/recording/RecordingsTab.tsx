import { useRef, useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { getCoverage } from '@liuhen/api/routes/playback'
import { useRoute } from '../api/use-route.ts'
import { EvidenceCard } from '../evidence/EvidenceCard.tsx'
import { RecordingKept } from '../keeping/KeepingCard.tsx'
import { Reasons } from '../law-text/Reasons.tsx'
import type { CasePlace } from '../paths.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { chinaSecond, chinaShortSecond, clockOf } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import { PlayableTag } from './PlayableTag.tsx'
import { Cameras } from '../player/Cameras.tsx'
import { CoverageLane } from '../player/CoverageLane.tsx'
import { Player } from '../player/Player.tsx'
import type { PlayerControl } from '../player/Player.tsx'
import { RecordBeside } from '../player/RecordBeside.tsx'
import { besideOf } from '../player/sync.ts'
import { PointsCard } from '../points/PointsCard.tsx'
import { TranscriptCard } from '../transcript/TranscriptCard.tsx'
import { RecordingDetails } from './RecordingDetails.tsx'
import { useTitle } from './use-title.ts'

type Props = Readonly<{ file: CaseWorkspace; place: CasePlace; onGo: (change: CasePlace) => void }>

/** The case's recordings: a list, the player, and everything known about the one that plays. */
export function RecordingsTab({ file, place, onGo }: Props) {
  const { t } = useTranslation('recording')
  const now = useNow()
  const titleOf = useTitle(file)
  const coverage = useRoute(getCoverage, { params: { id: file.id } })
  const chosen = file.recordings.find((r) => r.id === place.f) ?? file.recordings[0]
  if (!chosen) return <Nothing title={t('none')} hint={t('noneHint')} />
  return (
    <div className="recordings">
      <ul className="recording-list" aria-label={t('list')}>
        {file.recordings.map((r) => (
          <li key={r.id}>
            <button type="button" aria-current={r === chosen} onClick={() => onGo({ f: r.id, t: undefined })}>
              <strong>{titleOf(r)}</strong>
              <span className="mono faint">
                {chinaShortSecond(r.from, now)}–{chinaSecond(r.to)} ·{' '}
                {clockOf((Date.parse(r.to) - Date.parse(r.from)) / 1000)}
              </span>
              <PlayableTag playable={r.playable} />
            </button>
          </li>
        ))}
      </ul>
      <div className="recording-main">
        {chosen.view === true ? (
          <>
            <Watch file={file} chosen={chosen} place={place} onGo={onGo} />
            <RecordingDetails key={chosen.id} id={chosen.id} />
          </>
        ) : (
          <section className="panel">
            <h2>{titleOf(chosen)}</h2>
            <Reasons reasons={chosen.view} />
          </section>
        )}
        {coverage.data && (
          <CoverageLane
            steps={coverage.data.steps}
            cameras={coverage.data.cameras}
            onOpen={(id, t_) => onGo({ f: id, t: t_, cams: undefined })}
          />
        )}
        {chosen.view === true && <EvidenceCard key={`evidence ${chosen.id}`} file={file} id={chosen.id} />}
        <RecordingKept file={file} id={chosen.id} />
      </div>
    </div>
  )
}

type WatchProps = Props & Readonly<{ chosen: CaseWorkspace['recordings'][number] }>

/** One film with the written record beside it, or all cameras of the time in step. */
function Watch({ file, chosen, place, onGo }: WatchProps) {
  const { t } = useTranslation('player')
  const [now, setNow] = useState(0)
  const coverage = useRoute(getCoverage, { params: { id: file.id } })
  const films = (coverage.data?.cameras ?? []).filter((c) => c.view === true && c.medium !== 'photo')
  const beside = besideOf(films, chosen.id)
  const together = place.cams === 'on' && beside.length > 1
  const control = useRef<PlayerControl>(null)
  const at = (): number => control.current?.at() ?? 0
  const seek = (seconds: number): void => control.current?.seek(seconds)
  return (
    <>
      <section className="panel">
        {beside.length > 1 && (
          <Button
            className="cameras-toggle"
            size="small"
            onClick={() => onGo({ f: chosen.id, cams: together ? undefined : 'on' })}
          >
            {together ? t('cameras.close') : t('cameras.open', { n: beside.length })}
          </Button>
        )}
        {together ? (
          <Cameras key={beside.map((c) => c.id).join(' ')} cameras={beside} />
        ) : (
          <Player
            recording={chosen}
            at={place.f === chosen.id ? place.t : undefined}
            onAt={(at) => onGo({ f: chosen.id, t: at })}
            onNow={setNow}
            control={control}
            pointNames={new Map(file.keyContent.map((p) => [p.code, p.label]))}
          />
        )}
      </section>
      {!together && (
        <>
          <PointsCard
            key={`points ${chosen.id}`}
            id={chosen.id}
            wanted={file.keyContent}
            at={at}
            onSeek={seek}
          />
          <TranscriptCard key={`transcript ${chosen.id}`} id={chosen.id} now={now} at={at} onSeek={seek} />
          <RecordBeside file={file} recording={chosen} now={now} at={at} onSeek={seek} />
        </>
      )}
    </>
  )
}
