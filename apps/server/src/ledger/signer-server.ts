import { createServer, type Server } from 'node:net'
import { createInterface } from 'node:readline'
import { rm } from 'node:fs/promises'
import { once } from 'node:events'
import type { Signer } from './signer.ts'
import { answerLine, Question, statusLine } from './signer-protocol.ts'

const answer = async (signer: Signer, line: string): Promise<string> => {
  const question = Question.parse(JSON.parse(line))
  return question.ask === 'status'
    ? statusLine(await signer.status())
    : answerLine(await signer.sign(question))
}

/** Serves a signer on a Unix socket; its folder is what keeps others out. */
export const serveSigner = async (signer: Signer, socket: string): Promise<Server> => {
  await rm(socket, { force: true })
  const server = createServer((connection) => {
    // A question that cannot be read or answered ends the connection; the asker sees it and asks again later.
    connection.on('error', () => connection.destroy())
    const listen = async (): Promise<void> => {
      for await (const line of createInterface({ input: connection })) {
        connection.write(await answer(signer, line))
      }
    }
    listen().catch(() => connection.destroy())
  })
  server.listen(socket)
  await once(server, 'listening')
  return server
}
