import {
  CheckCircleFilled,
  ClockCircleFilled,
  MinusCircleOutlined,
  PlayCircleOutlined,
  StopOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { StepStatus } from '@liuhen/law/evaluation'

const ICONS: Readonly<Record<StepStatus, ReactNode>> = {
  done: <CheckCircleFilled />,
  begun: <ClockCircleFilled />,
  possible: <PlayCircleOutlined />,
  blocked: <StopOutlined />,
  'not-needed': <MinusCircleOutlined />,
}

type Props = Readonly<{ file: CaseWorkspace; chosen: string | undefined; onChoose: (step: string) => void }>

/** The procedure as the law draws it: stages and steps, each with where it stands. Lies flat on a phone. */
export function StageRail({ file, chosen, onChoose }: Props) {
  const { t } = useTranslation('case')
  const here = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const rail = here.current?.closest('.stage-rail')
    if (!rail || !here.current) return
    const top = here.current.offsetTop - rail.clientHeight / 2
    rail.scrollTo({ top, left: here.current.offsetLeft - rail.clientWidth / 2 + 60 })
  }, [chosen])
  return (
    <nav className="stage-rail" aria-label={t('rail.label')} tabIndex={0}>
      {file.stages.map((stage) => {
        const steps = file.evaluation.steps.filter((step) => step.stage === stage.id)
        const done = steps.length > 0 && steps.every((s) => s.status === 'done' || s.status === 'not-needed')
        return (
          <section key={stage.id} data-done={done}>
            <h2>{stage.name}</h2>
            <ol>
              {steps.map((step) => (
                <li key={step.id}>
                  <button
                    type="button"
                    ref={step.id === chosen ? here : undefined}
                    className={`rail-step rail-step-${step.status}`}
                    aria-current={step.id === chosen ? 'step' : undefined}
                    onClick={() => onChoose(step.id)}
                  >
                    <span
                      className="rail-step-icon"
                      title={t(`stepStatus.${step.status}`)}
                      aria-hidden="true"
                    >
                      {ICONS[step.status]}
                    </span>
                    <span>{step.name}</span>
                    <span className="sr-only">{t(`stepStatus.${step.status}`)}</span>
                  </button>
                </li>
              ))}
            </ol>
          </section>
        )
      })}
    </nav>
  )
}
