import { useState } from 'react'
import { Button, Tag, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { listStandIns } from '@liuhen/api/routes/stand-ins'
import type { StandInView } from '@liuhen/api/routes/stand-ins'
import { useRoute } from '../api/use-route.ts'
import { whyOf } from '../document/why-of.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaMinute } from '../time/china.ts'
import { EndStandInDialog, NameStandInDialog } from './StandInDialogs.tsx'
import './stand-ins.css'

/** Who approves in the place of a head who is away: those that run or will, and what has been. */
export function StandInsCard() {
  const { t } = useTranslation('people')
  const list = useRoute(listStandIns, {})
  const [naming, setNaming] = useState(false)
  const [ending, setEnding] = useState<StandInView | undefined>()
  const may = (list.data?.mayNameFor.length ?? 0) > 0
  return (
    <section className="panel stand-ins">
      <header>
        <h2>{t('standIn.title')}</h2>
        <Tooltip title={may ? undefined : t('standIn.mayNot')}>
          <Button disabled={!may} onClick={() => setNaming(true)}>
            {t('standIn.open')}
          </Button>
        </Tooltip>
      </header>
      <p className="explain">{t('standIn.note')}</p>
      {list.isPending && <Waiting rows={2} />}
      {list.error && <ProblemView error={list.error} route={listStandIns} compact />}
      {list.data?.items.length === 0 && <p className="faint">{t('standIn.none')}</p>}
      <ul>
        {list.data?.items.map((one) => (
          <StandInLine key={one.id} one={one} onEnd={() => setEnding(one)} />
        ))}
      </ul>
      {naming && list.data && <NameStandInDialog list={list.data} onClose={() => setNaming(false)} />}
      {ending && <EndStandInDialog one={ending} onClose={() => setEnding(undefined)} />}
    </section>
  )
}

const COLOURS = { running: 'blue', coming: 'default', over: 'default', ended: 'default' } as const

function StandInLine({ one, onEnd }: Readonly<{ one: StandInView; onEnd: () => void }>) {
  const { t } = useTranslation('people')
  const { t: w } = useTranslation('words')
  const open = one.state === 'running' || one.state === 'coming'
  return (
    <li data-open={open}>
      <div>
        <strong>
          {t('standIn.line', {
            delegate: one.delegateName,
            name: one.name,
            ranks: one.rankNames.join(w('comma')),
          })}
        </strong>{' '}
        <Tag color={COLOURS[one.state]}>{t(`standIn.state.${one.state}`)}</Tag>
        <p>{t('standIn.days', { from: one.from, to: one.to })}</p>
        <p className="faint">
          {t('standIn.by', { by: one.namedBy, at: chinaMinute(one.namedAt), reason: one.reason })}
        </p>
        {one.ended && (
          <p className="faint">
            {t('standIn.endedBy', {
              by: one.ended.by,
              at: chinaMinute(one.ended.at),
              reason: one.ended.reason,
            })}
          </p>
        )}
      </div>
      {open && (
        <Tooltip title={whyOf(one.canEnd, (r) => w('whyNot', r))}>
          <Button
            size="small"
            disabled={one.canEnd !== true}
            aria-label={t('standIn.endOf', { delegate: one.delegateName, name: one.name })}
            onClick={onEnd}
          >
            {t('standIn.end')}
          </Button>
        </Tooltip>
      )}
    </li>
  )
}
