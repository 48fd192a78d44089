import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Route } from '@liuhen/api/route'
import { asProblem, isWarned } from '../api/problem.ts'
import type { ApiProblem } from '../api/problem.ts'
import { rolesOf } from '../session/me.ts'
import { Reasons } from '../law-text/Reasons.tsx'

const KNOWN = [
  'law-gate',
  'not-permitted',
  'wrong-state',
  'stale-version',
  'not-found',
  'duplicate',
  'incomplete',
  'bad-evidence',
  'invalid-input',
  'unauthenticated',
  'rate-limited',
  'unreachable',
  'outage',
] as const
type Known = (typeof KNOWN)[number]

const BY_STATUS: Readonly<Record<number, Known>> = {
  400: 'invalid-input',
  401: 'unauthenticated',
  403: 'not-permitted',
  404: 'not-found',
  409: 'stale-version',
  429: 'rate-limited',
  502: 'outage',
  503: 'outage',
}
const kindOf = (problem: ApiProblem): Known | 'unexpected' =>
  KNOWN.find((code) => code === problem.code) ?? BY_STATUS[problem.status] ?? 'unexpected'

type Props = Readonly<{ error: unknown; route?: Route; onRetry?: () => void; compact?: boolean }>

/** The one way in which an error is shown: what happened, why with its clauses, who can, and what to do next. */
export function ProblemView({ error, route, onRetry, compact = false }: Props) {
  const { t } = useTranslation('problem')
  const { t: w } = useTranslation('words')
  if (error === null || error === undefined) return null
  const problem = asProblem(error)
  const kind = kindOf(problem)
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
          {/* A reason says what to do; without one, somebody has to look for what happened. */}
          {problem.requestId !== undefined && problem.reasons.length === 0 && (
            <p className="faint">{t('requestId', { id: problem.requestId })}</p>
          )}
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
