type Running = Readonly<{ url?: string; close(): Promise<void> }>

/**
 * The life of a child process: settings come over the private channel, `ready` goes back, and it ends in order when it is
 * told to or when whoever started it is gone.
 */
export const liveAsChild = <S>(run: (settings: S) => Promise<Running>): void => {
  let running: Promise<Running> | undefined
  const end = (): void => {
    // Whatever hangs is ended by the system; nothing that was acknowledged depends on an orderly end.
    setTimeout(() => process.exit(1), 10_000).unref()
    void Promise.resolve(running)
      .then((r) => r?.close())
      .finally(() => process.exit(0))
  }
  process.once('SIGTERM', end)
  process.on('SIGINT', () => undefined) // Ctrl-C reaches the whole group; the parent stops us in its order
  process.once('disconnect', end)
  process.once('message', (settings: S) => {
    running = run(settings)
    running.then(
      ({ url }) => {
        if (process.connected) process.send?.({ ready: true, url })
      },
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  })
}
