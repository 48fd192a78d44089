import type { Me } from '@liuhen/api/routes/session'
import { kept } from './phone-db.ts'

/**
 * The phone's own clock. In a demonstration the phone lives in the demonstration's time: it starts at that and runs on; it
 * is only ever set forward.
 */
type Shift = Readonly<{ kind: Me['clock']['kind']; shiftMs: number }>
const saved = kept<Shift>('clock')
let shift: Shift = { kind: 'real', shiftMs: 0 }

export const phoneMs = (): number => Date.now() + shift.shiftMs
export const phoneNow = (): string => new Date(phoneMs()).toISOString()
export const clockKind = (): Shift['kind'] => shift.kind

export const restoreClock = async (): Promise<void> => {
  shift = (await saved.get()) ?? shift
}

export const hearClock = async ({ kind, now }: Me['clock']): Promise<void> => {
  if (kind === 'real') shift = { kind, shiftMs: 0 }
  else if (shift.kind === 'real' || Date.parse(now) > phoneMs())
    shift = { kind, shiftMs: Date.parse(now) - Date.now() }
  await saved.put(shift)
}
