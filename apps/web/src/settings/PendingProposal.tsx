import { useEffect, useRef, useState } from 'react'
import { Button, Spin, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ProposalView } from '@liuhen/api/routes/settings'
import { chinaMinute } from '../time/china.ts'
import { ChangeList } from './ChangeList.tsx'
import { DecideDialog } from './DecideDialog.tsx'
import type { Act } from './DecideDialog.tsx'
import { DryRunView } from './DryRunView.tsx'

type Can = ProposalView['can']['approve']
const whyNot = (can: Can): string | undefined =>
  can === true ? undefined : can.map((r) => `${r.message}${r.todo}`).join(' ')

/** The one change that waits: what, why, what it would do, and who may decide. */
export function PendingProposal({ proposal }: Readonly<{ proposal: ProposalView }>) {
  const { t } = useTranslation('settings')
  const [act, setAct] = useState<Act | undefined>()
  const place = useRef<HTMLElement>(null)
  // Who has just proposed stands far down the page.
  useEffect(() => {
    // Its answer is no cleaning up: newer browsers answer a promise.
    place.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const { changes, reason, proposedBy, proposedAt, dryRun, can } = proposal
  const button = (what: Act, may: Can, type: 'primary' | 'default') => (
    <Tooltip title={whyNot(may)}>
      <Button type={type} disabled={may !== true} onClick={() => setAct(what)}>
        {t(what)}
      </Button>
    </Tooltip>
  )
  return (
    <section ref={place} className="panel proposal">
      <h2>{t('pending')}</h2>
      <p>
        {t('proposedBy', { who: proposedBy, at: chinaMinute(proposedAt) })}
        {' · '}
        {reason}
      </p>
      <ChangeList changes={changes} />
      {dryRun ? (
        <DryRunView dryRun={dryRun} />
      ) : (
        <p className="proposal-running">
          <Spin size="small" /> {t('running')}
        </p>
      )}
      <div className="proposal-actions">
        {button('approve', can.approve, 'primary')}
        {button('reject', can.reject, 'default')}
        {button('withdraw', can.withdraw, 'default')}
      </div>
      {dryRun && can.approve !== true && <p className="faint">{whyNot(can.approve)}</p>}
      {act && <DecideDialog act={act} id={proposal.id} changes={changes} onClose={() => setAct(undefined)} />}
    </section>
  )
}
