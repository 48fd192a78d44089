import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Countdown } from '../law-text/Countdown.tsx'
import { paths } from '../paths.ts'
import type { CaseListProps } from './CaseTable.tsx'
import { StageBar } from './StageBar.tsx'
import { stageProgress } from './stage-progress.ts'

/** The list on a phone. */
export function CaseCards({ rows, procedures }: CaseListProps) {
  const { t } = useTranslation('case')
  return (
    <ul className="cards">
      {rows.map((row) => (
        <li key={row.id}>
          <Link {...paths.caseFile(row.id)} className={row.overdue > 0 ? 'card card-late' : 'card'}>
            <strong>{row.title}</strong>
            <span className="faint mono">{row.caseNo ?? row.leadNo}</span>
            <span>{row.party ?? t('noParty')}</span>
            <StageBar
              name={row.status === 'open' ? row.stageName : t(`status.${row.status}`)}
              progress={stageProgress(row, procedures)}
            />
            {row.nextDuty && (
              <span className="card-next">
                <span>{row.nextDuty.what}</span>
                <Countdown due={row.nextDuty.due} state={row.nextDuty.state} />
              </span>
            )}
          </Link>
        </li>
      ))}
    </ul>
  )
}
