import { useState } from 'react'
import { Button, Drawer, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { clearDevice, getDocking } from '@liuhen/api/routes/dockings'
import type { DockedFileView, DockingView } from '@liuhen/api/routes/dockings'
import { wantsClaim } from '@liuhen/domain/docking/events'
import { useCommand } from '../api/use-command.ts'
import { useRoute } from '../api/use-route.ts'
import { sizeOf } from '../recording/size.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { useWide } from '../shell/use-wide.ts'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaMinute } from '../time/china.ts'
import { ClaimDialog } from './ClaimDialog.tsx'
import { Receipt } from './Receipt.tsx'

type Props = Readonly<{ id: string | undefined; onClose: () => void }>

export function DockingDrawer({ id, onClose }: Props) {
  const wide = useWide(760)
  const docking = useRoute(
    getDocking,
    { params: { id: id ?? '-' } },
    { enabled: id !== undefined, every: id === undefined ? false : 3000 },
  )
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      size={wide ? 720 : '100%'}
      title={docking.data?.deviceId}
      destroyOnHidden
    >
      {docking.isPending && <Waiting rows={6} />}
      {docking.error && <ProblemView error={docking.error} route={getDocking} />}
      {docking.data && <Docking docking={docking.data} />}
    </Drawer>
  )
}

function Docking({ docking }: Readonly<{ docking: DockingView }>) {
  const { t } = useTranslation('docking')
  const [claiming, setClaiming] = useState<DockedFileView | undefined>()
  return (
    <div className="recording-main">
      <section className="panel">
        <Facts docking={docking} />
        {docking.status === 'completed' && <ClearButton docking={docking} />}
      </section>
      {docking.receipt && <Receipt lines={docking.receipt} />}
      <section className="panel">
        <h2>{t('files')}</h2>
        <ul className="docked-files">
          {docking.files.map((file) => (
            <FileLine
              key={file.path}
              file={file}
              onClaim={docking.can.settle === true ? () => setClaiming(file) : undefined}
            />
          ))}
        </ul>
      </section>
      {claiming && <ClaimDialog docking={docking} file={claiming} onClose={() => setClaiming(undefined)} />}
    </div>
  )
}

function Facts({ docking }: Readonly<{ docking: DockingView }>) {
  const { t } = useTranslation('docking')
  const { clock } = docking
  const seconds = (ms: number) => (Math.abs(ms) / 1000).toFixed(1)
  return (
    <dl className="facts">
      <dt>{t('station')}</dt>
      <dd>{docking.station}</dd>
      <dt>{t('begun')}</dt>
      <dd>{chinaMinute(docking.begunAt)}</dd>
      {docking.completedAt !== undefined && (
        <>
          <dt>{t('completedAt')}</dt>
          <dd>{chinaMinute(docking.completedAt)}</dd>
        </>
      )}
      {docking.clearedAt !== undefined && (
        <>
          <dt>{t('clearedAt')}</dt>
          <dd>{chinaMinute(docking.clearedAt)}</dd>
        </>
      )}
      <dt>{t('device')}</dt>
      <dd>
        {docking.device.known
          ? t(docking.device.takenBy === undefined ? 'deviceIn' : 'deviceOut', {
              name: docking.device.takenBy,
            })
          : t('deviceUnknown')}
      </dd>
      <dt>{t('clock')}</dt>
      <dd>
        {clock === undefined
          ? t('clockUnknown')
          : t('clockMeasured', {
              way: t(clock.offsetMs < 0 ? 'slow' : 'fast'),
              s: seconds(clock.offsetMs),
              u: seconds(clock.uncertaintyMs),
              by: t(`by.${clock.by}`),
            })}
      </dd>
      <dt>{t('profile')}</dt>
      <dd>{docking.profile}</dd>
    </dl>
  )
}

function ClearButton({ docking }: Readonly<{ docking: DockingView }>) {
  const { t } = useTranslation('docking')
  const [asking, setAsking] = useState(false)
  const clear = useCommand(clearDevice, { done: t('clearDone'), onDone: () => setAsking(false) })
  const may = docking.can.clear
  return (
    <>
      <Tooltip title={may === true ? undefined : may.map((r) => `${r.message}${r.todo}`).join('')}>
        <Button disabled={may !== true} onClick={() => setAsking(true)}>
          {t('clear')}
        </Button>
      </Tooltip>
      {asking && (
        <FormDialog
          title={t('clearAsk', { device: docking.deviceId })}
          ok={t('clear')}
          danger
          note={t('clearNote')}
          route={clearDevice}
          sending={clear}
          onSend={() => clear.mutate({ params: { id: docking.id }, body: {} })}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}

type FileProps = Readonly<{ file: DockedFileView; onClaim: (() => void) | undefined }>

const wordOf = (f: DockedFileView) => {
  if (f.as === 'listed') return 'listed' as const
  if (f.reason === undefined) return f.kept ? ('recording' as const) : ('sending' as const)
  if (f.recordingId !== undefined) return 'claimed' as const
  if (f.reason === 'empty') return 'empty' as const
  return f.kept ? ('aside' as const) : ('asideSending' as const)
}

function FileLine({ file, onClaim }: FileProps) {
  const { t } = useTranslation('docking')
  const open = file.as === 'aside' && file.kept && file.recordingId === undefined && file.stays === undefined
  const wanted = open && file.reason !== undefined && wantsClaim(file.reason)
  return (
    <li>
      <div>
        <span className="docked-path">{file.path}</span>
        <p className="faint">
          {sizeOf(file.sizeBytes)} · {t(`file.${wordOf(file)}`)}
          {file.note !== undefined && ` · ${file.note}`}
        </p>
        {file.stays !== undefined && <p className="faint">{t('file.stays', { why: file.stays })}</p>}
      </div>
      {wanted && onClaim && (
        <Button size="small" onClick={onClaim}>
          {t('claim')}
        </Button>
      )}
    </li>
  )
}
