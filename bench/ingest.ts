import { execFileSync } from 'node:child_process'
import { randomFillSync, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { freemem, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pool } from 'pg'
import type { Actor } from '@liuhen/domain/event'
import { describeFile, uploadFile } from '../apps/cli/src/upload-client.ts'
import { systemClock } from '../apps/server/src/clock/clock.ts'
import { createPool } from '../apps/server/src/postgres/pool.ts'
import { prepareDatabase } from '../apps/server/src/postgres/prepare-database.ts'
import { startPostgres } from '../apps/server/src/postgres/supervisor.ts'
import { recordingProjection } from '../apps/server/src/recording/recording-projection.ts'
import { as, manifestOf, register, startUploadServer } from '../test/upload-installation.ts'
import type { BenchResult } from './bench.ts'
import { copyAndHash, secondsOf, tusServer } from './ingest-rivals.ts'

/**
 * MiB/s of uploads at once through the real path (tus over HTTP, a checksum a chunk, fsync before every answer, the whole
 * file read back and hashed, the event and its leaf in the database), against `cp` + `sync` + `sha256sum` and against
 * @tus/server, in turns, with the same bytes and as many at once; then a shift's end, when every device comes at once.
 * Client, server and database share the machine.
 */
const MIB = 1024 * 1024
const LOADS = [
  { parallel: 16, sizeMiB: 4 },
  { parallel: 16, sizeMiB: 32 },
  { parallel: 16, sizeMiB: 96 },
  { parallel: 64, sizeMiB: 4 },
  { parallel: 64, sizeMiB: 16 },
]
const ROUNDS = 3
const DEVICES = { count: 300, sizeMiB: 8 }
const WARMING = { count: 128, sizeBytes: 64 * 1024 }
const REGISTRATIONS = { count: 1_500, writers: 32 }

const actor: Actor = {
  userId: randomUUID(),
  personId: randomUUID(),
  name: '测试',
  roles: ['officer'],
  agencyId: 'bench',
}
const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const hundredths = (n: number) => Math.round(n * 100) / 100

type House = Readonly<{ dir: string; pool: Pool; databaseUrl: string }>
const storeOf = (house: House) => ({
  pool: house.pool,
  clock: systemClock,
  projections: [recordingProjection],
})

const makeFiles = async (dir: string, count: number, sizeBytes: number): Promise<readonly string[]> => {
  const rest = randomFillSync(Buffer.allocUnsafe(sizeBytes - 16))
  const paths: string[] = []
  for (let i = 0; i < count; i += 1) {
    const path = join(dir, `source-${i}`)
    await writeFile(path, Buffer.concat([randomFillSync(Buffer.alloc(16)), rest]))
    paths.push(path)
  }
  return paths
}

const registerAll = async (house: House, sources: readonly string[]): Promise<readonly string[]> => {
  const ids: string[] = []
  for (const source of sources)
    ids.push(await register(storeOf(house), actor, manifestOf(actor, await describeFile(source))))
  return ids
}

type Server = Awaited<ReturnType<typeof startUploadServer>>

/** A server has been running for a while when a shift ends; the rival is warmed by as many. */
const withWarmServer = async <T>(house: House, work: (server: Server) => Promise<T>): Promise<T> => {
  const root = await mkdtemp(join(house.dir, 'blobs-'))
  const warm = await mkdtemp(join(house.dir, 'warm-'))
  const server = await startUploadServer(house.databaseUrl, root, { pool: 24 })
  try {
    const sources = await makeFiles(warm, WARMING.count, WARMING.sizeBytes)
    const ids = await registerAll(house, sources)
    await Promise.all(ids.map((id, i) => send(server, sources[i] ?? '', id)))
    return await work(server)
  } finally {
    await server.stop()
    await rm(root, { recursive: true })
    await rm(warm, { recursive: true })
  }
}

const send = (server: Server, path: string, recordingId: string) =>
  uploadFile({ baseUrl: server.baseUrl, headers: as(actor), recordingId, path })

const ingest = (house: House, sources: readonly string[]): Promise<number> =>
  withWarmServer(house, async (server) => {
    const ids = await registerAll(house, sources)
    return secondsOf(() => Promise.all(ids.map((id, i) => send(server, sources[i] ?? '', id))))
  })

type Figure = Readonly<{ load: string; ingest: number; tus: number; copy: number }>

const measure = async (house: House, load: (typeof LOADS)[number]): Promise<Figure> => {
  const dir = await mkdtemp(join(house.dir, 'sources-'))
  const warming = await makeFiles(await mkdtemp(join(dir, 'warm-')), WARMING.count, WARMING.sizeBytes)
  const seconds = { ingest: [] as number[], tus: [] as number[], copy: [] as number[] }
  for (let round = 0; round < ROUNDS; round += 1) {
    // New bytes every round: a store that has them already would have less to do.
    const sources = await makeFiles(dir, load.parallel, load.sizeMiB * MIB)
    seconds.copy.push(await copyAndHash(house.dir, sources))
    seconds.tus.push(await tusServer(house.dir, { sources, warming }))
    seconds.ingest.push(await ingest(house, sources))
  }
  await rm(dir, { recursive: true })
  const perSecond = (s: readonly number[]) => Math.round((load.parallel * load.sizeMiB) / median(s))
  return {
    load: `${load.parallel} × ${load.sizeMiB} MiB`,
    ingest: perSecond(seconds.ingest),
    tus: perSecond(seconds.tus),
    copy: perSecond(seconds.copy),
  }
}

/** The most that the process ever held, in MiB, by the kernel's count. */
const peakMemoryMiB = (pid: number): number => {
  const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Math.round(Number(line?.[1]) / 1024)
}

const devicesAtOnce = async (house: House) => {
  const dir = await mkdtemp(join(house.dir, 'devices-'))
  const sources = await makeFiles(dir, DEVICES.count, DEVICES.sizeMiB * MIB)
  const ids = await registerAll(house, sources)
  const figures = await withWarmServer(house, async (server) => {
    const seconds: number[] = []
    const all = await Promise.allSettled(
      ids.map(async (id, i) => {
        seconds.push(await secondsOf(() => send(server, sources[i] ?? '', id)))
      }),
    )
    const p95 = seconds.toSorted((a, b) => a - b)[Math.floor(seconds.length * 0.95)] ?? 0
    return {
      devices: DEVICES.count,
      devicesFailed: all.filter((r) => r.status === 'rejected').length,
      devicesP95Seconds: hundredths(p95),
      serverPeakMiB: peakMemoryMiB(server.process.pid ?? 0),
    }
  })
  await rm(dir, { recursive: true })
  return figures
}

/** At the function that the route calls, with projections and pending leaves, without HTTP. */
const registrationsPerSecond = async (house: House): Promise<number> => {
  const manifest = () =>
    manifestOf(actor, { sha256: randomUUID().replaceAll('-', '').repeat(2), sizeBytes: MIB })
  const writer = async () => {
    for (let i = 0; i < REGISTRATIONS.count / REGISTRATIONS.writers; i += 1)
      await register(storeOf(house), actor, manifest())
  }
  await register(storeOf(house), actor, manifest())
  const seconds = await secondsOf(() => Promise.all(Array.from({ length: REGISTRATIONS.writers }, writer)))
  return Math.round(REGISTRATIONS.count / seconds)
}

type Measured = Readonly<{
  figures: readonly Figure[]
  devices: Awaited<ReturnType<typeof devicesAtOnce>>
  registrations: number
}>

const report = ({ figures, devices, registrations }: Measured): BenchResult => {
  const lowest = (of: (f: Figure) => number) => hundredths(Math.min(...figures.map(of)))
  const mibPerSecond = lowest((f) => f.ingest)
  const ratioToTusServer = lowest((f) => f.ingest / f.tus)
  const ratioToCopyAndHash = lowest((f) => f.ingest / f.copy)
  const named = figures.flatMap((f) => [
    [`${f.load}, MiB/s`, f.ingest],
    [`${f.load}, @tus/server MiB/s`, f.tus],
    [`${f.load}, cp + sync + sha256sum MiB/s`, f.copy],
  ])
  return {
    name: 'ingest',
    figures: {
      mibPerSecond,
      ratioToTusServer,
      ratioToCopyAndHash,
      ...devices,
      registrationsPerSecond: registrations,
      loadBefore: hundredths(LOAD_BEFORE),
      ...Object.fromEntries(named),
    },
    targets: [
      { what: 'lowest ratio to @tus/server', value: ratioToTusServer, atLeast: 0.6 },
      { what: 'lowest ratio to cp + sync + sha256sum', value: ratioToCopyAndHash, atLeast: 0.4 },
      { what: 'lowest MiB/s', value: mibPerSecond, atLeast: 100 },
      { what: 'devices that failed', value: devices.devicesFailed, atMost: 0 },
      { what: 'devices, p95 in seconds', value: devices.devicesP95Seconds, atMost: 20 },
      { what: 'peak memory of the server in MiB', value: devices.serverPeakMiB, atMost: 600 },
      { what: 'registrations/s', value: registrations, atLeast: 300 },
    ],
  }
}

/** It takes minutes: whoever waits sees how far it is. */
const say = (text: string): void => void process.stderr.write(`${text}\n`)

/** Other work on the machine makes every figure worse, and not by the same. */
const LOAD_BEFORE = loadavg()[0] ?? 0

/**
 * A virtual machine is given a page of memory when it first touches it, at a price that would fall on whoever writes
 * first: a third of the server's time on a machine just started. So a process touches what is free, and ends.
 */
const touchMemory = (): void => {
  const bytes = Math.floor(freemem() * 0.8)
  const touch = `for (let left = ${bytes}, held = []; left > 0; left -= 2 ** 28) held.push(Buffer.alloc(2 ** 28, 1))`
  execFileSync(process.execPath, ['-e', touch])
  say(`${Math.round(bytes / MIB)} MiB of memory touched`)
}

export const run = async (): Promise<BenchResult> => {
  touchMemory()
  const dir = await mkdtemp(join(tmpdir(), 'liuhen-ingest-'))
  const folder = join(dir, 'postgres')
  await mkdir(folder)
  const secret = randomUUID() + randomUUID()
  const postgres = await startPostgres({ folder, password: randomUUID(), durable: true })
  try {
    const urls = await prepareDatabase({ adminUrl: postgres.url, secret, database: 'bench' })
    const pool = createPool(urls.app, { max: 32, name: 'bench' })
    const house = { dir, pool, databaseUrl: urls.app }
    say('registrations')
    const registrations = await registrationsPerSecond(house)
    say(`${registrations}/s; ${DEVICES.count} devices`)
    const devices = await devicesAtOnce(house)
    const figures: Figure[] = []
    say(JSON.stringify(devices))
    for (const load of LOADS) {
      figures.push(await measure(house, load))
      say(JSON.stringify(figures.at(-1)))
    }
    await pool.end()
    return report({ figures, devices, registrations })
  } finally {
    await postgres.stop()
    await rm(dir, { recursive: true, force: true })
  }
}
