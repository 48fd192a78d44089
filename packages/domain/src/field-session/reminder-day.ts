/** Days on which what has not come is told: to the officer by the phone, to those who supervise by the office. Ours, no text's. */
export const REMINDER_DAYS = [1, 3, 5] as const
const DAY_MS = 86_400_000

/** The last of those days that has come, both moments in milliseconds. */
export const reminderDay = (sinceMs: number, nowMs: number): (typeof REMINDER_DAYS)[number] | undefined =>
  REMINDER_DAYS.findLast((days) => nowMs - sinceMs >= days * DAY_MS)
