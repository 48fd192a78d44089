import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { uploadFile } from '../apps/cli/src/upload-client.ts'

const shell = promisify(execFile)

export const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - begun) / 1e9
}

/** What somebody does by hand: copy, sync, sum. As many at once as the other senders. */
export const copyAndHash = async (dir: string, sources: readonly string[]): Promise<number> => {
  const target = await mkdtemp(join(dir, 'copy-'))
  const command = 'cp -- "$1" "$2" && sync -- "$2" && sync -- "$3" && sha256sum -- "$2"'
  const seconds = await secondsOf(() =>
    Promise.all(
      sources.map((source, i) => shell('sh', ['-c', command, 'sh', source, join(target, String(i)), target])),
    ),
  )
  await rm(target, { recursive: true })
  return seconds
}

/**
 * The same client against @tus/server, which ignores the checksums that it is sent, calls no fsync, reads nothing back
 * and records nothing.
 */
export const tusServer = async (
  dir: string,
  { sources, warming }: Readonly<{ sources: readonly string[]; warming: readonly string[] }>,
): Promise<number> => {
  const target = await mkdtemp(join(dir, 'tus-'))
  const script = join(import.meta.dirname, 'tus-server.ts')
  const child = spawn(process.execPath, [script, target], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const baseUrl = `http://127.0.0.1:${String((await once(child.stdout, 'data'))[0]).trim()}`
  const send = (path: string) => uploadFile({ baseUrl, headers: {}, recordingId: 'any', path })
  try {
    await Promise.all(warming.map(send))
    return await secondsOf(() => Promise.all(sources.map(send)))
  } finally {
    child.kill('SIGKILL')
    await exited
    await rm(target, { recursive: true })
  }
}
