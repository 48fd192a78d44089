import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { paths } from '../paths.ts'
import { clockOf } from '../time/china.ts'
import { lineAt, spokenLines } from './spoken-lines.ts'
import type { SpokenLine } from './spoken-lines.ts'
import './record-beside.css'

type Paper = CaseWorkspace['documents'][number]
type Definitions = ReturnType<typeof useDefinitions>
type Props = Readonly<{
  file: CaseWorkspace
  recording: CaseWorkspace['recordings'][number]
  now: number
  onSeek: (seconds: number) => void
}>

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const isLine = (row: unknown): row is Record<string, unknown> => typeof row === 'object' && row !== null

/** Questions and answers of a paper that says when it began and ended; nothing of any other. */
const linesOf = (paper: Paper, definitions: Definitions, from: string): readonly SpokenLine[] => {
  const fields = definitions.get(paper.type)?.sections.flatMap((s) => s.fields) ?? []
  const dialogue = fields.find((f) => f.kind === 'dialogue')
  const times = fields.filter((f) => f.kind === 'datetime').map((f) => textOf(paper.data?.[f.id]))
  const [startAt = '', endAt = ''] = times
  const rows: unknown = dialogue && paper.data?.[dialogue.id]
  if (!Array.isArray(rows) || Number.isNaN(Date.parse(startAt)) || Number.isNaN(Date.parse(endAt))) return []
  const lines = rows.filter(isLine).map((row) => ({ q: textOf(row['q']), a: textOf(row['a']) }))
  return spokenLines({ startAt, endAt, lines }, from)
}

/** The written record of the same step, line by line beside the film. */
export function RecordBeside({ file, recording, now, onSeek }: Props) {
  const { t } = useTranslation('player')
  const definitions = useDefinitions()
  const paper = file.documents.findLast(
    (d) =>
      d.step === recording.step && d.state !== 'voided' && linesOf(d, definitions, recording.from).length > 0,
  )
  if (paper === undefined) return null
  const lines = linesOf(paper, definitions, recording.from)
  const spoken = lineAt(lines, now)
  return (
    <section className="panel" aria-label={t('record.title')}>
      <div className="need-line">
        <h2>{t('record.title')}</h2>
        <Link {...paths.document(file.id, paper.id)}>{paper.name}</Link>
      </div>
      <p className="explain">{t('record.note')}</p>
      <ol className="record-beside" tabIndex={0} aria-label={t('record.lines')}>
        {lines.map((line) => (
          <li key={line.n} aria-current={line === spoken}>
            <button type="button" className="text-button mono" onClick={() => onSeek(Math.max(0, line.at))}>
              {clockOf(Math.max(0, line.at))}
            </button>
            <div>
              <p>{t('record.q', { text: line.q })}</p>
              <p>{t('record.a', { text: line.a })}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
