import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { RecordingKept } from '../keeping/KeepingCard.tsx'
import { Reasons } from '../law-text/Reasons.tsx'
import type { CasePlace } from '../paths.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { chinaClock, chinaShort, clockOf } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import { PlayableTag } from './PlayableTag.tsx'
import { Player } from './Player.tsx'
import { RecordingDetails } from './RecordingDetails.tsx'
import { useTitle } from './use-title.ts'

type Props = Readonly<{ file: CaseWorkspace; place: CasePlace; onGo: (change: CasePlace) => void }>

/** The case's recordings: a list, the player, and everything known about the one that plays. */
export function RecordingsTab({ file, place, onGo }: Props) {
  const { t } = useTranslation('recording')
  const now = useNow()
  const titleOf = useTitle(file)
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
                {chinaShort(r.from, now)}–{chinaClock(r.to)} ·{' '}
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
            <section className="panel">
              <Player
                recording={chosen}
                at={place.f === chosen.id ? place.t : undefined}
                onAt={(at) => onGo({ f: chosen.id, t: at })}
              />
            </section>
            <RecordingDetails key={chosen.id} id={chosen.id} />
          </>
        ) : (
          <section className="panel">
            <h2>{titleOf(chosen)}</h2>
            <Reasons reasons={chosen.view} />
          </section>
        )}
        <RecordingKept file={file} id={chosen.id} />
      </div>
    </div>
  )
}
