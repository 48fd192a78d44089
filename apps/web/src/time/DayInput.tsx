import { PickedInput } from './PickedInput.tsx'
import { readDay } from './china.ts'

type Props = Readonly<{
  id?: string
  value?: string | undefined
  onChange?: (day: string | undefined) => void
  disabled?: boolean
}>

/** A civil date, yyyy-MM-dd. */
export function DayInput({ value, onChange, ...rest }: Props) {
  const known = value === undefined || value === '' ? '' : readDay(value)
  return (
    <PickedInput
      {...rest}
      kind="date"
      value={known ?? ''}
      unread={known === undefined ? value : undefined}
      show={(day) => day}
      read={readDay}
      onChange={(day) => onChange?.(day === '' ? undefined : day)}
      onUnread={(typed) => onChange?.(typed)}
    />
  )
}
