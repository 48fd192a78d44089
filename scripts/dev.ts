import { spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * For working on it: the demonstration's server, restarted when server, packages or law change, and the web with
 * hot reload in front of it. Open the address that Vite prints.
 */
const path = `${new URL('../node_modules/.bin', import.meta.url).pathname}:${process.env['PATH'] ?? ''}`
const start = (command: string, args: readonly string[]) =>
  spawn(command, args, { stdio: 'inherit', env: { ...process.env, PATH: path } })

const watched = ['apps/server/src', 'packages', 'law'].map((dir) => `--watch-path=${dir}`)
const server = start('node', [...watched, '--watch-preserve-output', 'apps/cli/src/liuhen.ts', 'demo'])
const web = start('vite', ['--config', 'apps/web/vite.config.ts'])

await Promise.race([
  once(process, 'SIGINT'),
  once(process, 'SIGTERM'),
  once(server, 'exit'),
  once(web, 'exit'),
])
server.kill('SIGTERM')
web.kill('SIGTERM')
