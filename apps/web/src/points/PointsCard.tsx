import { useState } from 'react'
import { Button, Form, Input, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { getRecording, markRecordingPoints } from '@liuhen/api/routes/recordings'
import { useCommand } from '../api/use-command.ts'
import { useRoute } from '../api/use-route.ts'
import { whyOf } from '../document/why-of.ts'
import { Cites } from '../law-text/Cites.tsx'
import { FormDialog } from '../shell/FormDialog.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { useKeys } from '../shell/use-keys.ts'
import { tenthClock } from '../transcript/lines.ts'
import { pointLines, withPoint } from './points-of.ts'
import type { PointLine } from './points-of.ts'
import './points.css'

type Wanted = CaseWorkspace['keyContent'][number]
type Props = Readonly<{
  id: string
  wanted: readonly Wanted[]
  at: () => number
  onSeek: (seconds: number) => void
}>

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

/** 摄录要点: what the texts want to be seen, each marked where it is in the film, or why there is none. */
export function PointsCard({ id, wanted, at, onSeek }: Props) {
  const { t } = useTranslation('points')
  const { t: w } = useTranslation('words')
  const recording = useRoute(getRecording, { params: { id } })
  const mark = useCommand(markRecordingPoints, { done: t('done') })
  const [without, setWithout] = useState<Wanted | undefined>()
  const view = recording.data
  const points = view?.points ?? []
  const lines = pointLines(wanted, points)
  const why = whyOf(view?.can.describe ?? [], (reason) => w('whyNot', reason))
  const may = view !== undefined && why === undefined && !mark.isPending
  const say = (code: string, said: Parameters<typeof withPoint>[2]): void =>
    mark.mutate({ params: { id }, body: { points: withPoint(points, code, said) } })
  const here = (line: PointLine | undefined): void => {
    if (line && may) say(line.wanted.code, { atSeconds: Math.round(at() * 10) / 10 })
  }
  useKeys(Object.fromEntries(lines.map((line, i) => [DIGITS[i] ?? '', () => here(line)])))
  if (view?.stored === undefined || view.manifest.medium === 'photo' || lines.length === 0) return null
  return (
    <section className="panel" aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <p className="explain">{t('note')}</p>
      <ol className="points">
        {lines.map(({ wanted: point, said }) => (
          <li key={point.code}>
            <div>
              {point.label} <Cites of={point.citations} max={1} untitled />
              <p className="faint">
                {said === undefined && t('unsaid')}
                {said?.notApplicable !== undefined && t('notApplicable', { why: said.notApplicable })}
                {said?.atSeconds !== undefined && <Where at={said.atSeconds} onSeek={onSeek} />}
              </p>
            </div>
            <Tooltip title={why}>
              <Button
                size="small"
                disabled={!may}
                aria-label={t('hereOf', { what: point.label })}
                onClick={() => here({ wanted: point, said })}
              >
                {t('here')}
              </Button>
            </Tooltip>
            <Button
              size="small"
              disabled={!may}
              aria-label={t('withoutOf', { what: point.label })}
              onClick={() => setWithout(point)}
            >
              {t('without')}
            </Button>
          </li>
        ))}
      </ol>
      {mark.error && <ProblemView error={mark.error} route={markRecordingPoints} compact />}
      {without && (
        <FormDialog<{ why: string }>
          title={t('withoutOf', { what: without.label })}
          ok={t('withoutOk')}
          note={t('withoutNote')}
          route={markRecordingPoints}
          sending={mark}
          onSend={(fields) => {
            say(without.code, { notApplicable: fields.why })
            setWithout(undefined)
          }}
          onClose={() => setWithout(undefined)}
        >
          <Form.Item
            name="why"
            label={t('why')}
            rules={[{ required: true, whitespace: true, message: t('whyNeeded') }]}
          >
            <Input maxLength={200} />
          </Form.Item>
        </FormDialog>
      )}
    </section>
  )
}

function Where({ at, onSeek }: Readonly<{ at: number; onSeek: (seconds: number) => void }>) {
  const { t } = useTranslation('points')
  return (
    <button type="button" className="text-button mono" onClick={() => onSeek(at)}>
      {t('at', { at: tenthClock(at) })}
    </button>
  )
}
