import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import type { myDuties } from '@liuhen/api/routes/duties'
import { Cites } from '../law-text/Cites.tsx'
import { Countdown } from '../law-text/Countdown.tsx'
import { paths } from '../paths.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { calendar } from '../time/calendar.ts'
import { DUE_GROUPS, dueLook, groupDuties } from '../time/due.ts'
import { useNow } from '../time/use-now.ts'

type DeskDuty = ResponseOf<typeof myDuties>['items'][number]

type Props = Readonly<{ duties: readonly DeskDuty[]; hasWork: boolean }>

export function DutyGroups({ duties, hasWork }: Props) {
  const { t } = useTranslation('desk')
  const now = useNow()
  const groups = groupDuties(duties, now, calendar)
  const count = (group: (typeof DUE_GROUPS)[number]): number => groups.get(group)?.length ?? 0
  return (
    <>
      <ul className="tallies">
        {DUE_GROUPS.map((group) => (
          <li key={group} className={`tally tally-${dueLook(group)}`} data-none={count(group) === 0}>
            <a href={`#due-${group}`}>
              <strong>{count(group)}</strong>
              <span>{t(`group.${group}`)}</span>
            </a>
          </li>
        ))}
      </ul>
      {duties.length === 0 && (
        <Nothing title={t(hasWork ? 'noneWork' : 'none')} hint={t(hasWork ? 'noneWorkHint' : 'noneHint')} />
      )}
      {DUE_GROUPS.filter((group) => count(group) > 0).map((group) => (
        <section key={group} id={`due-${group}`} className="panel due-group">
          <h2 className={`due-title due-title-${dueLook(group)}`}>
            {t(`group.${group}`)} <span className="count">{count(group)}</span>
          </h2>
          <ul>
            {groups.get(group)?.map((duty) => (
              <DutyRow key={`${duty.caseId}${duty.id}`} duty={duty} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function DutyRow({ duty }: Readonly<{ duty: DeskDuty }>) {
  return (
    <li className="duty-row">
      <div>
        <Link className="duty-what" {...paths.caseFile(duty.caseId, { tab: 'duties', duty: duty.id })}>
          {duty.what}
        </Link>
        <p className="duty-case">
          {duty.caseTitle} <span className="faint">{duty.caseNo}</span>
        </p>
        <Cites of={duty.citations} max={2} />
      </div>
      <Countdown due={duty.due} state={duty.state} />
    </li>
  )
}
