/** A piece of `apps/server/src/<file>`, and what stands there when the guard is out. */
export type Cut = Readonly<{ file: string; from: string; to: string }>

/** Each process of the installation that can be killed; `second` is a sequencer of another machine. */
export const VICTIMS = ['api', 'worker', 'second', 'signer', 'postgres'] as const
export type Victim = (typeof VICTIMS)[number]

export type LogGuard = Readonly<{
  name: string
  cuts?: readonly Cut[]
  /** Said by the superuser before the rounds. */
  sql?: string
  /** Who is killed until it is seen; nobody, when life alone shows it. */
  kills: readonly Victim[]
  /** It takes its time, so that only the full lane waits for it. */
  isSlow?: boolean
}>

/** What keeps the log whole when processes die. Each is taken out alone, and has to be missed. */
export const LOG_GUARDS: readonly LogGuard[] = [
  {
    name: 'a command that is sent again is the same command',
    cuts: [
      {
        file: 'http/answer-route.ts',
        from: "z.uuid().safeParse(x.request.headers['idempotency-key'])",
        to: 'z.uuid().safeParse(randomUUID())',
      },
    ],
    kills: ['api'],
  },
  {
    name: 'a commit is on the disk before it is acknowledged',
    sql: 'ALTER DATABASE liuhen SET synchronous_commit = off',
    kills: ['postgres'],
  },
  {
    name: 'one keeper at a time, and the row of the size locked',
    cuts: [
      { file: 'ledger/log-keeper.ts', from: 'rows[0]?.held !== true', to: 'rows[0] === undefined' },
      { file: 'ledger/sequence.ts', from: 'size FROM log.state FOR UPDATE', to: 'pg_sleep(random() / 20)' },
      // A moment in which the other keeper comes.
      {
        file: 'ledger/sequence.ts',
        from: '(SELECT size FROM log.state) +',
        to: '(SELECT size FROM log.state, pg_sleep(0.03)) +',
      },
    ],
    // The primary keys are what stands behind the two.
    sql: `ALTER TABLE log.leaf DROP CONSTRAINT leaf_pkey;
          ALTER TABLE log.checkpoint DROP CONSTRAINT checkpoint_pkey CASCADE`,
    kills: [],
    isSlow: true,
  },
  {
    name: 'the signer remembers before it gives a signature out',
    cuts: [
      {
        file: 'ledger/signer.ts',
        from: 'await remember(request)',
        to: 'setTimeout(() => void remember(request), 200)',
      },
    ],
    kills: ['signer'],
  },
  {
    name: 'entries stand before the checkpoint that promises them',
    cuts: [
      {
        file: 'ledger/publish.ts',
        from: 'await writeLogFiles(publisher.folder, edgeFiles(edge))',
        to: `const [bundle, ...tiles] = edgeFiles(edge)
  await writeLogFiles(publisher.folder, tiles)
  if (bundle !== undefined) setTimeout(() => void writeLogFiles(publisher.folder, [bundle]), 200)`,
      },
    ],
    kills: ['worker'],
  },
  {
    name: 'a file is replaced as a whole',
    cuts: [
      { file: 'ledger/log-folder.ts', from: '`${path}.tmp-${process.pid}`', to: 'path' },
      {
        file: 'ledger/log-folder.ts',
        from: 'await handle.writeFile(bytes)',
        to: `await new Promise((written) => setTimeout(written, 5))
    await handle.writeFile(bytes)`,
      },
    ],
    kills: ['worker'],
  },
]
