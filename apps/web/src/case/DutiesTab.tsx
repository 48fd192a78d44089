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
      {findings.length > 0 && (
        <section className="panel">
          <h2>
            {t('duties.findings')} <span className="count">{findings.length}</span>
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
      )}
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
    </>
  )
}
