import { useEffect, useRef, useState } from 'react'
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Field } from '@liuhen/law/document-definition'
import { useMe } from '../session/me.ts'
import { rowsOf, textOf } from './field-value.ts'

type Props = Readonly<{
  id: string
  field: Extract<Field, { kind: 'dialogue' }>
  value: unknown
  onChange: (value: unknown) => void
}>

/** Question and answer. Enter goes from the question to the answer and from the answer to the next question; Shift+Enter breaks the line. */
export function DialogueInput({ id, field, value, onChange }: Props) {
  const { t } = useTranslation('document')
  const box = useRef<HTMLDivElement>(null)
  // A new object each time, so that the same place can be asked for twice.
  const [focus, setFocus] = useState<Readonly<{ at: string }> | undefined>()
  const rows = rowsOf(value)
  useEffect(() => {
    if (focus === undefined) return
    box.current?.querySelector<HTMLTextAreaElement>(`[data-at="${focus.at}"]`)?.focus()
  }, [focus])
  const set = (i: number, change: Readonly<Record<string, string>>): void =>
    onChange(rows.map((row, n) => (n === i ? { ...row, ...change } : row)))
  const add = (q: string): void => {
    onChange([...rows, { q, a: '' }])
    setFocus({ at: `${rows.length}-${q === '' ? 'q' : 'a'}` })
  }
  const onKey = (event: React.KeyboardEvent, i: number, part: 'q' | 'a'): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (part === 'q') setFocus({ at: `${i}-a` })
    else if (i + 1 < rows.length) setFocus({ at: `${i + 1}-q` })
    else if (rows.length < field.max) add('')
  }
  const part = (row: Readonly<Record<string, unknown>>, i: number, which: 'q' | 'a') => (
    <div className="dialogue-line">
      <span aria-hidden="true">{t(`dialogue.${which}`)}</span>
      <Input.TextArea
        data-at={`${i}-${which}`}
        value={textOf(row[which])}
        autoSize={{ minRows: 1, maxRows: 12 }}
        aria-label={t(`dialogue.${which}Of`, { n: i + 1 })}
        onKeyDown={(e) => onKey(e, i, which)}
        onChange={(e) => set(i, { [which]: e.target.value })}
      />
    </div>
  )
  return (
    <div ref={box} className="row-list" role="group" aria-labelledby={`${id}-label`}>
      {rows.map((row, i) => (
        <div key={i} className="dialogue-row">
          <div>
            {part(row, i, 'q')}
            {part(row, i, 'a')}
          </div>
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('removeRow', { n: i + 1 })}
            onClick={() => onChange(rows.filter((_, n) => n !== i))}
          />
        </div>
      ))}
      <div className="dialogue-foot">
        <Button
          type="dashed"
          icon={<PlusOutlined />}
          disabled={rows.length >= field.max}
          onClick={() => add('')}
        >
          {t('dialogue.add')}
        </Button>
        <Phrases of={field.phrases} onPick={add} />
        <span className="field-help">{t('dialogue.hint')}</span>
      </div>
    </div>
  )
}

/** Questions that are asked every time, in the name of the own agency. */
function Phrases({ of, onPick }: Readonly<{ of: readonly string[]; onPick: (phrase: string) => void }>) {
  const { t } = useTranslation('document')
  const { agency } = useMe()
  if (of.length === 0) return null
  const phrases = of.map((phrase) => phrase.replaceAll('{agency}', () => agency.name))
  return (
    <Select
      className="phrases"
      value={null}
      placeholder={t('dialogue.phrases')}
      aria-label={t('dialogue.phrases')}
      popupMatchSelectWidth={420}
      options={phrases.map((phrase) => ({ value: phrase, label: phrase }))}
      onChange={(phrase: string | null) => phrase !== null && onPick(phrase)}
    />
  )
}
