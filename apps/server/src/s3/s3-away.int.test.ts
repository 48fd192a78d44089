import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { createServer as createTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { testAccount } from '../../../../test/test-bucket.ts'
import { StoreUnreachableError } from '../blobs/blob-store.ts'
import { openBucket } from './s3-bucket.ts'
import { s3BlobStore } from './s3-blob-store.ts'
import { readS3Address } from './s3-settings.ts'

const SHA256 = 'a'.repeat(64)
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

const listen = (server: Server | ReturnType<typeof createTcp>): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })

const storeOn = (port: number, o: Readonly<{ https?: true; caFile?: string }> = {}) => {
  const limits = { connectMs: 200, idleMs: 200, requestMs: 400, attempts: 1 }
  const { caFile } = o
  const account = {
    ...testAccount(),
    ...(caFile === undefined ? {} : { caFile }),
    limits,
    keys: { accessKey: 'AKEXAMPLE', secretKey: 'secret-example' },
  }
  return s3BlobStore(
    openBucket(readS3Address(`s3+http${o.https === true ? 's' : ''}://127.0.0.1:${port}/bucket`, account)),
  )
}

/** Lists one version of everything and begins to give it out. */
const halfAnswer = () =>
  createServer((request, response) => {
    if (request.url?.includes('versions') === true) {
      response.setHeader('content-type', 'application/xml')
      response.end(
        `<ListVersionsResult><IsTruncated>false</IsTruncated><Version><Key>sha256/${SHA256}</Key><VersionId>v1</VersionId><Size>100</Size><ETag>"e"</ETag></Version></ListVersionsResult>`,
      )
      return
    }
    response.setHeader('content-length', '100')
    response.write('half of it')
  })

describe('an object store that is away', () => {
  test('and accepts no connection is told so', async () => {
    const server = createTcp()
    const port = await listen(server)
    await new Promise((resolve) => void server.close(resolve))
    await expect(storeOn(port).sizeOf(SHA256)).rejects.toThrow('连接被拒绝')
  })
  test('and takes the question and never answers holds nobody for ever', async () => {
    const server = createTcp((socket) => void socket.resume().on('error', () => undefined))
    const port = await listen(server)
    closing.push(() => void server.close())
    const store = storeOn(port)
    await expect(store.sizeOf(SHA256)).rejects.toThrow(StoreUnreachableError)
    await expect(store.take(SHA256, Readable.from([]))).rejects.toThrow('没有按时答复')
  })
  test('and falls silent in the middle of a file is told so', async () => {
    const server = halfAnswer()
    const port = await listen(server)
    closing.push(() => {
      server.closeAllConnections()
      server.close()
    })
    const stream = await storeOn(port).open(SHA256)
    await expect(stream.toArray()).rejects.toThrow(StoreUnreachableError)
  })
  test('and shows a certificate of a private authority is trusted when that is configured, and only then', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'liuhen-ca-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
    const made = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert]
    await promisify(execFile)('openssl', ['req', '-x509', ...made, ...subject])
    const pem = { key: await readFile(key), cert: await readFile(cert) }
    const server = createHttpsServer(pem, (_request, response) => {
      response.end('<ListVersionsResult><IsTruncated>false</IsTruncated></ListVersionsResult>')
    })
    const port = await listen(server)
    closing.push(() => {
      server.closeAllConnections()
      server.close()
    })
    await expect(storeOn(port, { https: true }).sizeOf(SHA256)).rejects.toThrow(StoreUnreachableError)
    expect(await storeOn(port, { https: true, caFile: cert }).sizeOf(SHA256)).toBeUndefined()
    await rm(folder, { recursive: true })
  })
  test('and refuses the keys says so without repeating them', async () => {
    const server = createServer((_request, response) => {
      response.statusCode = 403
      response.end(
        '<Error><Code>InvalidAccessKeyId</Code><AWSAccessKeyId>AKEXAMPLE</AWSAccessKeyId><Message>AKEXAMPLE is nobody</Message></Error>',
      )
    })
    const port = await listen(server)
    closing.push(() => void server.close())
    const error: unknown = await storeOn(port)
      .sizeOf(SHA256)
      .catch((e: unknown) => e)
    expect(error).toBeInstanceOf(StoreUnreachableError)
    expect(String(error)).toContain('密钥不被接受')
    const everything = JSON.stringify(error, Object.getOwnPropertyNames(error))
    expect(everything).not.toMatch(/AKEXAMPLE|secret-example/)
  })
})
