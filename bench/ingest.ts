import { execFile } from 'node:child_process'
import { randomFillSync, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
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

/**
 * MiB/s of 16 uploads at once through the real path (tus over HTTP, a checksum a chunk, fsync before every answer,
 * the whole file read back and hashed, the event and its leaf in the database), against `cp` + `sync` + `sha256sum`
 * of the same bytes at the same concurrency. Both in turns; client, server and database share the machine.
 */
const PARALLEL = 16
const SIZES_MIB = [4, 32, 96]
const ROUNDS = 3
const GOAL = { ratio: 0.4, floorMiBs: 100 }

type Figure = Readonly<{ sizeMiB: number; ingestMiBs: number; baselineMiBs: number; ratio: number }>

const actor: Actor = {
  userId: randomUUID(),
  personId: randomUUID(),
  name: '测试',
  roles: ['officer'],
  agencyId: 'bench',
}
const shell = promisify(execFile)
const all = <T>(work: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: PARALLEL }, (_, i) => work(i)))
const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - begun) / 1e9
}
const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const makeFiles = async (dir: string, sizeBytes: number): Promise<readonly string[]> => {
  const block = randomFillSync(Buffer.allocUnsafe(sizeBytes))
  return all(async (i) => {
    block.writeUInt32BE(i)
    const path = join(dir, `source-${i}`)
    await writeFile(path, Buffer.concat([randomFillSync(Buffer.alloc(16)), block.subarray(16)]))
    return path
  })
}

const baseline = async (dir: string, sources: readonly string[]): Promise<number> => {
  const target = await mkdtemp(join(dir, 'copy-'))
  const command = 'cp -- "$1" "$2" && sync -- "$2" && sync -- "$3" && sha256sum -- "$2"'
  const seconds = await secondsOf(() =>
    all((i) => shell('sh', ['-c', command, 'sh', sources[i] ?? '', join(target, String(i)), target])),
  )
  await rm(target, { recursive: true })
  return seconds
}

type House = Readonly<{ dir: string; pool: Pool; databaseUrl: string }>

/** A server has been running for a while when a shift ends. */
const warmUp = async (house: House, baseUrl: string): Promise<void> => {
  const store = { pool: house.pool, clock: systemClock, projections: [recordingProjection] }
  const path = join(house.dir, 'warm-up')
  await all(async (i) => {
    await writeFile(`${path}-${i}`, randomFillSync(Buffer.alloc(64 * 1024)))
    const manifest = manifestOf(actor, await describeFile(`${path}-${i}`))
    const recordingId = await register(store, actor, manifest)
    await uploadFile({ baseUrl, headers: as(actor), recordingId, path: `${path}-${i}` })
  })
}

const ingest = async (house: House, sources: readonly string[]): Promise<number> => {
  const root = await mkdtemp(join(house.dir, 'blobs-'))
  const server = await startUploadServer(house.databaseUrl, root, { pool: 24 })
  const store = { pool: house.pool, clock: systemClock, projections: [recordingProjection] }
  try {
    await warmUp(house, server.baseUrl)
    const ids = await all(async (i) =>
      register(store, actor, manifestOf(actor, await describeFile(sources[i] ?? ''))),
    )
    const send = (i: number, recordingId: string) =>
      uploadFile({ baseUrl: server.baseUrl, headers: as(actor), recordingId, path: sources[i] ?? '' })
    return await secondsOf(() => all((i) => send(i, ids[i] ?? '')))
  } finally {
    await server.stop()
    await rm(root, { recursive: true })
  }
}

const measure = async (house: House, sizeMiB: number): Promise<Figure> => {
  const dir = await mkdtemp(join(house.dir, 'sources-'))
  const seconds = { ingest: [] as number[], baseline: [] as number[] }
  for (let round = 0; round < ROUNDS; round += 1) {
    // New bytes every round: a store that has them already would have less to do.
    const sources = await makeFiles(dir, sizeMiB * 1024 * 1024)
    seconds.baseline.push(await baseline(house.dir, sources))
    seconds.ingest.push(await ingest(house, sources))
  }
  await rm(dir, { recursive: true })
  const total = PARALLEL * sizeMiB
  const ingestMiBs = Math.round(total / median(seconds.ingest))
  const baselineMiBs = Math.round(total / median(seconds.baseline))
  const ratio = Math.round((ingestMiBs / baselineMiBs) * 100) / 100
  return { sizeMiB, ingestMiBs, baselineMiBs, ratio }
}

const report = (figures: readonly Figure[]): BenchResult => {
  const lowestRatio = Math.min(...figures.map((f) => f.ratio))
  const lowestMiBs = Math.min(...figures.map((f) => f.ingestMiBs))
  const named = figures.flatMap((f) => [
    [`${PARALLEL} × ${f.sizeMiB} MiB, ingest MiB/s`, f.ingestMiBs],
    [`${PARALLEL} × ${f.sizeMiB} MiB, cp + sync + sha256sum MiB/s`, f.baselineMiBs],
    [`${PARALLEL} × ${f.sizeMiB} MiB, ratio`, f.ratio],
  ])
  return {
    name: 'ingest',
    figures: { ...Object.fromEntries(named), lowestRatio, lowestMiBs },
    targets: [
      { what: 'lowest ratio against cp + sync + sha256sum', value: lowestRatio, atLeast: GOAL.ratio },
      { what: 'lowest MiB/s', value: lowestMiBs, atLeast: GOAL.floorMiBs },
    ],
  }
}

export const run = async (): Promise<BenchResult> => {
  const dir = await mkdtemp(join(tmpdir(), 'liuhen-ingest-'))
  const folder = join(dir, 'postgres')
  await mkdir(folder)
  const secret = randomUUID() + randomUUID()
  const postgres = await startPostgres({ folder, password: randomUUID(), durable: true })
  try {
    const urls = await prepareDatabase({ adminUrl: postgres.url, secret, database: 'bench' })
    const pool = createPool(urls.app, { max: 16, name: 'bench' })
    const figures: Figure[] = []
    for (const size of SIZES_MIB) figures.push(await measure({ dir, pool, databaseUrl: urls.app }, size))
    await pool.end()
    return report(figures)
  } finally {
    await postgres.stop()
    await rm(dir, { recursive: true, force: true })
  }
}
