import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from 'pg'
import { readConfig } from '../../apps/server/src/config/config.ts'
import { connect } from '../../apps/server/src/postgres/pool.ts'
import { databaseUrls } from '../../apps/server/src/postgres/roles.ts'
import { serve } from '../../apps/server/src/processes/serve.ts'
import { signerSocketFor } from '../../apps/server/src/processes/settings.ts'
import { supervise } from '../../apps/server/src/processes/supervise.ts'
import { ANSWER_MS, openClient } from './kill-client.ts'
import type { LogGuard, Victim } from './log-guards.ts'
import { hasLost, judgeLog, type Judged } from './log-judge.ts'
import { watchLog } from './log-watch.ts'

const WRITERS = 8
const PER_WRITER = 5
/** Killed ones are back soon: how slowly one that fails is started is not what is tried here. */
const MOST_PAUSE_MS = 100

/** Whoever is not back after this time stays away. */
const PATIENCE_MS = 120_000

/** In this round these are killed, after so many answers and a moment more. */
export type Round = Readonly<{ victims: readonly Victim[]; afterAnswers: number; afterMs: number }>

export type KilledInstallation = Awaited<ReturnType<typeof startKilledInstallation>>

/** The embedded server's socket, as the server itself names it. */
const adminUrl = async (dataDir: string, superuser: string, database: string): Promise<string> => {
  const lines = (await readFile(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n')
  return `postgres://liuhen_super:${superuser}@localhost/${database}?host=${encodeURIComponent(lines[4] ?? '')}`
}

/** What is taken out is told to the children by their environment; undone when the house is closed. */
const takeOut = ({ cuts = [] }: Partial<LogGuard>): (() => void) => {
  if (cuts.length === 0) return () => undefined
  const before = process.env['NODE_OPTIONS']
  process.env['NODE_OPTIONS'] = `--import ${join(import.meta.dirname, 'take-out-guard.ts')}`
  process.env['LIUHEN_TAKE_OUT'] = JSON.stringify(cuts)
  return () => {
    delete process.env['LIUHEN_TAKE_OUT']
    if (before === undefined) delete process.env['NODE_OPTIONS']
    else process.env['NODE_OPTIONS'] = before
  }
}

/** A whole installation, and a sequencer of another machine on its record. */
const openHouse = async (without: Partial<LogGuard>) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'liuhen-kill-'))
  const environment = {
    LIUHEN_DATA: dataDir,
    LIUHEN_PORT: '0',
    LIUHEN_PORTAL_PORT: '0',
    LIUHEN_LOG: 'silent',
  }
  const putBack = takeOut(without)
  const serving = await serve(readConfig(environment), { mostPauseMs: MOST_PAUSE_MS })
  const secret = (name: string) => readFile(join(dataDir, 'keys', name), 'utf8').then((text) => text.trim())
  const superuser = await secret('database-superuser')
  const urlOf = (database: string) => adminUrl(dataDir, superuser, database)
  const urls = databaseUrls(await urlOf('postgres'), await secret('database-roles'), 'liuhen')
  const as = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
    const client = await connect(url, 'kill test')
    return work(client).finally(() => client.end())
  }
  const { sql } = without
  if (sql !== undefined) await as(await urlOf('liuhen'), (client) => client.query(sql))
  const settings = {
    url: urls.sequencer,
    folder: join(dataDir, 'log'),
    signerSocket: await signerSocketFor(dataDir),
  }
  const file = join(import.meta.dirname, 'second-keeper.ts')
  const second = supervise({ name: 'second', file, settings }, MOST_PAUSE_MS)
  await second.ready
  return {
    dataDir,
    url: serving.url,
    pidOf: (victim: Victim): number | undefined =>
      victim === 'second' ? second.pid() : serving.pids()[victim],
    asOwner: <T>(work: (owner: Client) => Promise<T>): Promise<T> => as(urls.owner, work),
    asSuperuser: async <T>(work: (admin: Client) => Promise<T>): Promise<T> =>
      as(await urlOf('postgres'), work),
    close: async (): Promise<void> => {
      await Promise.all([second.stop(), serving.stop()]).finally(putBack)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
type House = Awaited<ReturnType<typeof openHouse>>

/** Both sequencers are at the database: the keeper, and the one that stands by. */
const haveBothSequencers = async (house: House): Promise<boolean> => {
  const sessions = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'liuhen sequencer'`
  const { rows } = await house.asSuperuser((admin) => admin.query<{ n: number }>(sessions))
  return rows[0]?.n === 2
}

/** False when somebody stayed away. When something is lost nobody is waited for: that is told by who judges. */
const untilReady = async (house: House, acknowledged: readonly string[]): Promise<boolean> => {
  const until = performance.now() + PATIENCE_MS
  while (performance.now() < until) {
    const signal = AbortSignal.timeout(ANSWER_MS)
    const answer = await fetch(`${house.url}/readyz`, { signal }).catch(() => undefined)
    if (answer?.ok === true && (await haveBothSequencers(house).catch(() => false))) return true
    if (await house.asOwner((owner) => hasLost(owner, acknowledged)).catch(() => false)) return true
    await pause(20)
  }
  return false
}

/** Its processes are killed while eight clients write. */
export const startKilledInstallation = async (without: Partial<LogGuard> = {}) => {
  const house = await openHouse(without)
  const client = openClient(house.url)
  await client.signIn()
  const watch = watchLog(house.dataDir)
  const killed = new Map<Victim, number>()
  const kill = (victim: Victim): void => {
    const pid = house.pidOf(victim)
    if (pid === undefined) return
    process.kill(pid, 'SIGKILL')
    killed.set(victim, (killed.get(victim) ?? 0) + 1)
  }

  const acknowledged: string[] = []
  const faults = new Set<string>()
  let rounds = 0
  /** Eight clients write; somewhere between their answers the victims are killed. Ends when all were answered. */
  const round = async ({ victims, afterAnswers, afterMs }: Round): Promise<void> => {
    rounds += 1
    let answers = 0
    let killing: Promise<void> = Promise.resolve()
    const write = async (writer: number): Promise<void> => {
      for (let i = 0; i < PER_WRITER; i++) {
        const name = `执法员${rounds}号${writer}组${i}`
        await client.addOfficer(name)
        acknowledged.push(name)
        answers += 1
        if (answers === afterAnswers) killing = pause(afterMs).then(() => victims.forEach(kill))
      }
    }
    await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))
    await killing
    if (!(await untilReady(house, acknowledged))) faults.add('not everybody came back')
  }

  return {
    round,
    killed: (): ReadonlyMap<Victim, number> => killed,
    looks: watch.looks,
    judge: (): Promise<Judged> =>
      house.asOwner((owner) =>
        judgeLog({
          owner,
          dataDir: house.dataDir,
          acknowledged,
          seen: [...faults, ...watch.faults()],
        }),
      ),
    close: async (): Promise<void> => {
      try {
        await house.close()
      } finally {
        await watch.stop()
      }
    },
  }
}

/** Answers in a round. */
export const ANSWERS = WRITERS * PER_WRITER
