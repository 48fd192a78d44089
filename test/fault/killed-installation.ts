import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from 'pg'
import { expect } from 'vitest'
import { parseCheckpoint } from '@liuhen/ledger/checkpoint'
import { rebuildLog } from '@liuhen/ledger/edge'
import { parseNote } from '@liuhen/ledger/note'
import { readConfig } from '../../apps/server/src/config/config.ts'
import { nodeHashes } from '../../apps/server/src/event-store/seal-event.ts'
import { readLogFile } from '../../apps/server/src/ledger/log-folder.ts'
import { connect } from '../../apps/server/src/postgres/pool.ts'
import { databaseUrls } from '../../apps/server/src/postgres/roles.ts'
import { serve } from '../../apps/server/src/processes/serve.ts'

export type Reply = Readonly<{ status: number; body: unknown; cookie: string }>
export type KilledInstallation = Awaited<ReturnType<typeof startKilledInstallation>>

const password = 'Lang-genug-2026'
const agency = {
  name: '某街道办事处',
  shortName: '某街办',
  code: '420112000001',
  base: 'national',
  overlays: [],
}

/** A whole installation whose processes are killed, and a client that does not give up. */
export const startKilledInstallation = async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'liuhen-kill-'))
  const environment = {
    LIUHEN_DATA: dataDir,
    LIUHEN_PORT: '0',
    LIUHEN_PORTAL_PORT: '0',
    LIUHEN_LOG: 'silent',
  }
  const serving = await serve(readConfig(environment))
  let cookie = ''

  /** Undefined when nobody answered: the caller does not know whether it had its effect. */
  const send = async (
    method: string,
    path: string,
    body: object,
    key: string,
  ): Promise<Reply | undefined> => {
    try {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key, cookie }
      const reply = await fetch(`${serving.url}/api${path}`, { method, headers, body: JSON.stringify(body) })
      const text: unknown = await reply.json()
      return {
        status: reply.status,
        body: text,
        cookie: reply.headers.get('set-cookie')?.split(';')[0] ?? '',
      }
    } catch {
      return undefined
    }
  }

  /** As a careful client does: the same key until there is an answer. */
  const insist = async (method: string, path: string, body: object): Promise<Reply> => {
    const key = randomUUID()
    for (;;) {
      const reply = await send(method, path, body, key)
      if (reply !== undefined && reply.status < 500) return reply
      await pause(20)
    }
  }

  const signIn = async (): Promise<void> => {
    const administrator = { name: '管理员', login: 'first.admin', password }
    expect((await insist('POST', '/setup', { agency, administrator })).status).toBe(200)
    cookie = (await insist('POST', '/session', { login: 'first.admin', password })).cookie
    const next = 'Ganz-anders-7391'
    cookie = (await insist('PUT', '/session/password', { current: password, next })).cookie || cookie
  }

  const acknowledged: string[] = []
  const writePeople = async (names: readonly string[], onDone: () => void): Promise<void> => {
    for (const name of names) {
      const reply = await insist('POST', '/people', { name, roles: ['officer'] })
      expect(reply.status, JSON.stringify(reply.body)).toBe(200)
      acknowledged.push(name)
      onDone()
    }
  }

  const kill = (name: string): void => {
    const pid = serving.pids()[name]
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  }

  const checkpointSize = async (): Promise<number> => {
    const note = await readFile(join(dataDir, 'log', 'checkpoint'), 'utf8')
    return parseCheckpoint(parseNote(note)?.text ?? '')?.size ?? -1
  }

  const asOwner = async <T>(work: (owner: Client) => Promise<T>): Promise<T> => {
    const key = (name: string) => readFile(join(dataDir, 'keys', name), 'utf8').then((text) => text.trim())
    const url = await adminUrl(dataDir, await key('database-superuser'))
    const owner = await connect(databaseUrls(url, await key('database-roles'), 'liuhen').owner, 'kill test')
    return work(owner).finally(() => owner.end())
  }

  /** Everything acknowledged is in the record once, the streams have no gaps, and the log holds all of it. */
  const expectWhole = (): Promise<void> =>
    asOwner(async (owner) => {
      const people = await owner.query<{ name: string }>('SELECT name FROM app.person ORDER BY 1')
      const written = people.rows.map((row) => row.name).filter((name) => name.startsWith('执法员'))
      expect(written).toEqual(acknowledged.toSorted())
      const gaps = await owner.query(
        `SELECT stream_id FROM record.event GROUP BY 1 HAVING max(version) <> count(*) OR min(version) <> 1`,
      )
      expect(gaps.rows).toEqual([])
      const { rows } = await owner.query<{ n: number }>('SELECT count(*)::int AS n FROM record.event')
      const total = rows[0]?.n ?? 0
      while ((await checkpointSize()) < total) await pause(50)
      const indexes = await owner.query<{ ok: boolean }>(
        'SELECT count(*) = max(leaf_index) + 1 AND count(*) = count(DISTINCT position) AS ok FROM log.leaf',
      )
      expect(indexes.rows).toEqual([{ ok: true }])
      const rebuilt = await rebuildLog(nodeHashes.sha256, total, (path) =>
        readLogFile(join(dataDir, 'log'), path),
      )
      expect(rebuilt.faults).toEqual([])
    })

  const close = async (): Promise<void> => {
    await serving.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { serving, signIn, writePeople, kill, checkpointSize, expectWhole, close }
}

/** The embedded server's socket, as the server itself names it. */
const adminUrl = async (dataDir: string, superuser: string): Promise<string> => {
  const lines = (await readFile(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n')
  return `postgres://liuhen_super:${superuser}@localhost/postgres?host=${encodeURIComponent(lines[4] ?? '')}`
}
