import { once } from 'node:events'

/** Waits for Ctrl+C or a polite kill. */
export const untilStopped = (): Promise<unknown> =>
  Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
