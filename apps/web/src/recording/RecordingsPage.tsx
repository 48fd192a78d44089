import { useState } from 'react'
import { CloudUploadOutlined } from '@ant-design/icons'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Segmented, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { listRecordings, registerRecording } from '@liuhen/api/routes/recordings'
import { useRoute } from '../api/use-route.ts'
import { useRoleGate } from '../session/use-role-gate.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { UntaggedQueue } from '../classify/UntaggedQueue.tsx'
import { paths } from '../paths.ts'
import { RecordingDrawer } from './RecordingDrawer.tsx'
import { RecordingRows } from './RecordingRows.tsx'
import { UploadDrawer } from './UploadDrawer.tsx'
import './recording.css'

const QUEUES = {
  all: {},
  unfinished: { status: 'registered' },
  broken: { verdict: 'broken' },
} as const
const KEYS = ['all', 'unlinked', 'unfinished', 'broken'] as const
type Queue = (typeof KEYS)[number]

/** Every recording, and the queues that want somebody: not yet filed, not yet whole, not playable. */
export function RecordingsPage() {
  const { t } = useTranslation('recording')
  const { t: w } = useTranslation('words')
  const { f, state } = useSearch({ from: '/shell/recordings' })
  const navigate = useNavigate({ from: '/recordings' })
  const queue: Queue = KEYS.find((k) => k === state) ?? 'all'
  const [uploading, setUploading] = useState(false)
  const gate = useRoleGate(registerRecording)
  const open = (id: string | undefined): void =>
    void navigate({ search: (old) => ({ ...old, f: id, t: undefined }) })
  return (
    <div className="page">
      <PageHead
        title={t('page.title')}
        note={t('page.note')}
        actions={
          <>
            <Link {...paths.playback()}>{t('toPlayback')}</Link>
            <Tooltip title={gate}>
              <Button
                type="primary"
                icon={<CloudUploadOutlined />}
                disabled={gate !== undefined}
                onClick={() => setUploading(true)}
              >
                {t('upload.open')}
              </Button>
            </Tooltip>
          </>
        }
      />
      <Segmented<Queue>
        aria-label={w('view')}
        className="queue"
        value={queue}
        options={KEYS.map((value) => ({ value, label: t(`queue.${value}`) }))}
        onChange={(value) => void navigate({ search: { state: value } })}
      />
      {queue === 'unlinked' ? (
        <UntaggedQueue opened={f} onOpen={open} />
      ) : (
        <RecordingList queue={queue} opened={f} onOpen={open} />
      )}
      <UploadDrawer open={uploading} onClose={() => setUploading(false)} target={undefined} />
    </div>
  )
}

type ListProps = Readonly<{
  queue: Exclude<Queue, 'unlinked'>
  opened: string | undefined
  onOpen: (id: string | undefined) => void
}>

function RecordingList({ queue, opened, onOpen }: ListProps) {
  const { t } = useTranslation('recording')
  const recordings = useRoute(listRecordings, { query: { ...QUEUES[queue], limit: 100 } }, { keep: true })
  const rows = recordings.data?.items ?? []
  return (
    <>
      {recordings.error && <ProblemView error={recordings.error} onRetry={() => void recordings.refetch()} />}
      {recordings.isPending && <Waiting rows={8} />}
      {recordings.data && rows.length === 0 && (
        <Nothing title={t(`queueNone.${queue}`)} hint={t('noneHint')} />
      )}
      {rows.length > 0 && <RecordingRows rows={rows} onOpen={onOpen} />}
      <RecordingDrawer row={rows.find((row) => row.id === opened)} onClose={() => onOpen(undefined)} />
    </>
  )
}
