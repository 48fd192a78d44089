import { readPortalConfig } from './config.ts'
import { startPortal } from './start-portal.ts'

const portal = await startPortal(readPortalConfig(process.env))
process.stdout.write(`${JSON.stringify({ ready: 'portal', url: portal.url })}\n`)
const stop = (): void => {
  void portal.close().then(() => process.exit(0))
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
