import { connect } from 'node:net'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { toBase64 } from '@liuhen/ledger/bytes'
import { NoKeyError } from './log-key.ts'
import type { Signer } from './signer.ts'
import { Answer, ReceiptAnswer, Status, Unreached } from './signer-protocol.ts'

/** One question, one connection: the signer may be restarted between any two. */
export const ask = async (socket: string, question: object): Promise<unknown> => {
  const connection = connect(socket)
  connection.setTimeout(10_000, () => connection.destroy(new Error('the signer does not answer')))
  try {
    await once(connection, 'connect')
    connection.write(`${JSON.stringify(question)}\n`)
    for await (const line of createInterface({ input: connection })) {
      const said: unknown = JSON.parse(line)
      const refused = Unreached.safeParse(said)
      if (refused.success) throw new NoKeyError(refused.data.unreached)
      return said
    }
    throw new Error('the signer hung up')
  } finally {
    connection.destroy()
  }
}

/** The signer in its own process, over its socket. */
export const signerAt = (socket: string): Signer => ({
  status: async () => Status.parse(await ask(socket, { ask: 'status' })),
  receipt: async ({ acceptedAt, leafHashes }) => {
    const question = { ask: 'receipt', acceptedAt, leafHashes: leafHashes.map(toBase64) }
    return ReceiptAnswer.parse(await ask(socket, question)).receipt
  },
  sign: async ({ size, root, proof }) =>
    Answer.parse(await ask(socket, { ask: 'sign', size, root: toBase64(root), proof: proof.map(toBase64) })),
})
