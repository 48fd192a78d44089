import { PickedInput } from './PickedInput.tsx'
import { fromWall, isInstant, readWall, toWall } from './china.ts'

type Props = Readonly<{
  id?: string
  value?: string | undefined
  onChange?: (instant: string | undefined) => void
  disabled?: boolean
}>

/** Day and minute in China time; the value is an instant. */
export function InstantInput({ value, onChange, ...rest }: Props) {
  const unread = value !== undefined && value !== '' && !isInstant(value)
  return (
    <PickedInput
      {...rest}
      kind="datetime-local"
      value={unread ? '' : toWall(value)}
      unread={unread ? value : undefined}
      show={(wall) => wall.replace('T', ' ')}
      read={readWall}
      onChange={(wall) => onChange?.(fromWall(wall))}
      onUnread={(typed) => onChange?.(typed)}
    />
  )
}
