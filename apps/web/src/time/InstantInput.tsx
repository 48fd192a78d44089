import { PickedInput } from './PickedInput.tsx'
import { fromWall, isInstant, readWall, toWall, toWallSecond } from './china.ts'

type Props = Readonly<{
  id?: string
  value?: string | undefined
  onChange?: (instant: string | undefined) => void
  disabled?: boolean
  /** Where a minute is too coarse: a film may be shorter. */
  seconds?: boolean
}>

/** Day and minute in China time, or second; the value is an instant. */
export function InstantInput({ value, onChange, seconds = false, ...rest }: Props) {
  const unread = value !== undefined && value !== '' && !isInstant(value)
  return (
    <PickedInput
      {...rest}
      kind="datetime-local"
      seconds={seconds}
      value={unread ? '' : (seconds ? toWallSecond : toWall)(value)}
      unread={unread ? value : undefined}
      show={(wall) => wall.replace('T', ' ')}
      read={readWall}
      onChange={(wall) => onChange?.(fromWall(wall))}
      onUnread={(typed) => onChange?.(typed)}
    />
  )
}
