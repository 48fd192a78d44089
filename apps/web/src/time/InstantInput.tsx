import { Input } from 'antd'
import { fromWall, toWall } from './china.ts'

type Props = Readonly<{
  id?: string
  value?: string | undefined
  onChange?: (instant: string | undefined) => void
  disabled?: boolean
  'aria-label'?: string
}>

/** Day and minute in China time; the value is an instant. The browser's own control: fast by keyboard, right on a phone. */
export function InstantInput({ value, onChange, ...rest }: Props) {
  return (
    <Input
      {...rest}
      type="datetime-local"
      value={toWall(value)}
      onChange={(event) => onChange?.(fromWall(event.target.value))}
      className="when-input"
    />
  )
}
