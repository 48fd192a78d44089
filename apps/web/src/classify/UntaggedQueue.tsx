import { useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Checkbox, Radio, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { listUntagged } from '@liuhen/api/routes/untagged'
import type { SuggestionView, UntaggedRow } from '@liuhen/api/routes/untagged'
import { call } from '../api/client.ts'
import { newId } from '../api/new-id.ts'
import { useRoute } from '../api/use-route.ts'
import { RecordingDrawer } from '../recording/RecordingDrawer.tsx'
import { useMe } from '../session/me.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaClock, chinaShort } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import { type Chosen, fileRecording, type Outcome, ROUTES } from './file-recording.ts'
import './classify.css'

/** The place that somebody ticked, by name: suggestions change while others are filed. A filed one is ticked to be labelled. */
type Tick = string | undefined
type Ticks = Readonly<Record<string, Tick>>
type Said = Readonly<Record<string, Outcome | Error>>

const SHOWN = 50

const LABELS_ONLY = 'labels'
const nameOf = ({ caseId, step, scene }: SuggestionView): string => JSON.stringify([caseId, step, scene])
const suggestionOf = (row: UntaggedRow, tick: Tick) => row.suggestions.find((s) => nameOf(s) === tick)

const placeOf = ({ caseId, step, scene }: SuggestionView): Chosen | undefined =>
  scene === undefined ? undefined : { caseId, step, scene }

/** Ticked beforehand: what is surely of one place, and what only lacks its labels. */
const beforehand = (row: UntaggedRow): Tick => {
  if (row.caseId !== undefined) return row.filed && LABELS_ONLY
  const sure = row.suggestions.find((s) => s.sure)
  return sure && nameOf(sure)
}

/** What is ticked and is still offered. */
const tickOf = (row: UntaggedRow, ticks: Ticks): Tick => {
  const tick = row.id in ticks ? ticks[row.id] : beforehand(row)
  return tick === LABELS_ONLY || suggestionOf(row, tick) ? tick : undefined
}

type Props = Readonly<{
  /** These alone; absent: all that wait. */
  ids?: string | undefined
  opened: string | undefined
  onOpen: (id: string | undefined) => void
}>

/** What nobody has filed or labelled: an officer confirms where it belongs instead of typing it. */
export function UntaggedQueue({ ids, opened, onOpen }: Props) {
  const { t } = useTranslation('classify')
  const untagged = useRoute(listUntagged, { query: { limit: SHOWN, ids } }, { keep: true })
  const [ticks, setTicks] = useState<Ticks>({})
  const { filing, said, file } = useFiling()
  if (untagged.error)
    return <ProblemView error={untagged.error} route={listUntagged} onRetry={() => void untagged.refetch()} />
  if (untagged.isPending) return <Waiting rows={8} />
  const rows = untagged.data.items
  if (rows.length === 0) return <Nothing title={t('none')} hint={t('noneHint')} />
  const ticked = rows.filter((row) => tickOf(row, ticks) !== undefined)
  const choose = (row: UntaggedRow, tick: Tick): void => setTicks((old) => ({ ...old, [row.id]: tick }))
  const send = (): void =>
    void file(
      ticked.map((row) => {
        const chosen = suggestionOf(row, tickOf(row, ticks))
        return { row, chosen: chosen && placeOf(chosen) }
      }),
    )
  return (
    <>
      <p className="explain">
        {t('note')}
        {untagged.data.total > rows.length &&
          ` ${t('shown', { n: rows.length, total: untagged.data.total })}`}
      </p>
      <ul className="untagged-rows panel">
        {rows.map((row) => (
          <UntaggedLine
            key={row.id}
            row={row}
            tick={tickOf(row, ticks)}
            said={said[row.id]}
            onTick={(tick) => choose(row, tick)}
            onOpen={() => onOpen(row.id)}
          />
        ))}
      </ul>
      <RecordingDrawer row={rows.find((row) => row.id === opened)} onClose={() => onOpen(undefined)} />
      <div className="change-bar" role="status">
        <span>{t('ticked', { n: ticked.length })}</span>
        <Button type="primary" disabled={ticked.length === 0} loading={filing} onClick={send}>
          {t('confirm', { n: ticked.length })}
        </Button>
      </div>
    </>
  )
}

type Work = readonly Readonly<{ row: UntaggedRow; chosen: Chosen | undefined }>[]

/** One after the other, so that each has its own answer; what was refused stays, with the reason beside it. */
function useFiling() {
  const client = useQueryClient()
  const { message } = App.useApp()
  const { t } = useTranslation('classify')
  const me = useMe()
  const { t: w } = useTranslation('words')
  const [filing, setFiling] = useState(false)
  const [said, setSaid] = useState<Said>({})
  // The same act keeps its key when it is sent once more after a lost answer.
  const keys = useRef(new Map<string, string>())
  const keyOf = (act: string): string => {
    const key = keys.current.get(act) ?? newId()
    keys.current.set(act, key)
    return key
  }
  const calls = {
    link: (input: Parameters<typeof call<typeof ROUTES.link>>[1]) =>
      call(ROUTES.link, input, { key: keyOf(`link ${JSON.stringify(input)}`) }),
    label: (input: Parameters<typeof call<typeof ROUTES.label>>[1]) =>
      call(ROUTES.label, input, { key: keyOf(`label ${JSON.stringify(input)}`) }),
    read: (input: Parameters<typeof call<typeof ROUTES.read>>[1]) => call(ROUTES.read, input),
  }
  const file = async (work: Work): Promise<void> => {
    setFiling(true)
    let filed = 0
    const known = { comma: w('comma'), agency: me.agency.name }
    for (const { row, chosen } of work) {
      const outcome = await fileRecording(row, chosen, calls, known).catch((error: unknown) =>
        error instanceof Error ? error : new Error(String(error)),
      )
      if (!(outcome instanceof Error)) filed += 1
      setSaid((old) => ({ ...old, [row.id]: outcome }))
    }
    await client.invalidateQueries()
    setFiling(false)
    if (filed > 0) void message.success(t('done', { n: filed }))
  }
  return { filing, said, file }
}

type LineProps = Readonly<{
  row: UntaggedRow
  tick: Tick
  said: Outcome | Error | undefined
  onTick: (tick: Tick) => void
  onOpen: () => void
}>

function UntaggedLine({ row, tick, said, onTick, onOpen }: LineProps) {
  const { t } = useTranslation('classify')
  const now = useNow()
  const placed = row.suggestions.find((s) => s.scene !== undefined)
  const first = row.filed === undefined ? placed && nameOf(placed) : LABELS_ONLY
  return (
    <li>
      <Checkbox
        aria-label={t('tick', { name: row.fileName })}
        disabled={first === undefined}
        checked={tick !== undefined}
        onChange={(e) => onTick(e.target.checked ? first : undefined)}
      />
      <div>
        <button type="button" className="text-button" onClick={onOpen}>
          {row.fileName}
        </button>
        <p className="faint">
          {chinaShort(row.madeFrom, now)}–{chinaClock(row.madeTo)} · {row.officerName} · {row.deviceId}
        </p>
      </div>
      <div>
        {row.filed ? (
          <p>{t('filed', { ...row.filed })}</p>
        ) : (
          <Suggestions row={row} tick={tick} onTick={onTick} />
        )}
        {said === 'filed' && <p className="faint">{t('half')}</p>}
        {said instanceof Error && <ProblemView error={said} compact />}
      </div>
      <Button size="small" onClick={onOpen}>
        {t(row.filed ? 'label' : 'other')}
      </Button>
    </li>
  )
}

type SuggestionsProps = Pick<LineProps, 'row' | 'tick' | 'onTick'>

function Suggestions({ row, tick, onTick }: SuggestionsProps) {
  const { t } = useTranslation('classify')
  if (row.suggestions.length === 0) return <p className="faint">{t('nowhere')}</p>
  return (
    <Radio.Group
      aria-label={t('choose', { name: row.fileName })}
      className="suggestions"
      value={tick}
      onChange={(e) => onTick(String(e.target.value))}
    >
      {row.suggestions.map((s) => (
        <Radio key={nameOf(s)} value={nameOf(s)} disabled={s.scene === undefined}>
          {t('place', { no: s.caseNo, title: s.caseTitle, step: s.stepName })}
          {s.sceneName !== undefined && t('scene', { scene: s.sceneName })}
          {s.because.map((b) => (
            <Tag key={b}>
              {b === 'place' && s.metres !== undefined ? t('apart', { m: s.metres }) : t(`because.${b}`)}
            </Tag>
          ))}
        </Radio>
      ))}
    </Radio.Group>
  )
}
