import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { serviceOutlook } from '@liuhen/api/routes/service'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { serviceWay } from '@liuhen/domain/case/words'
import { useRoute } from '../api/use-route.ts'
import { Reasons } from '../law-text/Reasons.tsx'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { chinaDay } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import { noteOfReturn } from './note-of-return.ts'
import { receiptForm, receiptsOf } from './receipt-form.ts'

type Note = CaseWorkspace['notes'][number]
type Props = Readonly<{ file: CaseWorkspace; document: DocumentView; onNote: (note: Note) => void }>

/** A paper that was sent and of which nobody knows yet whether it arrived: what was registered, and what comes next. */
export function OnItsWay({ file, document, onNote }: Props) {
  const { t } = useTranslation('document')
  const [now] = useState(useNow())
  const definitions = useDefinitions()
  const { sent } = document
  const { mode, kind } = serviceWay(sent?.mode) ?? {}
  const outlook = useRoute(
    serviceOutlook,
    { params: { id: file.id, documentId: document.id }, query: { mode: mode ?? 'mail', servedAt: now } },
    { enabled: kind === 'notice', keep: true },
  )
  if (sent === undefined) return null
  const word = kind === 'notice' ? 'notice' : 'letter'
  const said = file.noted.find((n) => n.ref === sent.ref)?.said ?? []
  const failed = file.notes.find((n) => n.means === 'not-served')
  const receipt = receiptForm(file, document, definitions)
  const [made] = receiptsOf(file, document, definitions)
  return (
    <div className="on-its-way">
      <p>
        <strong>{t(`sent.${word}`, { day: chinaDay(sent.at) })}</strong>
      </p>
      <dl>
        {said.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {word === 'letter' && made === undefined && <p className="faint">{t('sent.letterNext')}</p>}
      <Reasons reasons={outlook.data?.reasons ?? []} />
      <div className="serve-buttons">
        {receipt && made === undefined && word === 'letter' && <Link {...receipt}>{t('sent.receipt')}</Link>}
        {failed && failed.can === true && word === 'letter' && (
          <Button size="small" onClick={() => onNote(noteOfReturn(failed, sent))}>
            {t('sent.failed')}
          </Button>
        )}
      </div>
    </div>
  )
}
