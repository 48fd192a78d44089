import { useTranslation } from 'react-i18next'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { ResponseOf } from '@liuhen/api/route'
import type { getForm } from '@liuhen/api/routes/documents'
import { Cites } from '../law-text/Cites.tsx'
import { Nothing } from '../shell/Nothing.tsx'
import { fieldOfPath } from './field-value.ts'

type Props = Readonly<{
  definition: DocumentDefinition
  problems: ResponseOf<typeof getForm>['problems']
  onPick: () => void
}>

/** What the law still wants of this paper; each leads to its field. */
export function ProblemList({ definition, problems, onPick }: Props) {
  const { t } = useTranslation('document')
  const { t: w } = useTranslation('law')
  const labels = new Map(definition.sections.flatMap((s) => s.fields).map((f) => [f.id, f.label]))
  const go = (path: string): void => {
    onPick()
    requestAnimationFrame(() => {
      const place = document.getElementById(`at-${fieldOfPath(path)}`)
      place?.scrollIntoView({ block: 'center' })
      place?.querySelector<HTMLElement>('input, textarea, button')?.focus({ preventScroll: true })
    })
  }
  if (problems.length === 0) return <Nothing title={t('problems.none')} hint={t('problems.noneHint')} />
  return (
    <section className="panel problem-list">
      <h2>{t('problems.title')}</h2>
      <p className="explain">{t('problems.note')}</p>
      <ul>
        {problems.map((problem) => (
          <li key={problem.path + problem.message}>
            <button type="button" className="text-button" onClick={() => go(problem.path)}>
              {labels.get(fieldOfPath(problem.path)) ?? t('problems.whole')}
            </button>
            <p>{problem.message}</p>
            {problem.todo !== undefined && (
              <p className="reason-todo">
                <span>{w('todo')}</span>
                {problem.todo}
              </p>
            )}
            <Cites of={problem.citations} />
          </li>
        ))}
      </ul>
    </section>
  )
}
