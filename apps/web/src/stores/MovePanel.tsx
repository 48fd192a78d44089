import { useState } from 'react'
import { Button, Progress, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { StoreMove } from '@liuhen/api/routes/stores'
import type { Permission } from '@liuhen/api/schema/evaluation'
import { sizeOf } from '../recording/size.ts'
import { chinaMinute } from '../time/china.ts'
import { MoveDialog, type MoveAct } from './MoveDialog.tsx'
import type { Health } from './StoresPage.tsx'

const COLOR = { pass: 'success', fail: 'error', 'not-checked': 'warning' } as const

/** The second store on its way to another place: proposed, copied and read back, approved by a second person. */
export function MovePanel({ health }: Readonly<{ health: Health }>) {
  const { t } = useTranslation('stores')
  const [act, setAct] = useState<MoveAct>()
  const { move, nextStore, canProposeMove } = health
  if (move === undefined && nextStore === undefined) return null
  return (
    <section className="panel store-move" aria-label={t('move.title')}>
      <h2>{t('move.title')}</h2>
      {move === undefined ? <p>{t('move.mayBegin', { to: nextStore })}</p> : <MoveFacts move={move} />}
      <p className="store-move-acts">
        {move === undefined && <ActButton act="propose" can={canProposeMove} onAct={setAct} />}
        {move !== undefined && (
          <>
            <ActButton act="approve" can={move.can.approve} onAct={setAct} />
            <ActButton act="giveUp" can={move.can.giveUp} onAct={setAct} />
          </>
        )}
      </p>
      {act !== undefined && <MoveDialog act={act} onClose={() => setAct(undefined)} />}
    </section>
  )
}

type ActProps = Readonly<{ act: MoveAct; can: Permission; onAct: (act: MoveAct) => void }>

function ActButton({ act, can, onAct }: ActProps) {
  const { t } = useTranslation('stores')
  const why = can === true ? '' : can.map((r) => `${r.message}${r.todo ?? ''}`).join('')
  return (
    <span className="store-move-act">
      <Button
        type={act === 'giveUp' ? 'default' : 'primary'}
        disabled={can !== true}
        onClick={() => onAct(act)}
      >
        {t(`move.${act}`)}
      </Button>
      {why !== '' && <span className="faint">{why}</span>}
    </span>
  )
}

function MoveFacts({ move }: Readonly<{ move: StoreMove }>) {
  const { t } = useTranslation('stores')
  const { from, to, files, ofFiles, bytes, reason, proposedBy, proposedAt, checked, approvedBy } = move
  const percent = ofFiles === 0 ? 0 : Math.floor((files / ofFiles) * 100)
  return (
    <>
      <dl className="log-facts">
        <dt>{t('move.from')}</dt>
        <dd className="mono store-place">{from}</dd>
        <dt>{t('move.to')}</dt>
        <dd className="mono store-place">{to}</dd>
        <dt>{t('move.proposed')}</dt>
        <dd>{t('move.proposedLine', { by: proposedBy, at: chinaMinute(proposedAt), reason })}</dd>
        <dt>{t('move.readBack')}</dt>
        <dd>
          {t('move.progress', { files, of: ofFiles, size: sizeOf(bytes) })}
          <Progress percent={percent} showInfo={false} aria-label={t('move.readBack')} />
        </dd>
        <dt>{t('move.compared')}</dt>
        <dd>
          {checked === undefined ? (
            t('notYet')
          ) : (
            <>
              <Tag color={COLOR[checked.verdict]}>{t(`verdict.${checked.verdict}`)}</Tag>{' '}
              {chinaMinute(checked.at)}
            </>
          )}
          {checked?.why.map((line) => (
            <div key={line} className="store-bad">
              {line}
            </div>
          ))}
        </dd>
        {approvedBy !== undefined && (
          <>
            <dt>{t('move.approved')}</dt>
            <dd>{approvedBy}</dd>
          </>
        )}
      </dl>
      <p className="explain">{approvedBy === undefined ? t('move.keeps') : t('move.switch', { to })}</p>
    </>
  )
}
