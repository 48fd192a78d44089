import { readFile } from 'node:fs/promises'
import { Agent } from 'node:https'
import type { S3Client } from '@aws-sdk/client-s3'
import { toldAs } from './s3-errors.ts'
import { keysOf, type S3Settings } from './s3-settings.ts'

/** Loaded when a bucket is used: an installation on disks never loads it. */
export type Sdk = typeof import('@aws-sdk/client-s3')
export type Client = Readonly<{ sdk: Sdk; client: S3Client }>

const open = async (settings: S3Settings): Promise<Client> => {
  const sdk = await import('@aws-sdk/client-s3')
  const { region, addressing, caFile, limits } = settings.account
  const ca = caFile === undefined ? undefined : await readFile(caFile)
  const client = new sdk.S3Client({
    endpoint: settings.endpoint,
    region,
    forcePathStyle: addressing === 'path',
    credentials: async () => {
      const { accessKey, secretKey } = await keysOf(settings)
      return { accessKeyId: accessKey, secretAccessKey: secretKey }
    },
    maxAttempts: limits.attempts,
    // We send Content-MD5, which every store checks, and read everything back: checksums that some ignore add nothing.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: limits.connectMs,
      socketTimeout: limits.idleMs,
      requestTimeout: limits.requestMs,
      throwOnRequestTimeout: true,
      ...(ca === undefined ? {} : { httpsAgent: new Agent({ ca, keepAlive: true, maxSockets: 50 }) }),
    },
  })
  return { sdk, client }
}

export type Asked = <T>(ask: (c: Client) => Promise<T>) => Promise<T>

/** A client that is made at its first use and again after that failed. Asking for keys that are not there fails here. */
export const clientOf = (settings: S3Settings): Asked => {
  let made: Promise<Client> | undefined
  return async (ask) => {
    made ??= open(settings)
    const client = await made.catch((e: unknown) => {
      made = undefined
      throw toldAs(e, settings.where)
    })
    return ask(client)
  }
}
