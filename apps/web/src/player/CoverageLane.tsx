import { useTranslation } from 'react-i18next'
import type { Camera, StepCoverage } from '@liuhen/api/routes/playback'
import { Reasons } from '../law-text/Reasons.tsx'
import { chinaClock, clockOf } from '../time/china.ts'
import './coverage.css'

type Props = Readonly<{
  steps: readonly StepCoverage[]
  cameras: readonly Camera[]
  onOpen: (id: string, seconds: number) => void
}>

const minutes = (from: string, to: string): number => Math.ceil((Date.parse(to) - Date.parse(from)) / 60_000)

/** Of each step's time, what was recorded: films over it, what is missing named with its minutes and clauses. */
export function CoverageLane({ steps, cameras, onOpen }: Props) {
  const { t } = useTranslation('player')
  if (steps.length === 0) return null
  return (
    <section className="panel" aria-label={t('coverage.title')}>
      <h2>{t('coverage.title')}</h2>
      <ul className="coverage">
        {steps.map((step) => (
          <li key={step.step}>
            <p className="coverage-head">
              <strong>{step.name}</strong>
              <span className="mono faint">
                {chinaClock(step.from)}–{chinaClock(step.to)}
              </span>
              <span className={step.gaps.length === 0 ? 'coverage-whole' : 'coverage-lacks'}>
                {step.gaps.length === 0
                  ? t('coverage.whole')
                  : t('coverage.lacks', { n: step.gaps.reduce((sum, g) => sum + minutes(g.from, g.to), 0) })}
              </span>
            </p>
            <Bars step={step} cameras={cameras.filter((c) => c.step === step.step)} onOpen={onOpen} />
            {step.gaps.length > 0 && (
              <p className="faint">
                {t('coverage.gaps', {
                  list: step.gaps
                    .map((g) => `${chinaClock(g.from)}—${chinaClock(g.to)}`)
                    .join(t('coverage.and')),
                })}
              </p>
            )}
            <Reasons reasons={step.reasons} />
          </li>
        ))}
      </ul>
    </section>
  )
}

type BarsProps = Readonly<{ step: StepCoverage; cameras: readonly Camera[]; onOpen: Props['onOpen'] }>

function Bars({ step, cameras, onOpen }: BarsProps) {
  const { t } = useTranslation('player')
  const [from, to] = [Date.parse(step.from), Date.parse(step.to)]
  const place = (a: string, b: string) => {
    const [start, end] = [Math.max(from, Date.parse(a)), Math.min(to, Date.parse(b))]
    return {
      left: `${((start - from) / (to - from)) * 100}%`,
      width: `${(Math.max(0, end - start) / (to - from)) * 100}%`,
    }
  }
  const shown = cameras.filter((c) => Date.parse(c.from) < to && Date.parse(c.to) > from)
  return (
    <div className="coverage-bars">
      {step.gaps.map((gap) => (
        <span key={gap.from} className="coverage-gap" style={place(gap.from, gap.to)} />
      ))}
      {shown.map((camera) => (
        <button
          key={camera.id}
          type="button"
          className="coverage-film"
          style={place(camera.from, camera.to)}
          aria-label={t('coverage.film', {
            name: camera.fileName,
            from: chinaClock(camera.from),
            length: clockOf((Date.parse(camera.to) - Date.parse(camera.from)) / 1000),
          })}
          title={camera.fileName}
          onClick={() => onOpen(camera.id, Math.max(0, (from - Date.parse(camera.from)) / 1000))}
        />
      ))}
    </div>
  )
}
