import { useEffect, useRef } from 'react'
import { ArrowRightOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { Cites } from '../law-text/Cites.tsx'
import { Reasons } from '../law-text/Reasons.tsx'
import { currentStep } from './current-step.ts'
import { StepAction } from './StepAction.tsx'
import { StepDocuments } from './StepDocuments.tsx'
import { StepNotes } from './StepNotes.tsx'
import { StepRecordings } from './StepRecordings.tsx'
import './step.css'

export type StepProps = Readonly<{ file: CaseWorkspace; step: CaseWorkspace['evaluation']['steps'][number] }>

type PanelProps = StepProps &
  Readonly<{
    /** Goes to a step; to none in particular, to the one that comes next. */
    onStep: (step: string | undefined) => void
  }>

/** One step: what it is and by which clause, what stands against it, what it needs, and the button at the end. */
export function StepPanel({ file, step, onStep }: PanelProps) {
  const { t } = useTranslation('case')
  const { t: w } = useTranslation('words')
  const stage = file.stages.find((s) => s.id === step.stage)?.name
  const next = currentStep(file.evaluation.steps)
  const leads = step.status === 'done' && next !== undefined && ['begun', 'possible'].includes(next.status)
  const shown = useRef(false)
  useEffect(() => {
    shown.current = true
    return () => {
      shown.current = false
    }
  }, [])
  // Whoever looks at something else by the time the answer comes stays there.
  const goOn = (): void => {
    if (shown.current) onStep(undefined)
  }
  const roles = step.by.map((role) => w(`role.${role}`, { defaultValue: role })).join(w('comma'))
  return (
    <div className="step-panel">
      <header className="panel step-head">
        <p className="faint">{stage}</p>
        <h2>
          {step.name}
          <Tag className={`step-tag step-tag-${step.status}`}>{t(`stepStatus.${step.status}`)}</Tag>
          {step.optional && <Tag>{t('step.optional')}</Tag>}
        </h2>
        {roles !== '' && <p className="faint">{t('step.by', { roles })}</p>}
        <Cites of={step.citations} max={4} />
        {leads && (
          <p className="step-next">
            <Button type="primary" ghost onClick={() => onStep(next.id)}>
              {t('step.next', { step: next.name })} <ArrowRightOutlined />
            </Button>
          </p>
        )}
      </header>
      {step.status === 'blocked' && (
        <section className="panel">
          <h3>{t('step.whyNot')}</h3>
          <Reasons reasons={step.before} />
          {step.before.length === 0 && <p className="faint">{t('step.whyNotUnknown')}</p>}
        </section>
      )}
      {step.status === 'not-needed' && <p className="panel faint">{t('step.notNeeded')}</p>}
      {step.status === 'possible' && <StepAction file={file} step={step} kind="begin" />}
      <StepDocuments file={file} step={step} />
      <StepRecordings file={file} step={step} />
      {step.status === 'begun' && <StepAction file={file} step={step} kind="complete" onDone={goOn} />}
      <StepNotes file={file} step={step} />
    </div>
  )
}
