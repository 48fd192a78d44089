import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { decodeUtf8 } from '@liuhen/ledger/bytes'
import type { Witness, WitnessAnswer } from './witness.ts'

/** Old size, 63 hashes and a checkpoint with 64 signatures need less. */
const MAX_BODY = 64 * 1024
const TEXT = 'text/plain; charset=utf-8'

const send = (reply: ServerResponse, status: number, body: string, type = TEXT): void => {
  reply.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(body)
}

/** Undefined when it is longer than any request. */
const bodyOf = async (request: IncomingMessage): Promise<Uint8Array | undefined> => {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > MAX_BODY) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}

const answerText = (answer: WitnessAnswer): readonly [string, string?] => {
  if (answer.status === 200) return [answer.line]
  return answer.status === 409 ? [`${answer.size}\n`, 'text/x.tlog.size'] : [`${answer.why}\n`]
}

const addCheckpoint = async (witness: Witness, request: IncomingMessage, reply: ServerResponse) => {
  const body = await bodyOf(request)
  if (body === undefined) {
    reply.setHeader('connection', 'close')
    return send(reply, 413, 'too long\n')
  }
  const answer = await witness.addCheckpoint(decodeUtf8(body))
  const [text, type] = answerText(answer)
  return send(reply, answer.status, text, type)
}

const handle = async (witness: Witness, request: IncomingMessage, reply: ServerResponse): Promise<void> => {
  const { pathname } = new URL(request.url ?? '/', 'http://witness')
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (pathname === '/add-checkpoint')
    return request.method === 'POST'
      ? addCheckpoint(witness, request, reply)
      : send(reply, 405, 'POST only\n')
  if (!isRead) return send(reply, 405, 'GET only\n')
  if (pathname === '/vkey') return send(reply, 200, `${witness.vkey}\n`)
  const [, logId] = /^\/([0-9a-f]{64})\/checkpoint$/.exec(pathname) ?? []
  const note = logId === undefined ? undefined : await witness.shown(logId)
  return note === undefined ? send(reply, 404, 'not found\n') : send(reply, 200, note)
}

/** C2SP tlog-witness over HTTP: `POST /add-checkpoint`, `GET /<sha256 of the log's name>/checkpoint`, `GET /vkey`. */
export const serveWitness = async (
  witness: Witness,
  at: Readonly<{ host: string; port: number }>,
  onError: (error: unknown) => void = () => undefined,
): Promise<Readonly<{ url: string; server: Server; close(): Promise<void> }>> => {
  const server = createServer((request, reply) => {
    handle(witness, request, reply).catch((error: unknown) => {
      onError(error)
      if (!reply.headersSent) send(reply, 500, 'the witness failed\n')
      else reply.destroy()
    })
  })
  server.requestTimeout = 30_000
  server.listen(at.port, at.host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  const close = async (): Promise<void> => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close').catch(() => undefined)
  }
  return { url: `http://${at.host.includes(':') ? `[${at.host}]` : at.host}:${address.port}`, server, close }
}
