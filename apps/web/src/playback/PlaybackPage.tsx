import { useNavigate, useSearch } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { listPlaybackQueue } from '@liuhen/api/routes/playback'
import { useRoleGate } from '../session/use-role-gate.ts'
import { PageHead } from '../shell/PageHead.tsx'
import { PlaybackRegisterTab } from './PlaybackRegisterTab.tsx'
import { QueueTab } from './QueueTab.tsx'
import '../recording/recording.css'
import './playback.css'

const TABS = ['queue', 'register'] as const
type Tab = (typeof TABS)[number]

/** 回放核验和音像台账: what waits for somebody's eyes, and the list of what was looked at. */
export function PlaybackPage() {
  const { t } = useTranslation('playback')
  const { t: w } = useTranslation('words')
  const { tab } = useSearch({ from: '/shell/playback' })
  const navigate = useNavigate({ from: '/playback' })
  const looks = useRoleGate(listPlaybackQueue) === undefined
  const shown: Tab = tab ?? (looks ? 'queue' : 'register')
  return (
    <div className="page">
      <PageHead title={t('title')} note={t('note_')} />
      <Segmented<Tab>
        aria-label={w('view')}
        className="queue"
        value={shown}
        options={TABS.map((value) => ({
          value,
          label: t(`tab.${value}`),
          disabled: value === 'queue' && !looks,
        }))}
        onChange={(value) => void navigate({ search: { tab: value } })}
      />
      {shown === 'queue' ? <QueueTab /> : <PlaybackRegisterTab />}
    </div>
  )
}
