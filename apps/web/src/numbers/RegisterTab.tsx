import { useState } from 'react'
import { DownloadOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Select, Table, Tag } from 'antd'
import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import { listNumbers, NUMBER_STATES, numbersCsv } from '@liuhen/api/routes/numbers'
import type { NumberRow } from '@liuhen/api/routes/numbers'
import { urlOf } from '../api/client.ts'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { useWide } from '../shell/use-wide.ts'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaDay } from '../time/china.ts'

type State = NumberRow['state']
type Filter = Readonly<{ word?: string | undefined; year?: number | undefined; state?: State | undefined }>
const COLOURS: Readonly<Partial<Record<State, string>>> = {
  voided: 'red',
  'blank-voided': 'red',
  corrected: 'gold',
  open: 'blue',
}
const PAGE = 50

export function RegisterTab() {
  const { t } = useTranslation('numbers')
  const wide = useWide(768)
  const [filter, setFilter] = useState<Filter>({})
  const list = useRoute(listNumbers, { query: filter }, { keep: true })
  const columns: TableColumnsType<NumberRow> = [
    { title: t('number'), key: 'number', render: (_, r) => <NumberCell row={r} narrow={!wide} /> },
    { title: t('paper'), key: 'paper', responsive: ['md'], render: (_, r) => <PaperCell row={r} /> },
    { title: t('case'), key: 'case', responsive: ['md'], render: (_, r) => <CaseCell row={r} /> },
    {
      title: t('state'),
      key: 'state',
      render: (_, r) => <Tag color={COLOURS[r.state]}>{t(`states.${r.state}`)}</Tag>,
    },
    { title: t('reason'), key: 'reason', responsive: ['lg'], dataIndex: 'reason' },
    { title: t('holder'), key: 'holder', responsive: ['lg'], dataIndex: 'holder' },
    { title: t('day'), key: 'day', responsive: ['md'], render: (_, r) => chinaDay(r.at) },
  ]
  return (
    <>
      <Filters filter={filter} series={list.data?.series ?? []} onChange={setFilter} />
      {list.error && (
        <ProblemView error={list.error} route={listNumbers} onRetry={() => void list.refetch()} />
      )}
      {list.isPending && <Waiting rows={8} />}
      {list.data && <SeriesLines series={list.data.series} />}
      {list.data?.cut && <p className="explain">{t('cut')}</p>}
      {list.data?.items.length === 0 && <Nothing title={t('none')} hint={t('noneHint')} />}
      {list.data && list.data.items.length > 0 && (
        <Table
          className="panel-table"
          rowKey="number"
          size="middle"
          columns={columns}
          dataSource={list.data.items}
          pagination={{ pageSize: PAGE, hideOnSinglePage: true, showSizeChanger: false }}
        />
      )}
    </>
  )
}

type Series = ResponseOf<typeof listNumbers>['series']

function Filters({
  filter,
  series,
  onChange,
}: Readonly<{ filter: Filter; series: Series; onChange: (filter: Filter) => void }>) {
  const { t } = useTranslation('numbers')
  const words = [...new Set(series.map((s) => s.word))].map((value) => ({ value, label: value }))
  const years = [...new Set(series.map((s) => s.year))].map((value) => ({ value, label: String(value) }))
  const states = NUMBER_STATES.map((value) => ({ value, label: t(`states.${value}`) }))
  return (
    <div className="number-filters">
      <Select
        allowClear
        placeholder={t('word')}
        aria-label={t('word')}
        value={filter.word}
        options={words}
        onChange={(word?: string) => onChange({ ...filter, word })}
      />
      <Select
        allowClear
        placeholder={t('year')}
        aria-label={t('year')}
        value={filter.year}
        options={years}
        onChange={(year?: number) => onChange({ ...filter, year })}
      />
      <Select
        allowClear
        placeholder={t('state')}
        aria-label={t('state')}
        value={filter.state}
        options={states}
        onChange={(state?: State) => onChange({ ...filter, state })}
      />
      <Button icon={<DownloadOutlined />} href={urlOf(numbersCsv, { query: filter })} download>
        {t('export')}
      </Button>
    </div>
  )
}

/** How far each series has come, and whether something is missing from it. */
function SeriesLines({ series }: Readonly<{ series: Series }>) {
  const { t } = useTranslation('numbers')
  const { t: w } = useTranslation('words')
  return (
    <ul className="series">
      {series.map((s) => (
        <li key={`${s.word}${s.year}`} data-broken={s.missing.length > 0}>
          <span>{t('series', { word: s.word, year: s.year, last: s.last })}</span>
          <span className="faint">
            {s.missing.length === 0
              ? t('whole')
              : t('missing', { numbers: s.missing.map(String).join(w('comma')) })}
          </span>
        </li>
      ))}
    </ul>
  )
}

function NumberCell({ row, narrow }: Readonly<{ row: NumberRow; narrow: boolean }>) {
  return (
    <div className="cell-case">
      <span>{row.number}</span>
      {narrow && row.name !== undefined && <PaperCell row={row} />}
      {narrow && row.reason !== undefined && <span className="faint">{row.reason}</span>}
    </div>
  )
}

function PaperCell({ row }: Readonly<{ row: NumberRow }>) {
  const { name, caseId, documentId, readable } = row
  if (name === undefined) return null
  if (!readable || caseId === undefined || documentId === undefined) return name
  return <Link {...paths.document(caseId, documentId)}>{name}</Link>
}

function CaseCell({ row: { caseId, caseNo, readable } }: Readonly<{ row: NumberRow }>) {
  if (caseNo === undefined) return null
  if (!readable || caseId === undefined) return caseNo
  return <Link {...paths.caseFile(caseId)}>{caseNo}</Link>
}
