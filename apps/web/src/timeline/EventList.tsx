import { Link } from '@tanstack/react-router'
import { Tooltip, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace, TimelineEntry } from '@liuhen/api/routes/cases'
import { paths } from '../paths.ts'
import { chinaClock, chinaDay, chinaMinute } from '../time/china.ts'
import type { Span } from './axis.ts'

type Props = Readonly<{ file: CaseWorkspace; entries: readonly TimelineEntry[]; span: Span | undefined }>

/** Every event of the case in a sentence, newest last, by day; each with its place in the log. */
export function EventList({ file, entries, span }: Props) {
  const { t } = useTranslation('case')
  const shown = span
    ? entries.filter((e) => Date.parse(e.at) >= span.from && Date.parse(e.at) <= span.to)
    : entries
  const days = [...byDay(shown)].toSorted(([a], [b]) => a.localeCompare(b))
  const stepName = new Map(file.evaluation.steps.map((s) => [s.id, s.name]))
  return (
    <section className="panel">
      <h2>
        {t('timeline.events')} <span className="count">{shown.length}</span>
      </h2>
      {days.map(([day, list]) => (
        <section key={day} className="event-day">
          <h3>{day}</h3>
          <ol>
            {list
              .toSorted((a, b) => a.version - b.version)
              .map((entry) => (
                <EventLine
                  key={entry.eventId}
                  caseId={file.id}
                  entry={entry}
                  step={stepName.get(entry.step ?? '')}
                />
              ))}
          </ol>
        </section>
      ))}
    </section>
  )
}

function byDay(entries: readonly TimelineEntry[]): ReadonlyMap<string, readonly TimelineEntry[]> {
  const days = new Map<string, TimelineEntry[]>()
  for (const entry of entries) {
    const day = chinaDay(entry.at)
    days.set(day, [...(days.get(day) ?? []), entry])
  }
  return days
}

type LineProps = Readonly<{ caseId: string; entry: TimelineEntry; step: string | undefined }>

function EventLine({ caseId, entry, step }: LineProps) {
  const { t } = useTranslation('case')
  const late = Date.parse(entry.recordedAt) - Date.parse(entry.at) > 3_600_000
  return (
    <li id={`event-${entry.version}`} className="event">
      <time dateTime={entry.at}>{chinaClock(entry.at)}</time>
      <div>
        <p>
          {entry.text}{' '}
          {entry.documentId !== undefined && (
            <Link {...paths.document(caseId, entry.documentId)}>{t('timeline.openDocument')}</Link>
          )}
          {entry.recordingId !== undefined && (
            <Link {...paths.caseFile(caseId, { tab: 'recordings', f: entry.recordingId })}>
              {t('timeline.openRecording')}
            </Link>
          )}
        </p>
        <p className="event-proof faint">
          <span>{entry.actor}</span>
          {step !== undefined && <span>{step}</span>}
          {late && <span>{t('timeline.recordedLater', { at: chinaMinute(entry.recordedAt) })}</span>}
          <span className="mono">
            {entry.index === undefined ? t('timeline.pending') : t('timeline.index', { index: entry.index })}
          </span>
          <Tooltip title={t('timeline.leaf')}>
            <Typography.Text
              className="mono faint"
              copyable={{ text: entry.leafHash, tooltips: [t('copy'), t('copied')] }}
            >
              {entry.leafHash.slice(0, 10)}
            </Typography.Text>
          </Tooltip>
        </p>
      </div>
    </li>
  )
}
