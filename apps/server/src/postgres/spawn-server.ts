import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import type { SystemUser } from './system-user.ts'

/** Starts a program of PostgreSQL as the user that may run it. `setpriv` replaces itself, so the pid is the program's. */
export const spawnAs = (
  user: SystemUser | undefined,
  command: string,
  args: readonly string[],
  options: { libraries: string; stdio: StdioOptions },
): ChildProcess => {
  const common = {
    stdio: options.stdio,
    cwd: '/',
    // A group of its own: Ctrl-C at the terminal reaches us first and we stop the server in order.
    detached: true,
    env: { LD_LIBRARY_PATH: options.libraries, LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' },
  }
  if (user === undefined) return spawn(command, args, common)
  if (user.viaSetpriv === undefined) return spawn(command, args, { ...common, uid: user.uid, gid: user.gid })
  const become = ['--reuid', `${user.uid}`, '--regid', `${user.gid}`, '--clear-groups', ...user.viaSetpriv]
  return spawn('setpriv', [...become, '--', command, ...args], common)
}

/** Runs to its end; throws with what it said when it fails. */
export const runAs = async (
  user: SystemUser | undefined,
  command: string,
  args: readonly string[],
  libraries: string,
): Promise<void> => {
  const child = spawnAs(user, command, args, { libraries, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  child.stdout?.on('data', (d: Buffer) => said.push(d.toString()))
  child.stderr?.on('data', (d: Buffer) => said.push(d.toString()))
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail)
    child.once('close', done)
  })
  if (code !== 0) throw new Error(`${command} 失败（${code}）：${said.join('').trim()}`)
}
