import { useRef, useState } from 'react'
import { Button, Input } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import { approveDocument, returnDocument } from '@liuhen/api/routes/documents'
import type { myApprovals } from '@liuhen/api/routes/approvals'
import { useCommand } from '../api/use-command.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { useConfirm } from '../shell/use-confirm.ts'
import { useKeys } from '../shell/use-keys.ts'

type Props = Readonly<{ item: ResponseOf<typeof myApprovals>['items'][number]; onDone: () => void }>

/** The opinion and the two ways on. A approves, R returns. */
export function OpinionBox({ item, onDone }: Props) {
  const { t } = useTranslation('approval')
  const confirm = useConfirm()
  const box = useRef<TextAreaRef>(null)
  const [opinion, setOpinion] = useState('')
  const [missing, setMissing] = useState(false)
  const approve = useCommand(approveDocument, { done: t('approved'), onDone })
  const giveBack = useCommand(returnDocument, { done: t('returned'), onDone })
  const busy = approve.isPending || giveBack.isPending
  const input = {
    params: { id: item.caseId, documentId: item.documentId },
    body: { opinion: opinion.trim() },
  }
  const needs = (least: number): boolean => {
    const short = opinion.trim().length < least
    setMissing(short)
    if (short) box.current?.focus()
    return short
  }
  const onApprove = async (): Promise<void> => {
    if (needs(1)) return
    const sure = await confirm({
      title:
        item.standsInFor === undefined
          ? t('sureApprove', { name: item.name, rank: item.rankName })
          : t('sureInPlace', { name: item.standsInFor, rank: item.rankName, title: item.name }),
      text: opinion,
      ok: t('approve'),
    })
    if (sure) approve.mutate(input)
  }
  const onReturn = async (): Promise<void> => {
    if (needs(2)) return
    const sure = await confirm({
      title: t('sureReturn', { name: item.name }),
      text: opinion,
      ok: t('return'),
      danger: true,
    })
    if (sure) giveBack.mutate(input)
  }
  useKeys({ a: () => void onApprove(), r: () => void onReturn() }, !busy)
  return (
    <section className="panel opinion">
      <h2>
        {t('opinion')} <span className="faint">{item.rankName}</span>{' '}
        {item.standsInFor !== undefined && <span>{t('inPlaceOf', { name: item.standsInFor })}</span>}
      </h2>
      <Phrases of={item.phrases} onTake={setOpinion} />
      <Input.TextArea
        ref={box}
        value={opinion}
        onChange={(e) => {
          setOpinion(e.target.value)
          setMissing(false)
        }}
        autoSize={{ minRows: 3, maxRows: 8 }}
        maxLength={1000}
        status={missing ? 'error' : ''}
        aria-label={t('opinion')}
        placeholder={t('opinionHint')}
      />
      {missing && (
        <p className="field-problem" role="alert">
          {t('opinionNeeded')}
        </p>
      )}
      {approve.error && <ProblemView error={approve.error} route={approveDocument} compact />}
      {giveBack.error && <ProblemView error={giveBack.error} route={returnDocument} compact />}
      <div className="opinion-actions">
        <Button type="primary" loading={approve.isPending} disabled={busy} onClick={() => void onApprove()}>
          {t('approve')} <kbd>A</kbd>
        </Button>
        <Button danger loading={giveBack.isPending} disabled={busy} onClick={() => void onReturn()}>
          {t('return')} <kbd>R</kbd>
        </Button>
      </div>
    </section>
  )
}

const SAID = ['agree', 'return', 'own'] as const

/** What is said of such a paper again and again; one click takes it over. */
function Phrases({
  of,
  onTake,
}: Readonly<{ of: Props['item']['phrases']; onTake: (phrase: string) => void }>) {
  const { t } = useTranslation('approval')
  return (
    <dl className="opinion-phrases">
      {SAID.filter((when) => of[when].length > 0).map((when) => (
        <div key={when}>
          <dt>{t(`said.${when}`)}</dt>
          <dd className="phrase-list">
            {of[when].map((phrase) => (
              <Button key={phrase} size="small" onClick={() => onTake(phrase)}>
                {phrase}
              </Button>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}
