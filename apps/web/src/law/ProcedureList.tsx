import { useTranslation } from 'react-i18next'
import { listProcedures } from '@liuhen/api/routes/law'
import { useRoute } from '../api/use-route.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'

/** Procedures as the law draws them: stages and their steps. */
export function ProcedureList() {
  const { t } = useTranslation('law')
  const procedures = useRoute(listProcedures, { query: {} })
  if (procedures.isPending) return <Waiting rows={6} />
  if (procedures.error)
    return <ProblemView error={procedures.error} onRetry={() => void procedures.refetch()} />
  return procedures.data.items.map((procedure) => (
    <section key={procedure.id} className="panel procedure">
      <h2>{procedure.name}</h2>
      <p className="faint">
        {t('stepCount', { stages: procedure.stages.length, steps: procedure.steps.length })}
      </p>
      <ol className="procedure-stages">
        {procedure.stages.map((stage) => (
          <li key={stage.id}>
            <h3>{stage.name}</h3>
            <ul>
              {procedure.steps
                .filter((step) => step.stage === stage.id)
                .map((step) => (
                  <li key={step.id}>{step.name}</li>
                ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  ))
}
