import type { FastifyRequest } from 'fastify'

/** Where lines go; standard output unless said otherwise. */
export type LogStream = Readonly<{ write: (line: string) => void }>

/** What a log line tells of a request: its path, never its query, in which people search by name and give reasons. */
const request = (r: FastifyRequest) => ({
  method: r.method,
  url: r.url.split('?', 1)[0],
  remoteAddress: r.ip,
})

export const loggerOptions = (level: string | undefined, stream?: LogStream) => ({
  level: level ?? 'silent',
  serializers: { req: request },
  ...(stream && { stream }),
})
