import { Link } from '@tanstack/react-router'
import { Table } from 'antd'
import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import type { CaseRow } from '@liuhen/api/routes/cases'
import type { listProcedures } from '@liuhen/api/routes/law'
import { Countdown } from '../law-text/Countdown.tsx'
import { paths } from '../paths.ts'
import { chinaShort } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import { StageBar } from './StageBar.tsx'
import { stageProgress } from './stage-progress.ts'

export type CaseListProps = Readonly<{
  rows: readonly CaseRow[]
  procedures: ResponseOf<typeof listProcedures>['items']
}>

export function CaseTable({ rows, procedures }: CaseListProps) {
  const { t } = useTranslation('case')
  const { t: w } = useTranslation('words')
  const now = useNow()
  const columns: TableColumnsType<CaseRow> = [
    {
      title: t('column.case'),
      key: 'case',
      render: (_, row) => (
        <div className="cell-case">
          <Link {...paths.caseFile(row.id)}>{row.title}</Link>
          <span className="faint mono">{row.caseNo ?? row.leadNo}</span>
        </div>
      ),
    },
    {
      title: t('column.party'),
      key: 'party',
      width: 180,
      render: (_, row) => row.party ?? <span className="faint">{t('noParty')}</span>,
    },
    {
      title: t('column.stage'),
      key: 'stage',
      width: 190,
      render: (_, row) => (
        <StageBar
          name={row.status === 'open' ? row.stageName : t(`status.${row.status}`)}
          progress={stageProgress(row, procedures)}
        />
      ),
    },
    {
      title: t('column.next'),
      key: 'next',
      width: 300,
      render: (_, row) =>
        row.nextDuty ? (
          <div className="cell-next">
            <span>{row.nextDuty.what}</span>
            <Countdown due={row.nextDuty.due} state={row.nextDuty.state} />
          </div>
        ) : (
          <span className="faint">{t('noDuty')}</span>
        ),
    },
    {
      title: t('column.handlers'),
      key: 'handlers',
      width: 120,
      render: (_, row) => row.handlers.join(w('comma')),
    },
    {
      title: t('column.updated'),
      key: 'updated',
      width: 110,
      render: (_, row) => <span className="faint mono">{chinaShort(row.updatedAt, now)}</span>,
    },
  ]
  return (
    <Table
      className="panel-table"
      size="middle"
      rowKey="id"
      columns={columns}
      dataSource={[...rows]}
      pagination={false}
      rowClassName={(row) => (row.overdue > 0 ? 'row-late' : '')}
    />
  )
}
