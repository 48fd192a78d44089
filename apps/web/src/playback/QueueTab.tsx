import { useState } from 'react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Alert, Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { confirmPlaybacks, listPlaybackQueue } from '@liuhen/api/routes/playback'
import type { PlaybackRow } from '@liuhen/api/routes/playback'
import { getRecording } from '@liuhen/api/routes/recordings'
import { useCommand } from '../api/use-command.ts'
import { useRoute } from '../api/use-route.ts'
import { Player } from '../player/Player.tsx'
import { PlayableTag } from '../recording/PlayableTag.tsx'
import { Nothing } from '../shell/Nothing.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { useKeys } from '../shell/use-keys.ts'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaSecond, chinaShortSecond } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import { PlaybackCard } from './PlaybackCard.tsx'

/** One after the other: play, say, next; and several at once that were all looked at. */
export function QueueTab() {
  const { t } = useTranslation('playback')
  const { f } = useSearch({ from: '/shell/playback' })
  const navigate = useNavigate({ from: '/playback' })
  const queue = useRoute(listPlaybackQueue, { query: { limit: 100 } }, { keep: true })
  const rows = queue.data?.items ?? []
  const chosen = rows.find((row) => row.id === f) ?? rows[0]
  const open = (row: PlaybackRow | undefined): void =>
    void navigate({ search: (old) => ({ ...old, f: row?.id }) })
  const beside = (by: number): PlaybackRow | undefined => rows[rows.findIndex((r) => r === chosen) + by]
  useKeys({ n: () => open(beside(1) ?? chosen), p: () => open(beside(-1) ?? chosen) }, rows.length > 0)
  if (queue.isPending) return <Waiting rows={8} />
  if (queue.error)
    return <ProblemView error={queue.error} route={listPlaybackQueue} onRetry={() => void queue.refetch()} />
  if (!chosen) return <Nothing title={t('queueNone')} hint={t('queueNoneHint')} />
  return (
    <div className="playback-work">
      <QueueList rows={rows} total={queue.data.total} chosen={chosen} onOpen={open} />
      <Work key={chosen.id} row={chosen} onNext={() => open(beside(1))} />
    </div>
  )
}

type ListProps = Readonly<{
  rows: readonly PlaybackRow[]
  total: number
  chosen: PlaybackRow
  onOpen: (row: PlaybackRow) => void
}>

function QueueList({ rows, total, chosen, onOpen }: ListProps) {
  const { t } = useTranslation('playback')
  const now = useNow()
  const [picked, setPicked] = useState<readonly string[]>([])
  const looked = rows.filter((row) => row.watchedSeconds !== undefined && row.watchedSeconds > 0)
  const confirm = useCommand(confirmPlaybacks, { onDone: () => setPicked([]) })
  const pick = (id: string, on: boolean): void =>
    setPicked((old) => (on ? [...old, id] : old.filter((one) => one !== id)))
  const refused = confirm.data?.refused ?? []
  return (
    <section className="panel queue-list" aria-label={t('tab.queue')}>
      <div className="queue-bulk">
        <Checkbox
          checked={looked.length > 0 && picked.length === looked.length}
          indeterminate={picked.length > 0 && picked.length < looked.length}
          disabled={looked.length === 0}
          onChange={(e) => setPicked(e.target.checked ? looked.map((row) => row.id) : [])}
        >
          {t('pickLooked', { n: looked.length })}
        </Checkbox>
        <Button
          size="small"
          disabled={picked.length === 0}
          loading={confirm.isPending}
          onClick={() => confirm.mutate({ body: { ids: [...picked] } })}
        >
          {t('confirmPicked', { n: picked.length })}
        </Button>
      </div>
      {confirm.data && (
        <Alert
          type={refused.length > 0 ? 'warning' : 'success'}
          showIcon
          title={t('bulkDone', { n: confirm.data.confirmed.length, refused: refused.length })}
        />
      )}
      {confirm.error && <ProblemView error={confirm.error} route={confirmPlaybacks} compact />}
      <p className="faint">{t('waiting', { n: total })}</p>
      <ul>
        {rows.map((row) => (
          <li key={row.id} aria-current={row === chosen}>
            <Checkbox
              aria-label={t('pick', { name: row.fileName })}
              checked={picked.includes(row.id)}
              disabled={!looked.includes(row)}
              onChange={(e) => pick(row.id, e.target.checked)}
            />
            <button type="button" className="queue-row" onClick={() => onOpen(row)}>
              <strong>{row.fileName}</strong>
              <span className="faint">
                {row.officerName} · {row.deviceId}
              </span>
              <span className="mono faint">
                {chinaShortSecond(row.madeFrom, now)}–{chinaSecond(row.madeTo)}
              </span>
              <span>
                <PlayableTag playable={row.verdict} />{' '}
                <span className="faint">
                  {row.watchedSeconds === undefined
                    ? t('notOpened')
                    : t('ownSeconds', { n: Math.round(row.watchedSeconds) })}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Work({ row, onNext }: Readonly<{ row: PlaybackRow; onNext: () => void }>) {
  const { t } = useTranslation('playback')
  const view = useRoute(getRecording, { params: { id: row.id } })
  return (
    <div className="recording-main">
      <section className="panel">
        <Player
          recording={{ ...row, from: row.madeFrom, playable: row.verdict ?? 'not-checked' }}
          at={undefined}
          onAt={() => undefined}
          purpose="playback-check"
        />
        {row.note !== undefined && <p className="faint">{row.note}</p>}
        <p className="faint player-keys">{t('keys')}</p>
      </section>
      {view.data && <PlaybackCard recording={view.data} onDone={onNext} />}
      {view.error && <ProblemView error={view.error} onRetry={() => void view.refetch()} />}
    </div>
  )
}
