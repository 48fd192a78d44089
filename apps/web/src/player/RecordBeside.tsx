import { Link } from '@tanstack/react-router'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { getRecording, pinRecordLine } from '@liuhen/api/routes/recordings'
import { useCommand } from '../api/use-command.ts'
import { useRoute } from '../api/use-route.ts'
import { whyOf } from '../document/why-of.ts'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { paths } from '../paths.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { chinaMinute, clockOf } from '../time/china.ts'
import { lineAt, spokenLines, withPins } from './spoken-lines.ts'
import type { SpokenLine } from './spoken-lines.ts'
import './record-beside.css'

type Paper = CaseWorkspace['documents'][number]
type Definitions = ReturnType<typeof useDefinitions>
type Props = Readonly<{
  file: CaseWorkspace
  recording: CaseWorkspace['recordings'][number]
  now: number
  /** Exactly, for what is pinned. */
  at: () => number
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

/** The written record of the same step, line by line beside the film; who hears a line pins it there. */
export function RecordBeside({ file, recording, now, at, onSeek }: Props) {
  const { t } = useTranslation('player')
  const definitions = useDefinitions()
  const view = useRoute(getRecording, { params: { id: recording.id } })
  const pin = useCommand(pinRecordLine, { done: t('record.done') })
  const paper = file.documents.findLast(
    (d) =>
      d.step === recording.step && d.state !== 'voided' && linesOf(d, definitions, recording.from).length > 0,
  )
  if (paper === undefined) return null
  const pins = (view.data?.pins ?? []).filter((p) => p.documentId === paper.id)
  const lines = withPins(linesOf(paper, definitions, recording.from), pins)
  const spoken = lineAt(lines, now)
  const put = (line: number, atSeconds: number | undefined): void =>
    pin.mutate({
      params: { id: recording.id },
      body: { documentId: paper.id, line, ...(atSeconds !== undefined && { atSeconds }) },
    })
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
              <Pinning
                line={line}
                may={view.data?.can.describe}
                busy={pin.isPending}
                onPin={() => put(line.n, Math.round(at() * 10) / 10)}
                onUnpin={() => put(line.n, undefined)}
              />
            </div>
          </li>
        ))}
      </ol>
      {pin.error && <ProblemView error={pin.error} route={pinRecordLine} compact />}
    </section>
  )
}

type PinningProps = Readonly<{
  line: SpokenLine
  may: Parameters<typeof whyOf>[0]
  busy: boolean
  onPin: () => void
  onUnpin: () => void
}>

/** Who placed the line, or that nobody did; and the way to place it where the film stands. */
function Pinning({ line: { n, pin }, may, busy, onPin, onUnpin }: PinningProps) {
  const { t } = useTranslation('player')
  const { t: w } = useTranslation('words')
  const why = whyOf(may ?? [], (reason) => w('whyNot', reason))
  const off = why !== undefined || busy || may === undefined
  return (
    <p className="record-pin">
      <span className="faint">
        {pin ? t('record.pinned', { by: pin.by, at: chinaMinute(pin.at) }) : t('record.guessed')}
      </span>
      <Tooltip title={why}>
        <Button size="small" type="link" disabled={off} aria-label={t('record.pinOf', { n })} onClick={onPin}>
          {t('record.pin')}
        </Button>
      </Tooltip>
      {pin && (
        <Button
          size="small"
          type="link"
          disabled={off}
          aria-label={t('record.unpinOf', { n })}
          onClick={onUnpin}
        >
          {t('record.unpin')}
        </Button>
      )}
    </p>
  )
}
