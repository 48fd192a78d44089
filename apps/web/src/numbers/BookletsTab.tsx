import { useState } from 'react'
import { PrinterOutlined } from '@ant-design/icons'
import { Button, Tag, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { blankPdf, drawBooklet, listBooklets } from '@liuhen/api/routes/numbers'
import type { BookletView } from '@liuhen/api/routes/numbers'
import { urlOf } from '../api/client.ts'
import { useRoute } from '../api/use-route.ts'
import { whyOf } from '../document/why-of.ts'
import { useRoleGate } from '../session/use-role-gate.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaMinute } from '../time/china.ts'
import { DrawDialog, ReturnDialog, VoidBlankDialog } from './BookletDialogs.tsx'

type Blank = BookletView['blanks'][number]

/** Booklets of numbered blanks: who holds which range, and what became of each number. */
export function BookletsTab() {
  const { t } = useTranslation('numbers')
  const list = useRoute(listBooklets, {})
  const gate = useRoleGate(drawBooklet)
  const [drawing, setDrawing] = useState(false)
  return (
    <>
      <div className="number-filters">
        <Tooltip title={gate}>
          <Button type="primary" disabled={gate !== undefined} onClick={() => setDrawing(true)}>
            {t('draw')}
          </Button>
        </Tooltip>
      </div>
      {list.error && (
        <ProblemView error={list.error} route={listBooklets} onRetry={() => void list.refetch()} />
      )}
      {list.isPending && <Waiting rows={6} />}
      {list.data?.items.length === 0 && <Nothing title={t('noBooklets')} hint={t('noBookletsHint')} />}
      {list.data?.items.map((booklet) => (
        <Booklet key={booklet.id} booklet={booklet} />
      ))}
      {drawing && list.data && <DrawDialog forms={list.data.forms} onClose={() => setDrawing(false)} />}
    </>
  )
}

function Booklet({ booklet }: Readonly<{ booklet: BookletView }>) {
  const { t } = useTranslation('numbers')
  const { t: w } = useTranslation('words')
  const [shown, setShown] = useState(false)
  const [returning, setReturning] = useState(false)
  const why = whyOf(booklet.can, (r) => w('whyNot', r))
  return (
    <section className="panel booklet">
      <header>
        <div>
          <h2>{booklet.name}</h2>
          <p>{t('range', { first: booklet.first, last: booklet.last })}</p>
          <p className="faint">
            {booklet.holder} · {t('drawnBy', { by: booklet.drawnBy, at: chinaMinute(booklet.drawnAt) })}
          </p>
          {booklet.returned && (
            <p className="faint">
              {t('returned', { ...booklet.returned, at: chinaMinute(booklet.returned.at) })}
            </p>
          )}
          <p>{t('counts', booklet.counts)}</p>
        </div>
        <div className="booklet-actions">
          <Button onClick={() => setShown(!shown)}>{t(shown ? 'hide' : 'show')}</Button>
          {!booklet.returned && (
            <Tooltip title={why}>
              <Button disabled={booklet.can !== true} onClick={() => setReturning(true)}>
                {t('return')}
              </Button>
            </Tooltip>
          )}
        </div>
      </header>
      {shown && (
        <ul className="blanks">
          {booklet.blanks.map((blank) => (
            <BlankLine key={blank.seq} booklet={booklet} blank={blank} />
          ))}
        </ul>
      )}
      {returning && <ReturnDialog booklet={booklet} onClose={() => setReturning(false)} />}
    </section>
  )
}

const COLOURS = { open: 'blue', used: 'default', voided: 'red', returned: 'default' } as const

function BlankLine({ booklet, blank }: Readonly<{ booklet: BookletView; blank: Blank }>) {
  const { t } = useTranslation('numbers')
  const [voiding, setVoiding] = useState(false)
  const may = booklet.can === true
  return (
    <li>
      <span className="blank-number">{blank.number}</span>
      <Tag color={COLOURS[blank.state]}>{t(`blankState.${blank.state}`)}</Tag>
      <span className="faint">{[blank.why, blank.note].filter(Boolean).join(' ')}</span>
      {blank.state === 'open' && may && (
        <span className="booklet-actions">
          <Button
            size="small"
            icon={<PrinterOutlined />}
            href={urlOf(blankPdf, { params: { id: booklet.id, seq: blank.seq } })}
            target="_blank"
            aria-label={t('printOf', { number: blank.number })}
          >
            {t('print')}
          </Button>
          <Button
            size="small"
            aria-label={t('voidOf', { number: blank.number })}
            onClick={() => setVoiding(true)}
          >
            {t('void')}
          </Button>
        </span>
      )}
      {voiding && <VoidBlankDialog booklet={booklet} blank={blank} onClose={() => setVoiding(false)} />}
    </li>
  )
}
