import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { currentStep } from '../step/current-step.ts'
import { mapOf } from './map-of.ts'
import { StepTile } from './StepTile.tsx'
import './procedure.css'

type Props = Readonly<{ file: CaseWorkspace; onStep: (step: string) => void }>
const LEGEND = ['done', 'begun', 'possible', 'blocked', 'not-needed'] as const

/** The whole procedure on one sheet: where the case stands, what can be done, and why the rest cannot yet. */
export function ProcedureMap({ file, onStep }: Props) {
  const { t } = useTranslation('procedure')
  const { steps } = file.evaluation
  const [asked, setAsked] = useState<string | undefined>()
  const here = currentStep(steps)
  const stages = mapOf(file.stages, steps)
  const counts = LEGEND.flatMap((status) => {
    const n = steps.filter((s) => s.status === status).length
    return n === 0 ? [] : [{ status, n }]
  })
  return (
    <section className="panel procedure-map" aria-label={t('map')}>
      <h2>{file.procedure.name}</h2>
      <p className="map-legend">
        {counts.map(({ status, n }) => (
          <span key={status} className={`tile-mark tile-mark-${status}`}>
            {t(`status.${status}`)} {n}
          </span>
        ))}
      </p>
      <ol className="map-stages">
        {stages.map((stage) => (
          <li key={stage.id} className={`map-stage map-stage-${stage.state}`}>
            <h3>
              {stage.name}
              <span className="faint">
                {stage.needed > 0
                  ? t('progress', { done: stage.done, needed: stage.needed })
                  : t(stage.steps.some((s) => s.status !== 'not-needed') ? 'optional' : 'status.not-needed')}
              </span>
            </h3>
            <ol>
              {stage.steps.map((step) => (
                <StepTile
                  key={step.id}
                  step={step}
                  here={step.id === here?.id}
                  asked={step.id === asked}
                  onAsk={() => setAsked(step.id === asked ? undefined : step.id)}
                  onOpen={() => onStep(step.id)}
                />
              ))}
            </ol>
          </li>
        ))}
      </ol>
    </section>
  )
}
