import { Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { ProblemView } from '../shell/ProblemView.tsx'
import { InstantInput } from '../time/InstantInput.tsx'
import { percentOf, PHASES, phaseState } from '../upload/upload-state.ts'
import type { UploadItem, useUploads } from '../upload/use-uploads.ts'
import { sizeOf } from './size.ts'

type Props = Readonly<{ item: UploadItem; uploads: ReturnType<typeof useUploads>; onAgain: () => void }>

/** One file: its times while it waits, then its way, phase by phase. */
export function UploadLine({ item, uploads, onAgain }: Props) {
  const { t } = useTranslation('recording')
  const { state, file } = item
  return (
    <li className="upload-item">
      <div className="upload-line">
        <strong>{file.name}</strong>
        <span className="faint">{sizeOf(file.size)}</span>
      </div>
      {isOpen(item) && <Times item={item} uploads={uploads} />}
      {state.phase !== 'waiting' && state.phase !== 'failed' && (
        <>
          <ol className="upload-phases">
            {PHASES.map((phase) => (
              <li key={phase} data-state={phaseState(state, phase)}>
                {t(`phase.${phase}`)}
              </li>
            ))}
          </ol>
          <Progress
            percent={percentOf(state)}
            status={state.phase === 'stored' ? 'success' : 'normal'}
            aria-label={t('upload.progress', { name: file.name })}
          />
          <p className="faint" role="status">
            {'done' in state
              ? t(`at.${state.phase}`, { done: sizeOf(state.done), of: sizeOf(state.of) })
              : t(`at.${state.phase}`)}
          </p>
        </>
      )}
      {state.phase === 'failed' && <ProblemView error={state.error} compact onRetry={onAgain} />}
      {item.unlabelled !== undefined && <ProblemView error={item.unlabelled} compact />}
      <div className="upload-line">
        {state.phase === 'sending' && (
          <Button onClick={() => uploads.pause(item)}>{t('upload.pause')}</Button>
        )}
        {state.phase === 'paused' && (
          <Button onClick={() => uploads.resume(item)}>{t('upload.resume')}</Button>
        )}
        {(state.phase === 'waiting' || state.phase === 'failed' || state.phase === 'stored') && (
          <Button type="text" onClick={() => uploads.remove(item)}>
            {t('upload.remove')}
          </Button>
        )}
      </div>
    </li>
  )
}

/** Until it is registered, its times are a person's to correct, also when the server would not take them. */
const isOpen = ({ state, recordingId }: UploadItem): boolean =>
  state.phase === 'waiting' || (state.phase === 'failed' && recordingId === undefined)

function Times({ item, uploads }: Pick<Props, 'item' | 'uploads'>) {
  const { t } = useTranslation('recording')
  const { times } = item
  const change = (part: Partial<UploadItem['times']>): void =>
    uploads.change(item.id, { times: { ...times, ...part } })
  return (
    <>
      <div className="two-columns">
        <label className="stack">
          {t('upload.from')}
          <InstantInput value={times.madeFrom} onChange={(v) => change({ madeFrom: v ?? '' })} />
        </label>
        <label className="stack">
          {t('upload.to')}
          <InstantInput value={times.madeTo} onChange={(v) => change({ madeTo: v ?? '' })} />
        </label>
      </div>
      <p className="field-help">{t('upload.deviceClock')}</p>
      {Date.parse(times.madeTo) < Date.parse(times.madeFrom) && (
        <p className="field-problem">{t('upload.order')}</p>
      )}
    </>
  )
}
