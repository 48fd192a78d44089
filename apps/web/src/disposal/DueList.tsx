import { useState } from 'react'
import { Alert, Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { listDue } from '@liuhen/api/routes/disposals'
import type { DueRow } from '@liuhen/api/routes/disposals'
import type { Permission } from '@liuhen/api/schema/evaluation'
import type { DisposalLimits } from '@liuhen/domain/disposal/events'
import { useRoute } from '../api/use-route.ts'
import { Cites } from '../law-text/Cites.tsx'
import { sizeOf } from '../recording/size.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaDay } from '../time/china.ts'
import { ItemName } from './ItemName.tsx'
import { refOf, titleOf } from './look-of.ts'
import { ProposeBar } from './ProposeBar.tsx'

type Props = Readonly<{ blocked: boolean; limits: DisposalLimits; can: Permission }>

/** What the law reckons, in pages of cases: each item with its day and its clauses, or with everything that blocks it. */
export function DueList({ blocked, limits, can }: Props) {
  const { t } = useTranslation('disposal')
  const [cursor, setCursor] = useState<string | undefined>()
  const [chosen, setChosen] = useState<ReadonlyMap<string, DueRow>>(new Map())
  const query = { blocked: blocked ? 'true' : 'false', limit: 50, ...(cursor && { cursor }) } as const
  const due = useRoute(listDue, { query }, { keep: true })
  if (due.isPending) return <Waiting rows={6} />
  if (due.error) return <ProblemView error={due.error} route={listDue} onRetry={() => void due.refetch()} />
  const { items, next, cases } = due.data
  const choose = (row: DueRow, on: boolean): void => {
    const others = new Map(chosen)
    if (on) others.set(refOf(row), row)
    else others.delete(refOf(row))
    setChosen(others)
  }
  return (
    <>
      {!blocked && items.length + chosen.size > 0 && (
        <ProposeBar
          chosen={[...chosen.values()]}
          all={items}
          limits={limits}
          can={can}
          onChoose={(rows) => setChosen(new Map(rows.map((r) => [refOf(r), r])))}
        />
      )}
      {items.length === 0 ? (
        <Nothing
          title={t(blocked ? 'due.blockedNone' : 'due.none')}
          hint={t(blocked ? 'due.blockedHint' : 'due.noneHint')}
        />
      ) : (
        <ul className="panel disposal-rows">
          {items.map((row) => (
            <DueLine
              key={refOf(row)}
              row={row}
              {...(blocked ? {} : { chosen: chosen.has(refOf(row)), onChoose: (on) => choose(row, on) })}
            />
          ))}
        </ul>
      )}
      {(next !== undefined || cursor !== undefined) && (
        <Alert
          type="info"
          title={t('due.counted', { count: cases })}
          action={
            next === undefined ? undefined : (
              <Button size="small" onClick={() => setCursor(next)}>
                {t('due.more')}
              </Button>
            )
          }
        />
      )}
    </>
  )
}

type LineProps = Readonly<{ row: DueRow; chosen?: boolean; onChoose?: (on: boolean) => void }>

function DueLine({ row, chosen = false, onChoose }: LineProps) {
  const { t } = useTranslation('disposal')
  const { keptThrough, why, citations, blocks } = row
  const name = titleOf(row, (caseNo) => t('file.name', { caseNo }))
  return (
    <li>
      <div className="disposal-what">
        {onChoose && (
          <Checkbox
            checked={chosen}
            aria-label={t('due.pick', { name })}
            onChange={(e) => onChoose(e.target.checked)}
          />
        )}
        <div>
          <ItemName item={row} />
          <p className="faint">
            {'caseFile' in row
              ? t(blocks.length > 0 ? 'file.number' : 'file.holds', { ...row, size: sizeOf(row.sizeBytes) })
              : t('due.made', {
                  at: chinaDay(row.madeFrom),
                  size: sizeOf(row.sizeBytes),
                  caseNo: row.caseNo ?? '',
                })}
          </p>
        </div>
      </div>
      <div>
        {blocks.length === 0 && (
          <>
            {keptThrough !== undefined && <p>{t('due.until', { day: keptThrough })}</p>}
            <p className="faint">{why}</p>
            <Cites of={citations} />
          </>
        )}
        {blocks.map((b) => (
          <p key={`${b.code}${b.message}`} className="disposal-block">
            {b.message} <Cites of={b.citations} />
          </p>
        ))}
      </div>
    </li>
  )
}
