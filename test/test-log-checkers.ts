import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { checkLogCommand } from '../apps/cli/src/check-log.ts'

const VECTORS = new URL('../vectors/', import.meta.url).pathname

/** Exit code and last line. */
export type Said = Readonly<{ code: number; last: string }>

const run = (command: string, args: readonly string[]): Promise<Said> =>
  new Promise((resolve) => {
    const child = execFile(command, args, (_, stdout) =>
      resolve({ code: child.exitCode ?? -1, last: stdout.trimEnd().split('\n').at(-1) ?? '' }),
    )
  })

const ours = async (folder: string, vkey: string): Promise<Said> => {
  const lines: string[] = []
  const say = (line: string): void => void lines.push(line)
  const code = await checkLogCommand(folder, vkey, { out: say, err: say })
  return { code, last: lines.at(-1) ?? '' }
}

export type LogCheckers = Readonly<{
  /** Writes a published log below the place, and answers with its folder. */
  write(name: string, files: ReadonlyMap<string, Uint8Array>): Promise<string>
  ask(folder: string, vkey: string): Promise<Record<string, Said>>
  /** The same said by each. */
  all(said: Said): Record<string, Said>
}>

/** Ours, Go's own log library, and some Python with hashlib and openssl: no line in common. */
export const logCheckers = async (place: string): Promise<LogCheckers> => {
  const built = join(place, 'check-log-go')
  await promisify(execFile)('go', ['build', '-o', built, join(VECTORS, 'check-log.go')], {
    env: { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' },
  })
  const checkers: Readonly<Record<string, (folder: string, vkey: string) => Promise<Said>>> = {
    ours,
    Go: (folder, vkey) => run(built, [folder, vkey]),
    Python: (folder, vkey) => run('python3', [join(VECTORS, 'check-log.py'), folder, vkey]),
  }
  return {
    write: async (name, files) => {
      const root = join(place, name)
      const folders = new Set([...files.keys()].map((path) => dirname(join(root, path))))
      for (const folder of folders) await mkdir(folder, { recursive: true })
      for (const [path, bytes] of files) await writeFile(join(root, path), bytes)
      return root
    },
    ask: async (folder, vkey) => {
      const answers = await Promise.all(
        Object.entries(checkers).map(async ([name, check]) => [name, await check(folder, vkey)] as const),
      )
      return Object.fromEntries(answers)
    },
    all: (said) => Object.fromEntries(Object.keys(checkers).map((name) => [name, said])),
  }
}
