import { useRef, useState } from 'react'
import { CalendarOutlined } from '@ant-design/icons'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'

type Props = Readonly<{
  id?: string
  kind: 'date' | 'datetime-local'
  /** The control's value; empty when there is none, or when `unread` stands instead. */
  value: string
  /** What was typed and is no such day or minute: it is shown and said, never replaced. */
  unread: string | undefined
  show: (value: string) => string
  /** What was typed, as the control's value; undefined while it is none. */
  read: (typed: string) => string | undefined
  onChange: (value: string) => void
  /** Left with what cannot be read. */
  onUnread: (typed: string) => void
  disabled?: boolean
  seconds?: boolean
}>

/** Typed as 2026-03-10 09:30 whatever the language of the browser, or picked from the system's own calendar. */
export function PickedInput(props: Props) {
  const { id, kind, value, unread, show, read, onChange, onUnread, disabled = false, seconds = false } = props
  const { t } = useTranslation('words')
  const picker = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState<string | undefined>()
  const [left, setLeft] = useState(unread !== undefined)
  // A form of fields says it in its own place; elsewhere it is said here.
  const isInForm = Form.Item.useStatus().status !== undefined
  const text = typed ?? unread ?? show(value)
  const wrong = text !== '' && read(text) === undefined
  const type = (next: string): void => {
    setTyped(next)
    setLeft(false)
    const known = next === '' ? '' : read(next)
    if (known !== undefined) onChange(known)
  }
  const leave = (): void => {
    setLeft(true)
    if (wrong) onUnread(text)
    else setTyped(undefined)
  }
  return (
    <span className="picked">
      <Input
        {...(id === undefined ? {} : { id })}
        disabled={disabled}
        inputMode="numeric"
        autoComplete="off"
        className="mono"
        maxLength={seconds ? 19 : 16}
        placeholder={t(kind === 'date' ? 'dayHint' : 'whenHint')}
        status={wrong ? 'error' : ''}
        aria-invalid={wrong}
        value={text}
        onChange={(event) => type(event.target.value)}
        onBlur={leave}
        onPressEnter={leave}
      />
      <Button
        icon={<CalendarOutlined />}
        disabled={disabled}
        aria-label={t('pickDate')}
        onClick={() => picker.current?.showPicker()}
      />
      <input
        ref={picker}
        type={kind}
        {...(seconds ? { step: 1 } : {})}
        value={value}
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          setTyped(undefined)
          onChange(event.target.value)
        }}
      />
      {wrong && left && !isInForm && (
        <span className="field-problem picked-wrong" role="alert">
          {t(kind === 'date' ? 'noSuchDay' : 'noSuchTime')}
        </span>
      )}
    </span>
  )
}
