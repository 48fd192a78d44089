import { useState } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { Button, Tag, Tooltip } from 'antd'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import { listStandIns } from '@liuhen/api/routes/stand-ins'
import type { StandInView } from '@liuhen/api/routes/stand-ins'
import { useRoute } from '../api/use-route.ts'
import { whyOf } from '../document/why-of.ts'
import { Cites } from '../law-text/Cites.tsx'
import { paths } from '../paths.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaMinute } from '../time/china.ts'
import { isOpen } from './periods.ts'
import { EndStandInDialog, NameStandInDialog } from './StandInDialogs.tsx'
import './stand-ins.css'

/** Who approves in the place of a head who is away: those that run or will, and what has been. */
export function StandInsPage() {
  const { t } = useTranslation('approval')
  const list = useRoute(listStandIns, {})
  const [naming, setNaming] = useState(false)
  const [ending, setEnding] = useState<StandInView | undefined>()
  const may = (list.data?.mayNameFor.length ?? 0) > 0
  const items = list.data?.items ?? []
  return (
    <div className="page">
      <PageHead
        title={t('standIn.title')}
        note={t('standIn.note')}
        actions={
          <>
            <Link {...paths.approvals()}>{t('standIn.back')}</Link>
            <Tooltip title={may ? undefined : t('standIn.mayNot')}>
              <Button type="primary" icon={<PlusOutlined />} disabled={!may} onClick={() => setNaming(true)}>
                {t('standIn.open')}
              </Button>
            </Tooltip>
          </>
        }
      />
      {list.isPending && <Waiting rows={4} />}
      {list.error && <ProblemView error={list.error} route={listStandIns} />}
      {list.data && <Rule of={list.data.rules} />}
      {list.data && items.length === 0 && <Nothing title={t('standIn.none')} hint={t('standIn.noneHint')} />}
      <StandInList title={t('standIn.now')} items={items.filter(isOpen).toReversed()} onEnd={setEnding} />
      <StandInList title={t('standIn.past')} items={items.filter((one) => !isOpen(one))} onEnd={setEnding} />
      {naming && list.data && <NameStandInDialog list={list.data} onClose={() => setNaming(false)} />}
      {ending && <EndStandInDialog one={ending} onClose={() => setEnding(undefined)} />}
    </div>
  )
}

function Rule({ of }: Readonly<{ of: ResponseOf<typeof listStandIns>['rules'] }>) {
  const { t } = useTranslation('approval')
  return (
    <p className="explain">
      {t('standIn.rule', { days: of.longestDays, who: t(`standIn.who.${of.who}`) })}{' '}
      <Cites of={of.citations} />
    </p>
  )
}

type ListProps = Readonly<{
  title: string
  items: readonly StandInView[]
  onEnd: (one: StandInView) => void
}>

function StandInList({ title, items, onEnd }: ListProps) {
  if (items.length === 0) return null
  return (
    <section className="panel stand-ins">
      <h2>{title}</h2>
      <ul>
        {items.map((one) => (
          <StandInLine key={one.id} one={one} onEnd={() => onEnd(one)} />
        ))}
      </ul>
    </section>
  )
}

const COLOURS = { running: 'blue', coming: 'default', over: 'default', ended: 'default' } as const

function StandInLine({ one, onEnd }: Readonly<{ one: StandInView; onEnd: () => void }>) {
  const { t } = useTranslation('approval')
  const { t: w } = useTranslation('words')
  const open = isOpen(one)
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
