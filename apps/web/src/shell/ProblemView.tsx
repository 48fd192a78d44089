import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Route } from '@liuhen/api/route'
import { asProblem, isWarned } from '../api/problem.ts'
import { rolesOf } from '../session/me.ts'
import { Reasons } from '../law-text/Reasons.tsx'
import { kindOf, numberOf } from './problem-kind.ts'

type Props = Readonly<{ error: unknown; route?: Route; onRetry?: () => void; compact?: boolean }>

/** The one way in which an error is shown: what happened, why with its clauses, who can, and what to do next. */
export function ProblemView({ error, route, onRetry, compact = false }: Props) {
  const { t } = useTranslation('problem')
  const { t: w } = useTranslation('words')
  if (error === null || error === undefined) return null
  const problem = asProblem(error)
  const kind = kindOf(problem)
  const number = numberOf(problem)
  const roles = problem.code === 'wrong-role' && route ? rolesOf(route.access) : []
  const warned = isWarned(problem)
  const said = problem.reasons.some((reason) => reason.message === problem.detail)
  return (
    <Alert
      className={compact ? 'problem problem-compact' : 'problem'}
      type={warned || kind === 'unreachable' || kind === 'outage' ? 'warning' : 'error'}
      showIcon
      role="alert"
      title={warned ? t('warned') : (problem.title ?? t(`${kind}.title`))}
      description={
        <div className="problem-body">
          {problem.detail !== undefined && !said && <p>{problem.detail}</p>}
          <Reasons reasons={problem.reasons} />
          {problem.fields.length > 0 && (
            <ul>
              {problem.fields.map((field) => (
                <li key={`${field.path}${field.message}`}>{field.message}</li>
              ))}
            </ul>
          )}
          {roles.length > 0 && (
            <p>{t('whoMay', { roles: roles.map((role) => w(`role.${role}`)).join(w('comma')) })}</p>
          )}
          {problem.reasons.length === 0 && <p>{t(`${kind}.next`)}</p>}
          {number !== undefined && <p className="faint">{t('requestId', { id: number })}</p>}
          {onRetry && (
            <Button size="small" onClick={onRetry}>
              {t('retry')}
            </Button>
          )}
        </div>
      }
    />
  )
}
