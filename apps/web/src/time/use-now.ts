import { useEffect, useState } from 'react'
import { useMe } from '../session/me.ts'

/** The present as the installation sees it: the simulated clock stands still between commands, the real one runs. */
export function useNow(): string {
  const { clock } = useMe()
  const [skew] = useState(() => Date.parse(clock.now) - Date.now())
  const [tick, setTick] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setTick(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return clock.kind === 'simulated' ? clock.now : new Date(tick + skew).toISOString()
}
