import { readPortalConfig } from './config.ts'
import { startPortal } from './start-portal.ts'

const starting = startPortal(readPortalConfig(process.env))
const stop = (): void => {
  // Whatever hangs is ended by the system: readers lose a page, nothing else.
  setTimeout(() => process.exit(1), 10_000).unref()
  void starting.then((portal) => portal.close()).finally(() => process.exit(0))
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
// Whoever started it is gone, and nobody would stop it; a portal that was started by hand has no such channel.
process.once('disconnect', stop)
// That may have been while this file was loaded.
if (process.channel === null) stop()

const portal = await starting
process.stdout.write(`${JSON.stringify({ ready: 'portal', url: portal.url })}\n`)
