import { useState } from 'react'
import { Button, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { sizeOf } from '../recording/size.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { chinaShort } from '../time/china.ts'
import { InterruptDialog } from './InterruptDialog.tsx'
import { useObserved } from './observed.ts'
import { phoneNow } from './phone-clock.ts'
import { SegmentStrip } from './SegmentStrip.tsx'
import { keepTake, takes } from './takes.ts'
import { bytesOf, isOnlyHere, NO_WORDS, type Take } from './take.ts'

/** What was recorded with this phone, and how far it has come. */
export function TakeList({ personId }: Readonly<{ personId: string }>) {
  const { t } = useTranslation('field')
  const all = useObserved(takes)
  const own = all.filter((take) => take.personId === personId)
  const others = all.filter((take) => take.personId !== personId && isOnlyHere(take)).length
  return (
    <section className="panel" aria-label={t('list.title')}>
      <h2>{t('list.title')}</h2>
      {others > 0 && <p className="field-problem">{t('list.others', { n: others })}</p>}
      {own.length === 0 && <Nothing title={t('list.none')} hint={t('list.noneHint')} />}
      <ul className="takes">
        {own.map((take) => (
          <TakeLine key={take.chain} take={take} />
        ))}
      </ul>
    </section>
  )
}

const TONES = {
  recording: 'processing',
  kept: 'warning',
  sending: 'processing',
  stored: 'processing',
  confirmed: 'success',
  held: 'error',
} as const

function TakeLine({ take }: Readonly<{ take: Take }>) {
  const { t } = useTranslation('field')
  const [isAsking, setAsking] = useState(false)
  const { state, verdict, work } = take
  return (
    <li data-chain={take.chain} data-state={state.is}>
      <div className="take-head">
        <span>
          <strong>{work ? `${work.stepName} · ${work.sceneName}` : t('free')}</strong>
          <span className="faint">
            {t('list.line', {
              medium: t(`medium.${take.medium}`),
              at: chinaShort(take.begunAt, phoneNow()),
              n: take.sizes.length,
              size: sizeOf(bytesOf(take)),
            })}
          </span>
        </span>
        <Tag color={TONES[state.is]}>{t(`state.${state.is}`)}</Tag>
      </div>
      <SegmentStrip take={take} />
      {verdict !== undefined && (
        <p className="faint">{t('list.chain', { verdict: t(`verdict.${verdict}`) })}</p>
      )}
      {!take.isClosed && state.is !== 'recording' && (
        <p className="field-problem">{t('list.unterminated')}</p>
      )}
      {take.problem !== undefined && take.problem !== '' && isOnlyHere(take) && (
        <p className="field-problem">
          {take.problem === NO_WORDS ? t('list.problemPlain') : t('list.problem', { why: take.problem })}
        </p>
      )}
      {take.unfiled !== undefined && take.unfiled !== '' && (
        <p className="field-problem">
          {t('list.unfiled', { why: take.unfiled === NO_WORDS ? '' : take.unfiled })}
        </p>
      )}
      {take.isUnexplained === true && (
        <>
          <p className="field-problem">{t('list.cut')}</p>
          <Button size="large" onClick={() => setAsking(true)}>
            {t('list.explain')}
          </Button>
        </>
      )}
      {isAsking && <ExplainDialog take={take} onClose={() => setAsking(false)} />}
    </li>
  )
}

/** A page that was ended while it recorded: why, and how it went on. */
function ExplainDialog({ take, onClose }: Readonly<{ take: Take; onClose: () => void }>) {
  const { t } = useTranslation('field')
  const all = useObserved(takes)
  const next = all.findLast(
    (one) =>
      one.begunAt > take.endedAt && one.work?.caseId === take.work?.caseId && one.medium === take.medium,
  )
  return (
    <InterruptDialog
      title={t('list.explain')}
      note={next ? t('list.wentOn', { at: chinaShort(next.begunAt, phoneNow()) }) : t('list.notGoneOn')}
      asksReport={next === undefined}
      onClose={onClose}
      onSay={({ cause, detail }, reportedTo) => {
        const from = take.break?.from ?? take.endedAt
        const how = next
          ? { to: next.begunAt }
          : { abandoned: { reportedTo: reportedTo ?? '', reportedAt: phoneNow() } }
        const { isUnexplained: _said, ...rest } = take
        void keepTake({ ...rest, break: { from, cause, ...(detail !== undefined && { detail }), ...how } })
        onClose()
      }}
    />
  )
}
