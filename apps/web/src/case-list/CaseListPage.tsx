import { PlusOutlined } from '@ant-design/icons'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { listCases, registerLead } from '@liuhen/api/routes/cases'
import { listProcedures } from '@liuhen/api/routes/law'
import { useRoute } from '../api/use-route.ts'
import { useRoleGate } from '../session/use-role-gate.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { useWide } from '../shell/use-wide.ts'
import { Waiting } from '../shell/Waiting.tsx'
import { CaseCards } from './CaseCards.tsx'
import { CaseFilters } from './CaseFilters.tsx'
import { CaseTable } from './CaseTable.tsx'
import { LeadDrawer } from './LeadDrawer.tsx'

/** The list of cases. Every filter stands in the address. */
export function CaseListPage() {
  const { t } = useTranslation('case')
  const search = useSearch({ from: '/shell/cases' })
  const navigate = useNavigate({ from: '/cases' })
  const wide = useWide(900)
  const { new: drawer, ...filters } = search
  const cases = useRoute(listCases, { query: { ...filters, limit: 30 } }, { keep: true })
  const procedures = useRoute(listProcedures, { query: { kind: 'case' } })
  const gate = useRoleGate(registerLead)
  const filtered = Object.values(filters).some((value) => value !== undefined)
  const open = (value: 'lead' | undefined) => void navigate({ search: (old) => ({ ...old, new: value }) })
  const page = (cursor: string | undefined) => void navigate({ search: (old) => ({ ...old, cursor }) })
  const list = { rows: cases.data?.items ?? [], procedures: procedures.data?.items ?? [] }
  const offered = list.procedures.filter((p) => p.offered)
  return (
    <div className="page">
      <PageHead
        title={t('list.title')}
        {...(cases.data?.total === undefined ? {} : { note: t('list.total', { n: cases.data.total }) })}
        actions={
          <Tooltip title={gate}>
            <Button
              type="primary"
              icon={<PlusOutlined />}
              disabled={gate !== undefined}
              onClick={() => open('lead')}
            >
              {t('lead.new')}
            </Button>
          </Tooltip>
        }
      />
      <CaseFilters
        stages={[
          ...new Map(
            offered
              .flatMap((p) => p.stages)
              .toReversed()
              .map((s) => [s.id, s]),
          ).values(),
        ].toReversed()}
      />
      {cases.error && <ProblemView error={cases.error} onRetry={() => void cases.refetch()} />}
      {cases.isPending && <Waiting rows={8} />}
      {cases.data && list.rows.length === 0 && (
        <Nothing
          title={t(filtered ? 'list.noneFiltered' : 'list.none')}
          hint={t(filtered ? 'list.noneFilteredHint' : 'list.noneHint')}
        />
      )}
      {list.rows.length > 0 && (wide ? <CaseTable {...list} /> : <CaseCards {...list} />)}
      <div className="pager">
        {search.cursor !== undefined && <Button onClick={() => page(undefined)}>{t('list.first')}</Button>}
        {cases.data?.next !== undefined && (
          <Button onClick={() => page(cases.data?.next)}>{t('list.next')}</Button>
        )}
      </div>
      <LeadDrawer open={drawer === 'lead'} procedures={offered} onClose={() => open(undefined)} />
    </div>
  )
}
