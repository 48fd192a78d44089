import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { Duty } from '@liuhen/law/evaluation'
import { Cites } from '../law-text/Cites.tsx'
import { Countdown } from '../law-text/Countdown.tsx'
import { DutyNotes } from './DutyNotes.tsx'
import { useTitle } from '../recording/use-title.ts'
import { chinaShort } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import { dutyLink, dutyPlace } from './duty-place.ts'
import type { DutyPlace } from './duty-place.ts'
import { isUnknownDay } from './unknown-day.ts'
import { ExcuseDialog } from './ExcuseDialog.tsx'

type Owed = Pick<Duty, 'id' | 'rule' | 'what' | 'why' | 'state' | 'citations'> &
  Readonly<{
    later?: readonly Readonly<{ citations: Duty['citations']; due?: string | undefined }>[] | undefined
    due?: string | undefined
    metAt?: string | undefined
    step?: string | undefined
    metBy?: string | undefined
  }>
type Props = Readonly<{
  duty: Owed
  file: CaseWorkspace
  narrow?: boolean
  /** Why no reason can be given for it by the one who looks. */
  why?: string | undefined
}>

export function DutyCard({ duty, file, narrow = false, why }: Props) {
  const { t } = useTranslation('case')
  const now = useNow()
  const titleOf = useTitle(file)
  const [excusing, setExcusing] = useState(false)
  const owed = duty.state === 'open' || duty.state === 'overdue'
  const place = owed ? dutyPlace(duty, file) : undefined
  const nameOf = ({ kind, id }: DutyPlace): string => {
    if (kind === 'step') return file.evaluation.steps.find((s) => s.id === id)?.name ?? ''
    const film = file.recordings.find((r) => r.id === id)
    return film ? `${titleOf(film)} ${chinaShort(film.from, now)}` : ''
  }
  return (
    <li className={`duty-card duty-card-${duty.state}`} data-narrow={narrow}>
      <div className="duty-card-head">
        {place === undefined && duty.step === undefined ? (
          <strong>{duty.what}</strong>
        ) : (
          <Link {...dutyLink(duty, file)}>{duty.what}</Link>
        )}
        <Countdown
          due={duty.due}
          state={duty.state}
          metAt={duty.metAt}
          unknown={file.evaluation.findings.some((f) => isUnknownDay(f, duty.id))}
        />
      </div>
      <p className="duty-why">{duty.why}</p>
      {duty.later?.map((limit) => (
        <p key={limit.citations.map((c) => c.clause).join()} className="duty-why">
          {t(limit.due === undefined ? 'duties.laterUndated' : 'duties.later', {
            due: limit.due?.slice(0, 10),
          })}{' '}
          <Cites of={limit.citations} max={1} />
        </p>
      ))}
      <div className="duty-card-foot">
        <Cites of={duty.citations} max={2} />
        {place !== undefined && (
          <Link className="duty-go" {...dutyLink(duty, file)}>
            {t(`duties.go.${place.kind}`, { name: nameOf(place) })}
          </Link>
        )}
        {owed && <DutyNotes duty={duty} file={file} />}
        {owed && (
          <button
            type="button"
            className="text-button"
            disabled={why !== undefined}
            title={why}
            onClick={() => setExcusing(true)}
          >
            {t('excuse.open')}
          </button>
        )}
      </div>
      {excusing && <ExcuseDialog caseId={file.id} duty={duty} onClose={() => setExcusing(false)} />}
    </li>
  )
}
