import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from 'pg'
import { connect } from '../postgres/pool.ts'
import { readLogFile, writeDurably } from './log-folder.ts'
import { loadPublished, LogHaltedError, publish, type Published } from './publish.ts'
import { MAX_BATCH, sequenceBatch } from './sequence.ts'
import type { Signer } from './signer.ts'
import { keepAnswer } from './witness-answers.ts'
import type { WitnessPeer } from './witness-policy.ts'
import { startWitnessing, type Cosigned, type Witnessing } from './witnessing.ts'

const LOCK = 7_304_003
const POLL_MS = 200
/** A checkpoint costs a dozen fsyncs; more than ten a second would tell nobody anything new. */
const MIN_INTERVAL_MS = 100

export type KeeperLog = Readonly<{ info(text: string): void; error(error: unknown, text: string): void }>

export type LogKeeper = Readonly<{
  /** True after the log disagreed with what was signed: nothing is published until somebody has looked. */
  halted(): string | undefined
  stop(): Promise<void>
}>

type Options = Readonly<{
  url: string
  folder: string
  signer: Signer
  log: KeeperLog
  /** Who is asked to cosign each checkpoint; none by default. */
  witnesses?: readonly WitnessPeer[]
  /** At most one round of questions to them in this time. */
  witnessRoundMs?: number
}>

/** Sleeps until somebody notifies, the time is over, or we are stopped. */
const waker = () => {
  let wake: () => void = () => undefined
  let awake = false
  return {
    wake: (): void => {
      awake = true
      wake()
    },
    sleep: async (ms: number): Promise<void> => {
      if (!awake) {
        const timer = new AbortController()
        const called = new Promise<void>((done) => {
          wake = done
        })
        await Promise.race([called, pause(ms, undefined, { signal: timer.signal }).catch(() => undefined)])
        timer.abort()
      }
      awake = false
    },
  }
}

/** A process that was killed between the row and the file left the file behind. */
const showCheckpoint = async (folder: string, note: string): Promise<void> => {
  const shown = await readLogFile(folder, 'checkpoint')
  if (shown === undefined || !Buffer.from(note).equals(shown))
    await writeDurably(join(folder, 'checkpoint'), note)
}

/** Keeps the lines of the witnesses and shows them under the newest checkpoint. */
const keepCosignatures = async (client: Client, folder: string, lines: readonly Cosigned[]) => {
  if (lines.length === 0) return
  for (const { size, witness, line, seconds } of lines) {
    await client.query(
      `INSERT INTO log.cosignature (size, witness, line, cosigned_at) VALUES ($1, $2, $3, to_timestamp($4))
       ON CONFLICT DO NOTHING`,
      [size, witness, line, seconds],
    )
    await keepAnswer(client, { witness, size, status: 200, why: '' })
  }
  const { rows } = await client.query<{ note: string }>(
    'SELECT note FROM log.published ORDER BY size DESC LIMIT 1',
  )
  if (rows[0] !== undefined) await showCheckpoint(folder, rows[0].note)
}

/** Sequences and publishes while this session holds the lock; throws when the connection breaks. */
const keep = async (
  client: Client,
  options: Options,
  until: { stopped: boolean },
  alarm: ReturnType<typeof waker>,
  witnessing: Witnessing,
) => {
  const publisher = { sequencer: client, folder: options.folder, signer: options.signer }
  let last: Published | undefined = await loadPublished(publisher)
  if (last !== undefined) await showCheckpoint(options.folder, last.note)
  await writeDurably(join(options.folder, 'vkey'), `${(await options.signer.status()).vkey}\n`)
  while (!until.stopped) {
    const started = performance.now()
    while ((await sequenceBatch(client)) === MAX_BATCH);
    last = await publish(publisher, last)
    witnessing.offer({ size: last.edge.size, note: last.note })
    await keepCosignatures(client, options.folder, witnessing.take())
    for (const refusal of witnessing.takeRefusals()) await keepAnswer(client, refusal)
    const spent = performance.now() - started
    if (spent < MIN_INTERVAL_MS) await pause(MIN_INTERVAL_MS - spent)
    await alarm.sleep(POLL_MS)
  }
}

const session = async (options: Options, until: { stopped: boolean }, alarm: ReturnType<typeof waker>) => {
  const client = await connect(options.url, 'liuhen sequencer')
  client.on('error', () => alarm.wake())
  client.on('notification', () => alarm.wake())
  const witnessing = startWitnessing({
    peers: options.witnesses ?? [],
    folder: options.folder,
    onCosigned: () => alarm.wake(),
    onError: (error, text) => options.log.error(error, text),
    ...(options.witnessRoundMs === undefined ? {} : { roundMs: options.witnessRoundMs }),
  })
  try {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [LOCK])
    if (rows[0]?.held !== true) return await alarm.sleep(POLL_MS * 5) // another machine's sequencer is at work
    await client.query('LISTEN log_pending')
    await keep(client, options, until, alarm, witnessing)
  } finally {
    await witnessing.stop()
    await client.end().catch(() => undefined)
  }
}

/** Keeps the log: one at a time over all machines, standing by otherwise, coming back after every failure but a halt. */
export const startLogKeeper = async (options: Options): Promise<LogKeeper> => {
  await mkdir(options.folder, { recursive: true })
  const until = { stopped: false }
  const alarm = waker()
  let halted: string | undefined
  const run = async (): Promise<void> => {
    while (!until.stopped && halted === undefined) {
      try {
        await session(options, until, alarm)
      } catch (error) {
        options.log.error(error, 'the log keeper failed')
        if (error instanceof LogHaltedError) halted = error.message
        else await alarm.sleep(1_000)
      }
    }
  }
  const running = run()
  return {
    halted: () => halted,
    stop: async () => {
      until.stopped = true
      alarm.wake()
      await running
    },
  }
}
