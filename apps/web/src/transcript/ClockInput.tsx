import { useState } from 'react'
import { Input } from 'antd'
import { parseClock, tenthClock } from './lines.ts'

type Props = Readonly<{
  label: string
  value: number | undefined
  onChange: (value: number | undefined) => void
  /** Enter goes there in the film. */
  onGo: (seconds: number) => void
}>

const shown = (value: number | undefined): string => (value === undefined ? '' : tenthClock(value))

/** A place in a film, typed as 3:25.5; what is no time goes back to what it was. */
export function ClockInput({ label, value, onChange, onGo }: Props) {
  const [typed, setTyped] = useState<string | undefined>()
  const take = (): void => {
    if (typed === undefined) return
    setTyped(undefined)
    const read = parseClock(typed)
    if (read !== undefined || typed.trim() === '') onChange(read)
  }
  return (
    <Input
      className="transcript-clock mono"
      aria-label={label}
      value={typed ?? shown(value)}
      onChange={(e) => setTyped(e.target.value)}
      onBlur={take}
      onPressEnter={(e) => {
        e.preventDefault()
        take()
        const to = parseClock(typed ?? shown(value))
        if (to !== undefined) onGo(to)
      }}
    />
  )
}
