import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { DutyCard } from '../duty/DutyCard.tsx'
import { Cites } from '../law-text/Cites.tsx'
import { useCan } from '../session/use-can.ts'
import { Nothing } from '../shell/Nothing.tsx'

const GROUPS = ['overdue', 'open', 'met-late', 'met', 'excused'] as const

/** All duties of the case by how they stand, and what the law finds wrong with it. */
export function DutiesTab({ file }: Readonly<{ file: CaseWorkspace }>) {
  const { t } = useTranslation('case')
  const { duties, findings } = file.evaluation
  const { excuse } = useCan(file)
  if (duties.length === 0 && findings.length === 0)
    return <Nothing title={t('duties.none')} hint={t('duties.noneHint')} />
  return (
    <>
      <Findings title={t('duties.findings')} findings={findings.filter((f) => f.severity !== 'info')} />
      {GROUPS.map((state) => {
        const group = duties.filter((duty) => duty.state === state)
        if (group.length === 0) return null
        return (
          <section key={state} className="panel">
            <h2>
              {t(`duties.${state}`)} <span className="count">{group.length}</span>
            </h2>
            <ul className="duty-cards">
              {group.map((duty) => (
                <DutyCard key={duty.id} duty={duty} file={file} why={excuse} />
              ))}
            </ul>
          </section>
        )
      })}
      <Findings title={t('duties.notes')} findings={findings.filter((f) => f.severity === 'info')} />
    </>
  )
}

type FindingsProps = Readonly<{ title: string; findings: CaseWorkspace['evaluation']['findings'] }>

/** What is wrong, or what is only told: the periods of others, what a text leaves open. */
function Findings({ title, findings }: FindingsProps) {
  if (findings.length === 0) return null
  return (
    <section className="panel">
      <h2>
        {title} <span className="count">{findings.length}</span>
      </h2>
      <ul className="findings">
        {findings.map((finding) => (
          <li key={`${finding.code}${finding.message}`} className={`finding finding-${finding.severity}`}>
            <p>{finding.message}</p>
            <Cites of={finding.citations} />
          </li>
        ))}
      </ul>
    </section>
  )
}
