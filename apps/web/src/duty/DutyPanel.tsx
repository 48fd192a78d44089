import { useState } from 'react'
import { DoubleLeftOutlined, DoubleRightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { Cites } from '../law-text/Cites.tsx'
import { useCan } from '../session/use-can.ts'
import { isUnknownDay } from './unknown-day.ts'
import { DutyCard } from './DutyCard.tsx'

/** What is owed now, always in sight; folds to a strip when the work needs the width. */
export function DutyPanel({ file }: Readonly<{ file: CaseWorkspace }>) {
  const { t } = useTranslation('case')
  const [open, setOpen] = useState(true)
  const { excuse } = useCan(file)
  const { duties, findings } = file.evaluation
  const owed = duties
    .filter((d) => d.state === 'overdue' || d.state === 'open')
    .toSorted((a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999'))
  // The card of a duty says itself that its day is not known.
  const wrong = findings.filter((f) => f.severity !== 'info' && !owed.some((d) => isUnknownDay(f, d.id)))
  return (
    <aside className="duty-panel" data-open={open} aria-label={t('owed.title')}>
      <div className="duty-panel-head">
        {open && (
          <h2>
            {t('owed.title')} <span className="count">{owed.length}</span>
          </h2>
        )}
        <Button
          type="text"
          size="small"
          icon={open ? <DoubleRightOutlined /> : <DoubleLeftOutlined />}
          aria-label={t(open ? 'owed.fold' : 'owed.unfold')}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        />
      </div>
      {open && (
        <div className="duty-panel-body" tabIndex={0} role="group" aria-label={t('owed.title')}>
          {wrong.map((finding) => (
            <div key={`${finding.code}${finding.message}`} className={`finding finding-${finding.severity}`}>
              <p>{finding.message}</p>
              <Cites of={finding.citations} max={2} />
            </div>
          ))}
          {owed.length === 0 && <p className="faint">{t('owed.none')}</p>}
          <ul className="duty-cards">
            {owed.map((duty) => (
              <DutyCard key={duty.id} duty={duty} file={file} narrow why={excuse} />
            ))}
          </ul>
        </div>
      )}
    </aside>
  )
}
