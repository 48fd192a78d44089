import { Navigate, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getCase } from '@liuhen/api/routes/cases'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { useRoute } from '../api/use-route.ts'
import { dutyLink } from '../duty/duty-place.ts'
import { DutyPanel } from '../duty/DutyPanel.tsx'
import { FileTab } from '../file/FileTab.tsx'
import { CASE_TABS, REGISTER_TABS } from '../paths.ts'
import type { CasePlace, CaseTab } from '../paths.ts'
import { ProcedureMap } from '../procedure/ProcedureMap.tsx'
import { RecordingsTab } from '../recording/RecordingsTab.tsx'
import { EntriesTab } from '../register/EntriesTab.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { useWide } from '../shell/use-wide.ts'
import { Waiting } from '../shell/Waiting.tsx'
import { currentStep } from '../step/current-step.ts'
import { StepPanel } from '../step/StepPanel.tsx'
import { TimelineTab } from '../timeline/TimelineTab.tsx'
import { CaseHeader } from './CaseHeader.tsx'
import { DocumentsTab } from './DocumentsTab.tsx'
import { DutiesTab } from './DutiesTab.tsx'
import { StageRail } from './StageRail.tsx'
import './case.css'

/** Others act in the case while it stays open here; what is typed is not touched by it. */
const LOOK_MS = 60_000

export function CasePage() {
  const { id } = useParams({ from: '/shell/cases/$id' })
  const file = useRoute(getCase, { params: { id } }, { every: LOOK_MS })
  if (file.isPending) return <Waiting whole rows={10} />
  if (file.error)
    return (
      <div className="page">
        <ProblemView error={file.error} route={getCase} onRetry={() => void file.refetch()} />
      </div>
    )
  return <Workspace file={file.data} />
}

/** The heart of the product: the case's law on the left, the work in the middle, its duties on the right. */
function Workspace({ file }: Readonly<{ file: CaseWorkspace }>) {
  const place = useSearch({ from: '/shell/cases/$id' })
  const navigate = useNavigate({ from: '/cases/$id' })
  const wide = useWide(1180)
  const step = file.evaluation.steps.find((s) => s.id === place.step) ?? currentStep(file.evaluation.steps)
  const go = (change: CasePlace): void => void navigate({ search: (old) => ({ ...old, ...change }) })
  const tabs = tabsOf(file)
  const tab = tabs.find((one) => one === place.tab) ?? tabs[0]
  const owed = file.evaluation.duties.find((d) => d.id === place.duty)
  if (owed) return <Navigate {...dutyLink(owed, file)} replace />
  return (
    <div className="workspace">
      <CaseHeader file={file} />
      <div className="workspace-body" data-tab={tab}>
        <StageRail file={file} chosen={step?.id} onChoose={(id) => go({ step: id, tab: 'step' })} />
        <section className="workspace-centre">
          <CaseTabs file={file} tab={tab} onTab={(next) => go({ tab: next })} />
          <div className="workspace-tab" id="case-tab" role="tabpanel" aria-labelledby={`tab-${tab}`}>
            {tab === 'entries' && <EntriesTab file={file} />}
            {tab === 'step' && step && (
              <StepPanel
                key={step.id}
                file={file}
                step={step}
                onStep={(id) => go({ tab: 'step', step: id })}
              />
            )}
            {tab === 'map' && <ProcedureMap file={file} onStep={(id) => go({ tab: 'step', step: id })} />}
            {tab === 'timeline' && <TimelineTab file={file} place={place} onGo={go} />}
            {tab === 'documents' && <DocumentsTab file={file} />}
            {tab === 'recordings' && <RecordingsTab file={file} place={place} onGo={go} />}
            {tab === 'file' && <FileTab file={file} />}
            {tab === 'duties' && <DutiesTab file={file} />}
          </div>
        </section>
        {wide && <DutyPanel file={file} />}
      </div>
    </div>
  )
}

/** The first is the one that opens. */
const tabsOf = (file: CaseWorkspace): readonly [CaseTab, ...CaseTab[]] =>
  file.register ? REGISTER_TABS : CASE_TABS

type TabsProps = Readonly<{ file: CaseWorkspace; tab: CaseTab; onTab: (tab: CaseTab) => void }>

function CaseTabs({ file, tab, onTab }: TabsProps) {
  const { t } = useTranslation('case')
  const open = file.evaluation.duties.filter((d) => d.state === 'open' || d.state === 'overdue').length
  const counts: Partial<Record<CaseTab, number>> = {
    documents: file.documents.length,
    recordings: file.recordings.length,
    duties: open,
  }
  return (
    <div className="case-tabs" role="tablist" aria-label={t('tabs')}>
      {tabsOf(file).map((key) => (
        <button
          key={key}
          type="button"
          role="tab"
          id={`tab-${key}`}
          aria-selected={key === tab}
          aria-controls="case-tab"
          onClick={() => onTab(key)}
        >
          {t(`tab.${key}`)}
          {counts[key] !== undefined && counts[key] > 0 && <span className="count">{counts[key]}</span>}
        </button>
      ))}
    </div>
  )
}
