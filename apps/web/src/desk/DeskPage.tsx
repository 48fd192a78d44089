import { PlusOutlined } from '@ant-design/icons'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { registerLead } from '@liuhen/api/routes/cases'
import { myDuties } from '@liuhen/api/routes/duties'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { hasRole, rolesOf, useMe } from '../session/me.ts'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaDay } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import { AdminDesk } from './AdminDesk.tsx'
import { CopiesWaiting } from './CopiesWaiting.tsx'
import { DisposalsWaiting } from './DisposalsWaiting.tsx'
import { DockingsWaiting } from './DockingsWaiting.tsx'
import { FieldLate } from './FieldLate.tsx'
import { DutyGroups } from './DutyGroups.tsx'
import { SettingsWaiting } from './SettingsWaiting.tsx'
import { SpotButton } from './SpotButton.tsx'
import { StepWork, useWork } from './StepWork.tsx'
import { RecordingWork } from './RecordingWork.tsx'
import { RecentCases, WaitingApprovals } from './SideLists.tsx'

/** Posts that a duty of a case falls on. */
const CARRIES = ['officer', 'intake-clerk'] as const
/** Posts that answer for what others carry: theirs are opinions and holds, the duties are to be seen, not done. */
const WATCHES = ['unit-head', 'deputy-head', 'agency-head', 'supervisor'] as const

const weekday = new Intl.DateTimeFormat('zh-CN', { weekday: 'long', timeZone: 'Asia/Shanghai' })

/** The desk: what is due, what waits for an opinion, what moved lately. */
export function DeskPage() {
  const { t } = useTranslation('desk')
  const me = useMe()
  const now = useNow()
  // Who carries no case of their own but watches over all begins with all.
  const watches = hasRole(me, WATCHES) && !hasRole(me, CARRIES)
  const { scope = watches ? 'agency' : 'mine' } = useSearch({ from: '/shell/' })
  const navigate = useNavigate({ from: '/' })
  const keeps = me.roles.includes('system-admin')
  // Who only administers opens no case: there is nothing of cases to choose from or to show.
  const seesCases = !keeps || me.roles.length > 1
  const work = useWork()
  const duties = useRoute(myDuties, { query: { scope } }, { keep: true })
  return (
    <div className="page">
      <PageHead
        title={t('title')}
        note={t('greeting', { name: me.name, day: chinaDay(now), weekday: weekday.format(new Date(now)) })}
        actions={
          <>
            {seesCases && (
              <Segmented
                aria-label={t('scope.label')}
                value={scope}
                options={[
                  { value: 'mine', label: t('scope.mine') },
                  { value: 'agency', label: t('scope.agency') },
                ]}
                onChange={(value) => void navigate({ search: { scope: value } })}
              />
            )}
            <SpotButton />
            {hasRole(me, rolesOf(registerLead.access)) && (
              <Button
                type="primary"
                icon={<PlusOutlined />}
                onClick={() => void navigate(paths.cases({ new: 'lead' }))}
              >
                {t('newLead')}
              </Button>
            )}
          </>
        }
      />
      <div className="desk">
        <section aria-label={t('duties')}>
          <SettingsWaiting />
          <FieldLate />
          <DockingsWaiting />
          <DisposalsWaiting />
          <CopiesWaiting />
          <RecordingWork />
          {keeps && <AdminDesk />}
          {!keeps && <StepWork {...work} />}
          {duties.isPending && <Waiting rows={8} />}
          {duties.error && <ProblemView error={duties.error} onRetry={() => void duties.refetch()} />}
          {scope === 'agency' && !keeps && !hasRole(me, CARRIES) && <OfOthers />}
          {duties.data && !keeps && <DutyGroups duties={duties.data.items} hasWork={work.work.length > 0} />}
        </section>
        {seesCases && (
          <aside>
            <WaitingApprovals />
            <RecentCases />
          </aside>
        )}
      </div>
    </div>
  )
}

/** Who watches over all sees what officers owe, and is told that it is theirs. */
function OfOthers() {
  const { t } = useTranslation('desk')
  return (
    <div className="of-others">
      <h2>{t('ofOthers')}</h2>
      <p className="explain">{t('ofOthersNote')}</p>
    </div>
  )
}
