import { useRef, useState } from 'react'
import { CalendarOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'

type Props = Readonly<{
  id?: string
  kind: 'date' | 'datetime-local'
  value: string
  show: (value: string) => string
  /** What was typed, as the control's value; undefined while it is none. */
  read: (typed: string) => string | undefined
  onChange: (value: string) => void
  disabled?: boolean
}>

/** Typed as 2026-03-10 09:30 whatever the language of the browser, or picked from the system's own calendar. */
export function PickedInput({ id, kind, value, show, read, onChange, disabled = false }: Props) {
  const { t } = useTranslation('words')
  const picker = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState<string | undefined>()
  const wrong = typed !== undefined && typed !== '' && read(typed) === undefined
  const type = (text: string): void => {
    setTyped(text)
    const known = text === '' ? '' : read(text)
    if (known !== undefined) onChange(known)
  }
  return (
    <span className="picked">
      <Input
        {...(id === undefined ? {} : { id })}
        disabled={disabled}
        inputMode="numeric"
        autoComplete="off"
        className="mono"
        maxLength={16}
        placeholder={t(kind === 'date' ? 'dayHint' : 'whenHint')}
        status={wrong ? 'error' : ''}
        value={typed ?? show(value)}
        onChange={(event) => type(event.target.value)}
        onBlur={() => {
          if (!wrong) setTyped(undefined)
        }}
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
        value={value}
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          setTyped(undefined)
          onChange(event.target.value)
        }}
      />
    </span>
  )
}
