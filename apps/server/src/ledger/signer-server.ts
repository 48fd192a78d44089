import { createServer, type Server } from 'node:net'
import { createInterface } from 'node:readline'
import { rm } from 'node:fs/promises'
import { once } from 'node:events'
import { NoKeyError } from './log-key.ts'
import type { Signer } from './signer.ts'
import { answerLine, Question, statusLine } from './signer-protocol.ts'

/** What else the process that holds keys is asked; undefined when the question is not its own. */
export type Also = (question: unknown) => Promise<object | undefined>

const answer = async (signer: Signer, line: string, also: Also): Promise<string> => {
  const asked: unknown = JSON.parse(line)
  const other = await also(asked)
  if (other !== undefined) return `${JSON.stringify(other)}\n`
  const question = Question.parse(asked)
  switch (question.ask) {
    case 'status':
      return statusLine(await signer.status())
    case 'sign':
      return answerLine(await signer.sign(question))
    case 'receipt':
      return `${JSON.stringify({ receipt: await signer.receipt(question) })}\n`
  }
}

/** Why no key signed is told; whatever else fails ends the connection. */
const unreached = (error: unknown): string => {
  if (error instanceof NoKeyError) return `${JSON.stringify({ unreached: error.message })}\n`
  throw error
}

/** Serves a signer on a Unix socket; its folder is what keeps others out. */
export const serveSigner = async (
  signer: Signer,
  socket: string,
  also: Also = () => Promise.resolve(undefined),
): Promise<Server> => {
  await rm(socket, { force: true })
  const server = createServer((connection) => {
    // A question that cannot be read or answered ends the connection; the asker sees it and asks again later.
    connection.on('error', () => connection.destroy())
    const listen = async (): Promise<void> => {
      for await (const line of createInterface({ input: connection })) {
        connection.write(await answer(signer, line, also).catch(unreached))
      }
    }
    listen().catch(() => connection.destroy())
  })
  server.listen(socket)
  await once(server, 'listening')
  return server
}
