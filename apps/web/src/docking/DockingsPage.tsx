import { useNavigate, useSearch } from '@tanstack/react-router'
import { Progress, Segmented, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { listDockings } from '@liuhen/api/routes/dockings'
import type { DockingRow } from '@liuhen/api/routes/dockings'
import { useRoute } from '../api/use-route.ts'
import { sizeOf } from '../recording/size.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaShort } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import { DockingDrawer } from './DockingDrawer.tsx'
import '../recording/recording.css'
import './docking.css'

const QUEUES = {
  all: {},
  open: { status: 'open' },
  unresolved: { unresolved: 'true' },
  completed: { status: 'completed' },
  cleared: { status: 'cleared' },
} as const
type Queue = keyof typeof QUEUES
const KEYS = ['all', 'open', 'unresolved', 'completed', 'cleared'] as const

/** While something is being taken in, the list is read again. */
const EVERY_MS = 3000

/** What lies at the stations: how far each device is, what nobody has claimed, what may be emptied. */
export function DockingsPage() {
  const { t } = useTranslation('docking')
  const { t: w } = useTranslation('words')
  const { d, state } = useSearch({ from: '/shell/dockings' })
  const navigate = useNavigate({ from: '/dockings' })
  const queue: Queue = KEYS.find((k) => k === state) ?? 'all'
  const dockings = useRoute(
    listDockings,
    { query: { ...QUEUES[queue], limit: 100 } },
    { keep: true, every: EVERY_MS },
  )
  const rows = dockings.data?.items ?? []
  const open = (id: string | undefined): void => void navigate({ search: (old) => ({ ...old, d: id }) })
  return (
    <div className="page">
      <PageHead title={t('title')} note={t('note')} />
      <Segmented<Queue>
        aria-label={w('view')}
        className="queue"
        value={queue}
        options={KEYS.map((value) => ({ value, label: t(`queue.${value}`) }))}
        onChange={(value) => void navigate({ search: { state: value } })}
      />
      {dockings.error && (
        <ProblemView error={dockings.error} route={listDockings} onRetry={() => void dockings.refetch()} />
      )}
      {dockings.isPending && <Waiting rows={6} />}
      {dockings.data && rows.length === 0 && <Nothing title={t('none')} hint={t('noneHint')} />}
      {rows.length > 0 && (
        <ul className="docking-rows panel">
          {rows.map((row) => (
            <DockingLine key={row.id} row={row} onOpen={() => open(row.id)} />
          ))}
        </ul>
      )}
      <DockingDrawer id={d} onClose={() => open(undefined)} />
    </div>
  )
}

const TONES = { open: 'processing', completed: 'success', cleared: 'default' } as const

function DockingLine({ row, onOpen }: Readonly<{ row: DockingRow; onOpen: () => void }>) {
  const { t } = useTranslation('docking')
  const now = useNow()
  const share = row.bytes === 0 ? 100 : Math.floor((row.receivedBytes / row.bytes) * 100)
  return (
    <li>
      <div>
        <button type="button" className="text-button" onClick={onOpen}>
          {row.deviceId}
        </button>
        <p className="faint">
          {row.station} · {chinaShort(row.begunAt, now)}
        </p>
      </div>
      <div className="docking-progress">
        {row.status === 'open' && <Progress percent={share} size="small" aria-label={row.deviceId} />}
        <span className="faint">
          {t('progress', {
            kept: row.keptFiles,
            files: row.files,
            keptBytes: sizeOf(row.keptBytes),
            bytes: sizeOf(row.bytes),
          })}
        </span>
      </div>
      <span className="docking-tags">
        {row.unresolved > 0 && <Tag color="warning">{t('unresolved', { n: row.unresolved })}</Tag>}
        <Tag color={TONES[row.status]}>{t(`status.${row.status}`)}</Tag>
      </span>
    </li>
  )
}
