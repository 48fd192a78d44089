import { Tag, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { rulesByKind } from './shown-clauses.ts'
import type { ClauseItem } from './shown-clauses.ts'

type Props = Readonly<{ clause: ClauseItem; chosen: boolean }>
/** More rules of one kind than this stand behind one click. */
const FEW = 4

/** One clause: where it stands, how it binds, what it asks in our words, and what the system does for it. */
export function ClauseRow({ clause: c, chosen }: Props) {
  const { t } = useTranslation('law')
  const { t: w } = useTranslation('words')
  const why = c.modality === 'context' ? 'context' : c.testable === 'no' ? 'no' : 'other'
  return (
    <li id={`clause-${c.id}`} data-chosen={chosen}>
      <div className="clause-ref">
        <strong>{c.ref}</strong>
        <Typography.Text
          className="mono faint clause-id"
          copyable={{ tooltips: [w('copy'), w('copied')] }}
          title={t('clauseId')}
        >
          {c.id}
        </Typography.Text>
        <span className={`modality modality-${c.modality}`}>{t(`modality.${c.modality}`)}</span>
        {!c.confirmed && <Tag>{t('unconfirmed')}</Tag>}
      </div>
      <div className="clause-body">
        <p>{c.duty}</p>
        {c.rules.length === 0 && c.offers === undefined && (
          <p className="faint clause-none">{t(`without.${why}`)}</p>
        )}
        {c.offers !== undefined && (
          <dl className="clause-kinds">
            <div>
              <dt>{t('offers')}</dt>
              <dd>{c.offers}</dd>
            </div>
          </dl>
        )}
        {c.rules.length > 0 && <Rules of={c.rules} />}
        {c.examples.length > 0 && (
          <details className="clause-examples">
            <summary>{t('examples', { count: c.examples.length })}</summary>
            <ul>
              {c.examples.map((e) => (
                <li key={`${e.pack}/${e.topic}/${e.id}`} title={`${e.pack}/${e.topic}/${e.id}`}>
                  {e.title}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </li>
  )
}

function Rules({ of: rules }: Readonly<{ of: ClauseItem['rules'] }>) {
  const { t } = useTranslation('law')
  return (
    <dl className="clause-kinds">
      {rulesByKind(rules).map((group) => (
        <div key={group.kind}>
          <dt>{group.kind}</dt>
          <dd>
            <RuleItems rules={group.rules.slice(0, FEW)} />
            {group.rules.length > FEW && (
              <details>
                <summary>{t('hidden', { n: group.rules.length - FEW })}</summary>
                <RuleItems rules={group.rules.slice(FEW)} />
              </details>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function RuleItems({ rules }: Readonly<{ rules: ClauseItem['rules'] }>) {
  const { t } = useTranslation('law')
  const { t: w } = useTranslation('words')
  return (
    <ul>
      {rules.map((rule) => (
        <li
          key={`${rule.id}${rule.name}`}
          title={rule.in.length > 0 ? t('rulesIn', { names: rule.in.join(w('comma')) }) : rule.id}
        >
          {rule.name}
          {rule.todo !== undefined && <span className="faint rule-todo">{rule.todo}</span>}
        </li>
      ))}
    </ul>
  )
}
