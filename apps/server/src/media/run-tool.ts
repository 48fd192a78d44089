import { spawn } from 'node:child_process'
import { delimiter, isAbsolute, join } from 'node:path'
import { Readable } from 'node:stream'
import { access, constants } from 'node:fs/promises'

/** Media come from strangers: the tools get an argument list, no shell, no network, one file to read and little to spend. */
export type ToolLimits = Readonly<{
  timeoutMs: number
  /** Output beyond this is cut and said to be. */
  maxOutputBytes: number
  cpuSeconds: number
  memoryBytes: number
  /** Of a file that it writes. */
  fileBytes: number
}>

export const PROBE_LIMITS: ToolLimits = {
  timeoutMs: 60_000,
  maxOutputBytes: 32 * 1024 * 1024,
  cpuSeconds: 60,
  memoryBytes: 1024 ** 3,
  fileBytes: 64 * 1024 ** 2,
}
export const DECODE_LIMITS: ToolLimits = { ...PROBE_LIMITS, timeoutMs: 300_000, cpuSeconds: 300 }

export type ToolResult = Readonly<{
  code: number | null
  stdout: Buffer
  stderr: string
  /** Why it was ended before it ended itself. */
  ended?: 'timeout' | 'output'
}>

export type MediaTools = Readonly<{
  ffmpeg: string
  ffprobe: string
  version: string
  /** False when this machine has no working sandbox. */
  isolated: boolean
}>

const findProgram = async (name: string, searchPath: string): Promise<string | undefined> => {
  for (const dir of searchPath.split(delimiter).filter(isAbsolute)) {
    const path = join(dir, name)
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (found) return path
  }
  return undefined
}

/** Inside: the file as /media/input, read-only; the programs and libraries of the system; nothing else, no network. */
export const INPUT = '/media/input'
/** An empty folder for what it makes, where it makes files. */
export const OUTPUT = '/media/output'
const SANDBOX = `--unshare-all --die-with-parent --new-session --clearenv
  --ro-bind /usr /usr --ro-bind-try /etc/alternatives /etc/alternatives --ro-bind-try /etc/ld.so.cache /etc/ld.so.cache
  --symlink usr/lib /lib --symlink usr/lib64 /lib64 --symlink usr/bin /bin
  --dev /dev --tmpfs /tmp --chdir /tmp`.split(/\s+/)

export type Places = Readonly<{ input: string; output?: string | undefined }>

export const sandboxed = ({ input, output }: Places, argv: readonly string[]): readonly string[] => [
  'bwrap',
  ...SANDBOX,
  '--ro-bind',
  input,
  INPUT,
  ...(output === undefined ? [] : ['--bind', output, OUTPUT]),
  '--',
  ...argv,
]

const limited = (limits: ToolLimits, argv: readonly string[]): readonly string[] => [
  'prlimit',
  `--cpu=${limits.cpuSeconds}`,
  `--as=${limits.memoryBytes}`,
  `--fsize=${limits.fileBytes}`,
  '--core=0',
  '--',
  ...argv,
]

type Sink = (part: Buffer) => void

type Flow = Readonly<{ sink?: Sink | undefined; feed?: Iterable<Uint8Array> | undefined }>

const runPlain = (
  argv: readonly string[],
  limits: ToolLimits,
  { sink, feed }: Flow = {},
): Promise<ToolResult> =>
  new Promise((resolve, reject) => {
    const [program = '', ...rest] = argv
    const child = spawn(program, rest, { stdio: ['pipe', 'pipe', 'pipe'] })
    // A tool that has seen enough closes its input; its code says whether all was well.
    child.stdin.on('error', () => undefined)
    if (feed) Readable.from(feed).pipe(child.stdin)
    else child.stdin.end()
    const out: Buffer[] = []
    const err: Buffer[] = []
    let bytes = 0
    let ended: ToolResult['ended']
    const stop = (why: NonNullable<ToolResult['ended']>) => {
      ended ??= why
      child.kill('SIGKILL')
    }
    const timer = setTimeout(() => stop('timeout'), limits.timeoutMs)
    const take = (into: Sink) => (part: Buffer) => {
      bytes += part.length
      if (bytes <= limits.maxOutputBytes) into(part)
      else stop('output')
    }
    child.stdout.on('data', take(sink ?? ((part) => out.push(part))))
    child.stderr.on(
      'data',
      take((part) => err.push(part)),
    )
    child.on('error', (e) => {
      clearTimeout(timer)
      reject(e)
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      const stderr = Buffer.concat(err).toString('utf8').slice(0, 64_000)
      resolve({ code, stdout: Buffer.concat(out), stderr, ...(ended && { ended }) })
    })
  })

type RunOptions = Readonly<{
  /** A folder in which it may write; `argv` names it as OUTPUT. */
  output?: string
  /** Takes the output as it comes, so that none of it is held. */
  sink?: Sink
  /** What it reads from its standard input. */
  feed?: Iterable<Uint8Array>
}>

/** `argv` names the file as INPUT. */
export const runOnFile = (
  tools: MediaTools,
  input: string,
  argv: readonly string[],
  limits: ToolLimits,
  { output, sink, feed }: RunOptions = {},
): Promise<ToolResult> => {
  const real = (a: string) => (a === INPUT ? input : a.replaceAll(OUTPUT, output ?? OUTPUT))
  const confined = limited(limits, tools.isolated ? argv : argv.map(real))
  return runPlain(tools.isolated ? sandboxed({ input, output }, confined) : confined, limits, { sink, feed })
}

const works = (argv: readonly string[]): Promise<boolean> =>
  runPlain(argv, PROBE_LIMITS).then(
    (r) => r.code === 0,
    () => false,
  )

/** What this machine has; absent without ffmpeg, and then nothing is checked and every verdict says so. */
export const findMediaTools = async (searchPath: string): Promise<MediaTools | undefined> => {
  const [ffmpeg, ffprobe] = await Promise.all([
    findProgram('ffmpeg', searchPath),
    findProgram('ffprobe', searchPath),
  ])
  if (ffmpeg === undefined || ffprobe === undefined) return undefined
  const told = await runPlain([ffmpeg, '-hide_banner', '-version'], PROBE_LIMITS)
  const version = /^ffmpeg version (\S+)/.exec(told.stdout.toString())?.[1]
  if (version === undefined) return undefined
  const isolated = await works(sandboxed({ input: '/dev/null' }, limited(PROBE_LIMITS, [ffmpeg, '-version'])))
  return { ffmpeg, ffprobe, version, isolated }
}
