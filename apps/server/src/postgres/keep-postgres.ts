import { setTimeout as pause } from 'node:timers/promises'
import { startPostgres, type EmbeddedOptions, type EmbeddedPostgres } from './supervisor.ts'

export type KeptPostgres = Readonly<{
  /** The same address after every start. */
  url: string
  /** Of the server that runs now. */
  pid(): number | undefined
  /** Resolves, with the reason, when the server ended by itself and does not start again. */
  ended: Promise<string>
  stop(): Promise<void>
}>

const ATTEMPTS = 5

/** A server that ended by itself may need a moment before its folder is free. */
const startAgain = async (options: EmbeddedOptions): Promise<EmbeddedPostgres> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startPostgres(options)
    } catch (error) {
      if (attempt === ATTEMPTS) throw error
      await pause(200 * 2 ** attempt)
    }
  }
}

/** The embedded server, started again whenever it ends by itself, until it is stopped or will not start any more. */
export const keepPostgres = async (options: EmbeddedOptions): Promise<KeptPostgres> => {
  let stopped = false
  let now = await startPostgres(options)
  const { url } = now
  const watch = async (): Promise<string> => {
    for (;;) {
      const code = await now.exited
      if (stopped) return '数据库已停止。'
      console.error(`数据库意外结束（${String(code)}），正在重新启动……`)
      now = await startAgain(options)
      console.error('数据库已重新启动。')
    }
  }
  const ended = watch().catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
  return {
    url,
    pid: () => now.pid,
    ended,
    stop: async () => {
      stopped = true
      await now.stop()
      await ended
      // It may just have been started again when we were told to stop.
      await now.stop()
    },
  }
}
