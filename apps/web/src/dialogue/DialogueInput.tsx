import { memo, useMemo, useRef, useState } from 'react'
import { PlusOutlined, UndoOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { recorderOf } from '@liuhen/domain/document/stamps'
import type { Field } from '@liuhen/law/document-definition'
import { useForm, useFormData } from '../form/form-context.ts'
import { useMe } from '../session/me.ts'
import { houseNow, useHouseClock } from '../time/house-clock.ts'
import { isRunning } from './recorder.ts'
import { RecorderBar } from './RecorderBar.tsx'
import { TurnRow } from './TurnRow.tsx'
import type { Place } from './turns.ts'
import { useTurns } from './use-turns.ts'
import type { Act } from './use-turns.ts'
import './dialogue.css'

type Props = Readonly<{
  id: string
  field: Extract<Field, { kind: 'dialogue' }>
  value: unknown
  onChange: (value: unknown) => void
}>

/** Question and answer by the keyboard alone, with phrases, and with the recording's time where the form is stamped. */
export function DialogueInput({ id, field, value, onChange }: Props) {
  const { t } = useTranslation('dialogue')
  const box = useRef<HTMLDivElement>(null)
  const phrases = usePhrases(field)
  const { stamped, max } = field
  useHouseClock(stamped !== undefined)
  const [wanted, setWanted] = useState(true)
  const { recorder, aheadMs } = useRecorder(field)
  const isStamping = (): boolean => wanted && recorder !== undefined && isRunning(recorder, houseNow())
  const { turns, act, said, removed } = useTurns(box, { value, max, onChange, isStamping })
  return (
    <div
      className="dialogue"
      role="group"
      aria-labelledby={`${id}-label`}
      data-stamped={turns.some((turn) => turn.at !== undefined)}
    >
      {stamped && (
        <RecorderBar
          stamped={stamped}
          recorder={recorder}
          aheadMs={aheadMs}
          on={wanted}
          onSwitch={setWanted}
        />
      )}
      <div ref={box} className="dialogue-rows">
        {turns.map((turn, i) => (
          <TurnRow key={i} i={i} turn={turn} phrases={phrases} beganMs={recorder?.beganMs} act={act} />
        ))}
      </div>
      <Foot count={turns.length} max={max} phrases={phrases} removed={removed && removed.i + 1} act={act} />
      <p className="field-help dialogue-hint">{t('hint')}</p>
      <p className="unseen" role="status">
        {said && t(`said.${said.what}`, { n: said.n })}
      </p>
    </div>
  )
}

type FootProps = Readonly<{
  count: number
  max: number
  phrases: readonly string[]
  removed: number | undefined
  act: (at: Place, deed: Act) => void
}>

const Foot = memo(function Foot({ count, max, phrases, removed, act }: FootProps) {
  const { t } = useTranslation('dialogue')
  const end = { i: count - 1, part: 'a' } as const
  return (
    <div className="dialogue-foot">
      <Button
        type="dashed"
        icon={<PlusOutlined />}
        disabled={count >= max}
        onClick={() => act(end, { do: 'insert' })}
      >
        {t('add')}
      </Button>
      {phrases.length > 0 && (
        <Select
          className="phrases"
          value={null}
          placeholder={t('phrases')}
          aria-label={t('phrases')}
          popupMatchSelectWidth={420}
          classNames={{ popup: { root: 'pick-popup' } }}
          options={phrases.map((phrase) => ({ value: phrase, label: phrase }))}
          onChange={(q: string | null) => q !== null && act(end, { do: 'fill', turns: [{ q, a: '' }] })}
        />
      )}
      {removed !== undefined && (
        <Button icon={<UndoOutlined />} onClick={() => act(end, { do: 'restore' })}>
          {t('restore', { n: removed })}
        </Button>
      )}
      <span className="faint">{t('count', { n: count })}</span>
    </div>
  )
})

/** The recorder that the form tells of; the same object as long as the form says the same of it. */
function useRecorder(field: Props['field']) {
  const data = useFormData()
  const { stamped } = field
  const told = stamped ? [data[stamped.device], data[stamped.startAt], data[stamped.ahead]] : []
  const [device, startAt, ahead] = told
  return useMemo(() => {
    if (stamped === undefined) return { recorder: undefined, aheadMs: 0 }
    const said = { [stamped.device]: device, [stamped.startAt]: startAt, [stamped.ahead]: ahead }
    return { recorder: recorderOf(field, said), aheadMs: typeof ahead === 'number' ? ahead * 1000 : 0 }
  }, [field, stamped, device, startAt, ahead])
}

const NONE: readonly string[] = []

/** Questions that are asked every time, in the name of the own agency: the definition's, then the agency's own. */
function usePhrases({ id, phrases }: Props['field']): readonly string[] {
  const { agency } = useMe()
  const own = useForm()?.phrases[id] ?? NONE
  return useMemo(
    () =>
      [...new Set([...phrases, ...own])].map((phrase) => phrase.replaceAll('{agency}', () => agency.name)),
    [phrases, own, agency],
  )
}
