import { Link } from '@tanstack/react-router'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { getRecording, pinRecordLine } from '@liuhen/api/routes/recordings'
import type { RecordingView } from '@liuhen/api/routes/recordings'
import { recorderOf } from '@liuhen/domain/document/stamps'
import type { Recorder } from '@liuhen/domain/document/stamps'
import { useCommand } from '../api/use-command.ts'
import { useRoute } from '../api/use-route.ts'
import { turnsOf } from '../dialogue/turns.ts'
import { whyOf } from '../document/why-of.ts'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { paths } from '../paths.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { chinaMinute, chinaSecond, clockOf } from '../time/china.ts'
import { lineAt, spokenLines, typedIn, withPins } from './spoken-lines.ts'
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

/** Questions and answers of a paper that says when it began and ended; nothing of any other. */
const linesOf = (paper: Paper, definitions: Definitions, from: string): readonly SpokenLine[] => {
  const fields = definitions.get(paper.type)?.sections.flatMap((s) => s.fields) ?? []
  const dialogue = fields.find((f) => f.kind === 'dialogue')
  const times = fields.filter((f) => f.kind === 'datetime').map((f) => textOf(paper.data?.[f.id]))
  const [startAt = '', endAt = ''] = times
  const rows: unknown = dialogue && paper.data?.[dialogue.id]
  if (!Array.isArray(rows) || Number.isNaN(Date.parse(startAt)) || Number.isNaN(Date.parse(endAt))) return []
  const lines = turnsOf(rows).map(({ q, a, at, answeredAt }) => ({
    q,
    a,
    ...(at !== undefined && { askedAt: at }),
    ...(answeredAt !== undefined && { answeredAt }),
  }))
  return spokenLines({ startAt, endAt, lines }, from)
}

const recorderIn = (paper: Paper, definitions: Definitions): Recorder | undefined => {
  const fields = definitions.get(paper.type)?.sections.flatMap((s) => s.fields) ?? []
  const dialogue = fields.find((f) => f.kind === 'dialogue')
  return dialogue && recorderOf(dialogue, paper.data ?? {})
}

/**
 * When the film began in true time. How its clock stood was measured when it was taken in; where it was not, what the paper
 * says of the recorder counts, if it speaks of this one.
 */
const filmOf = (
  { from, to }: Props['recording'],
  view: RecordingView | undefined,
  told: Recorder | undefined,
): Readonly<{ beganMs: number; seconds: number }> => {
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000
  const { id, clockOffsetMs } = view?.manifest.device ?? {}
  if (clockOffsetMs === undefined && told && (told.device === undefined || told.device === id))
    return { beganMs: Date.parse(from) - told.aheadMs, seconds }
  return { beganMs: Date.parse(from) - (clockOffsetMs ?? 0), seconds }
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
  const spokenAs = linesOf(paper, definitions, recording.from)
  const film = filmOf(recording, view.data, recorderIn(paper, definitions))
  const lines = withPins(spokenAs, pins, typedIn(spokenAs, film))
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
              <p>
                {t('record.a', { text: line.a })}
                <AnsweredAt line={line} film={film} onSeek={onSeek} />
              </p>
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

type AnsweredProps = Readonly<{
  line: SpokenLine
  film: Readonly<{ beganMs: number; seconds: number }>
  onSeek: (seconds: number) => void
}>

/** An answer that was typed while the film ran has a second of its own. */
function AnsweredAt({ line: { answeredAt }, film, onSeek }: AnsweredProps) {
  if (answeredAt === undefined) return null
  const at = (Date.parse(answeredAt) - film.beganMs) / 1000
  if (at < 0 || at > film.seconds) return null
  return (
    <button type="button" className="text-button mono record-answered" onClick={() => onSeek(at)}>
      {clockOf(at)}
    </button>
  )
}

/** Who placed the line, or that nobody did; and the way to place it where the film stands. */
function Pinning({ line: { n, pin }, may, busy, onPin, onUnpin }: PinningProps) {
  const { t } = useTranslation('player')
  const { t: w } = useTranslation('words')
  const why = whyOf(may ?? [], (reason) => w('whyNot', reason))
  const heard = pin && 'by' in pin ? pin : undefined
  const off = why !== undefined || busy || may === undefined
  return (
    <p className="record-pin">
      <span className="faint">
        {pin === undefined
          ? t('record.guessed')
          : heard
            ? t('record.pinned', { by: heard.by, at: chinaMinute(heard.at) })
            : t('record.typed', { at: chinaSecond(pin.at) })}
      </span>
      <Tooltip title={why}>
        <Button size="small" type="link" disabled={off} aria-label={t('record.pinOf', { n })} onClick={onPin}>
          {t('record.pin')}
        </Button>
      </Tooltip>
      {heard && (
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
