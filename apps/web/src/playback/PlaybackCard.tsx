import { useState } from 'react'
import { Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { confirmPlayback } from '@liuhen/api/routes/playback'
import type { PlaybackRow } from '@liuhen/api/routes/playback'
import { LOOK_SECONDS } from '@liuhen/domain/recording/playback'
import type { RecordingView } from '@liuhen/api/routes/recordings'
import { useCommand } from '../api/use-command.ts'
import { Reasons } from '../law-text/Reasons.tsx'
import { tellViewings } from '../player/open-viewings.ts'
import { useMe } from '../session/me.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { chinaMinute } from '../time/china.ts'
import './playback.css'

type Look = PlaybackRow['looks'][number]

/** Who looked, when, how much of it, and what they say. */
export function LookLine({ look }: Readonly<{ look: Look }>) {
  const { t } = useTranslation('playback')
  return (
    <span className={look.playable ? 'look-yes' : 'look-no'}>
      {t(look.playable ? 'plays' : 'playsNot')}
      <span className="faint">
        {' '}
        {t('by', {
          as: t(`as.${look.as}`),
          name: look.by.name,
          at: chinaMinute(look.at),
          n: look.watchedSeconds,
        })}
        {look.note !== undefined && ` ${look.note}`}
      </span>
    </span>
  )
}

type Props = Readonly<{
  recording: Pick<RecordingView, 'id' | 'looks' | 'playbackEntry' | 'can'>
  onDone?: () => void
}>

/** 能否正常回放: what people say who looked, beside the machine's verdict. */
export function PlaybackCard({ recording, onDone }: Props) {
  const { t } = useTranslation('playback')
  const may = recording.can.confirmPlayback
  const { personId } = useMe()
  const own = recording.looks.find((look) => look.by.personId === personId)
  const [again, setAgain] = useState(false)
  return (
    <section className="panel" aria-label={t('card')}>
      <h2>{t('card')}</h2>
      {recording.looks.length === 0 && <p className="faint">{t('nobody')}</p>}
      <ul className="look-list">
        {recording.looks.map((look) => (
          <li key={`${look.as}${look.by.personId}`}>
            <LookLine look={look} />
          </li>
        ))}
      </ul>
      {recording.playbackEntry && <p>{t('entered', { at: chinaMinute(recording.playbackEntry.at) })}</p>}
      {may !== true && <Reasons reasons={may} />}
      {may === true && own !== undefined && !again && (
        <Button size="small" onClick={() => setAgain(true)}>
          {t('sayAgain')}
        </Button>
      )}
      {may === true && (own === undefined || again) && (
        <SayIt
          id={recording.id}
          onDone={() => {
            setAgain(false)
            onDone?.()
          }}
        />
      )}
    </section>
  )
}

function SayIt({ id, onDone }: Readonly<{ id: string; onDone: () => void }>) {
  const { t } = useTranslation('playback')
  const [note, setNote] = useState('')
  const done = (): void => {
    setNote('')
    onDone()
  }
  const confirm = useCommand(confirmPlayback, { done: t('done'), onDone: done })
  // What was seen up to this moment counts, also while the film still runs.
  const say = (playable: boolean): void =>
    void tellViewings().then(() =>
      confirm.mutate({
        params: { id },
        body: { playable, ...(note.trim() !== '' && { note: note.trim() }) },
      }),
    )
  return (
    <div className="say-playback">
      <p className="explain">{t('explain', { seconds: LOOK_SECONDS })}</p>
      <Input
        value={note}
        maxLength={200}
        aria-label={t('note')}
        placeholder={t('noteHint')}
        onChange={(e) => setNote(e.target.value)}
      />
      {confirm.error && <ProblemView error={confirm.error} route={confirmPlayback} compact />}
      <div className="button-row">
        <Button type="primary" loading={confirm.isPending} onClick={() => say(true)}>
          {t('sayPlays')}
        </Button>
        <Button
          danger
          disabled={note.trim().length < 2}
          loading={confirm.isPending}
          onClick={() => say(false)}
          aria-describedby="say-not-why"
        >
          {t('sayPlaysNot')}
        </Button>
        {note.trim().length < 2 && (
          <span id="say-not-why" className="faint">
            {t('noteFirst')}
          </span>
        )}
      </div>
    </div>
  )
}
