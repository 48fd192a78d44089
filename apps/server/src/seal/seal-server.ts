import { createHash, timingSafeEqual } from 'node:crypto'
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

const isWord = (said: string, word: string): boolean => {
  const [a, b] = [said, word].map((text) => createHash('sha256').update(text).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}

/** Answers a question about seals; undefined when it is about something else. Who does not know the word gets nothing sealed. */
export const answerSeals =
  (seals: SealProvider, word: string) =>
  async (question: unknown): Promise<object | undefined> => {
    const read = SealQuestion.safeParse(question)
    if (!read.success) return undefined
    const q = read.data
    if (q.ask === 'find-seal') return told(await seals.find(q.holder, q.at))
    if (!isWord(q.word, word)) throw new Error('this process has nothing sealed')
    return { signature: toBase64(await seals.sign(q.holder, q.algorithm, q.bytes)) }
  }
