import { useTranslation } from 'react-i18next'
import type { BatchView } from '@liuhen/api/routes/disposals'
import { chinaMinute } from '../time/china.ts'

type Step = Readonly<{
  key: 'proposed' | 'reviewed' | 'approved' | 'ordered' | 'carriedOut' | 'ended'
  done?: Readonly<{ by?: string; at: string; words?: string; witness?: string }> | undefined
}>

const stepsOf = (b: BatchView): readonly Step[] => [
  { key: 'proposed', done: b.proposed },
  { key: 'reviewed', done: b.reviewed },
  { key: 'approved', done: b.approved },
  { key: 'ordered', done: b.ordered },
  { key: 'carriedOut', done: b.carriedOutAt === undefined ? undefined : { at: b.carriedOutAt } },
]

/** Who did what and when; what did not come is said to wait, or left out when it will never come. */
export function BatchSteps({ batch }: Readonly<{ batch: BatchView }>) {
  const { t } = useTranslation('disposal')
  const all = stepsOf(batch)
  const shown: readonly Step[] = batch.ended
    ? [...all.filter((s) => s.done !== undefined), { key: 'ended', done: batch.ended }]
    : all
  return (
    <section className="panel" aria-label={t('steps.label')}>
      <dl className="disposal-steps">
        {shown.map(({ key, done }) => (
          <div key={key} data-done={done !== undefined}>
            <dt>{t(`steps.${key}`)}</dt>
            <dd>
              {done === undefined && <span className="faint">{t('steps.waits')}</span>}
              {done &&
                (done.by === undefined
                  ? chinaMinute(done.at)
                  : t('steps.by', { who: done.by, at: chinaMinute(done.at) }))}
              {done?.words !== undefined && <p>{done.words}</p>}
              {done?.witness !== undefined && <p>{t('steps.witness', { who: done.witness })}</p>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
