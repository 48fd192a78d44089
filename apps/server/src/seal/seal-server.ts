import { toBase64 } from '@liuhen/ledger/bytes'
import { SealQuestion } from './seal-protocol.ts'
import type { Held, SealProvider } from './seal-provider.ts'

const told = ({ certificates, picture }: Held) => ({
  certificates: certificates.map((c) => ({
    algorithm: c.algorithm,
    certificate: toBase64(c.certificate),
    authorities: c.authorities.map(toBase64),
  })),
  ...(picture === undefined
    ? {}
    : { picture: { extension: picture.extension, bytes: toBase64(picture.bytes) } }),
})

/** Answers a question about seals; undefined when it is about something else. */
export const answerSeals =
  (seals: SealProvider) =>
  async (question: unknown): Promise<object | undefined> => {
    const read = SealQuestion.safeParse(question)
    if (!read.success) return undefined
    const q = read.data
    return q.ask === 'find-seal'
      ? told(await seals.find(q.holder, q.at))
      : { signature: toBase64(await seals.sign(q.holder, q.algorithm, q.bytes)) }
  }
