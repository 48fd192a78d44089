import { ExclamationCircleFilled, StopFilled } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { Reason } from '@liuhen/law/evaluation'
import { Cites } from './Cites.tsx'
import { Said } from './Said.tsx'

type Shown = Readonly<{
  code: string
  effect: Reason['effect']
  message: string
  todo: string
  citations: Reason['citations']
  facts?: Reason['facts'] | undefined
}>

/** Why not, and what to do: one block a reason, with its clauses. */
export function Reasons({ reasons }: Readonly<{ reasons: readonly Shown[] }>) {
  const { t } = useTranslation('law')
  if (reasons.length === 0) return null
  return (
    <ul className="reasons">
      {reasons.map((reason) => (
        <li key={`${reason.code}${reason.message}`} className={`reason reason-${reason.effect}`}>
          {reason.effect === 'refuse' ? (
            <StopFilled aria-label={t('effect.refuse')} />
          ) : (
            <ExclamationCircleFilled aria-label={t('effect.warn')} />
          )}
          <div>
            <p className="reason-message">
              <Said reason={reason} />
            </p>
            <p className="reason-todo">
              <span>{t('todo')}</span>
              {reason.todo}
            </p>
            <Cites of={reason.citations} />
          </div>
        </li>
      ))}
    </ul>
  )
}
