import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { Said } from '../law-text/Said.tsx'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { WhyNot } from './WhyNot.tsx'

type Step = CaseWorkspace['evaluation']['steps'][number]
type Props = Readonly<{
  step: Step
  /** The case stands here. */
  here: boolean
  asked: boolean
  onAsk: () => void
  onOpen: () => void
}>

/** One step on the map: how it stands, what it still lacks, and on asking why it may not begin. */
export function StepTile({ step, here, asked, onAsk, onOpen }: Props) {
  const { t } = useTranslation('procedure')
  const answer = useId()
  const blocked = step.status === 'blocked'
  return (
    <li className={`tile tile-${step.status}`} data-here={here}>
      <button type="button" className="tile-name" aria-current={here ? 'step' : undefined} onClick={onOpen}>
        {step.name}
      </button>
      <span className="tile-marks">
        {here && <span className="tile-here">{t('here')}</span>}
        <span className={`tile-mark tile-mark-${step.status}`}>{t(`status.${step.status}`)}</span>
        {step.optional && step.status !== 'not-needed' && <span className="faint">{t('optional')}</span>}
        {blocked && (
          <button
            type="button"
            className="text-button"
            aria-expanded={asked}
            aria-controls={answer}
            onClick={onAsk}
          >
            {t('whyNot')}
          </button>
        )}
      </span>
      {step.status === 'begun' && <Lacks step={step} />}
      {blocked && asked && (
        <div id={answer} className="tile-why">
          <WhyNot reasons={step.before} />
        </div>
      )}
    </li>
  )
}

/** What a step that is under way still needs: papers first, then everything that its completion asks. */
function Lacks({ step }: Readonly<{ step: Step }>) {
  const { t } = useTranslation('procedure')
  const { t: w } = useTranslation('words')
  const definitions = useDefinitions()
  const papers = step.documents.filter((d) => d.required && !d.done)
  const names = papers.map((d) => definitions.get(d.type)?.name ?? d.type)
  if (names.length === 0 && step.missing.length === 0) return null
  return (
    <ul className="tile-lacks">
      {names.length > 0 && <li>{t('papers', { names: names.join(w('comma')) })}</li>}
      {step.missing.map((reason) => (
        <li key={`${reason.code}${reason.message}`}>
          <Said reason={reason} />
        </li>
      ))}
    </ul>
  )
}
