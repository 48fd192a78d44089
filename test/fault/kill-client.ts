import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'

/** An answer that takes longer comes from nobody. */
export const ANSWER_MS = 30_000

type Reply = Readonly<{ status: number; body: unknown; cookie: string }>

const password = 'Lang-genug-2026'
const agency = {
  name: '某街道办事处',
  shortName: '某街办',
  code: '420112000001',
  base: 'national',
  overlays: [],
}

/** A client that does not give up: the same key until there is an answer. */
export const openClient = (baseUrl: string) => {
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
      const reply = await fetch(`${baseUrl}/api${path}`, {
        method,
        headers,
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_MS),
      })
      const set = reply.headers.get('set-cookie')?.split(';')[0] ?? ''
      return { status: reply.status, body: await reply.json(), cookie: set }
    } catch {
      return undefined
    }
  }

  const insist = async (method: string, path: string, body: object): Promise<Reply> => {
    const key = randomUUID()
    for (;;) {
      const reply = await send(method, path, body, key)
      if (reply !== undefined && reply.status < 500) return reply
      await pause(20)
    }
  }

  return {
    signIn: async (): Promise<void> => {
      const administrator = { name: '管理员', login: 'first.admin', password }
      expect((await insist('POST', '/setup', { agency, administrator })).status).toBe(200)
      cookie = (await insist('POST', '/session', { login: 'first.admin', password })).cookie
      const next = 'Ganz-anders-7391'
      cookie = (await insist('PUT', '/session/password', { current: password, next })).cookie || cookie
    },
    addOfficer: async (name: string): Promise<void> => {
      const reply = await insist('POST', '/people', { name, roles: ['officer'] })
      expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    },
  }
}
