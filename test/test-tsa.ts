import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createHash, X509Certificate } from 'node:crypto'
import { join } from 'node:path'

const CONFIG = `[tsa]
default_tsa = own
[own]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
ess_cert_id_chain = no
`

export type TestTsa = Readonly<{
  /** SHA-256 of the authority's certificate, as a reader names it. */
  fingerprint: string
  authority: string
  /** Answers a TimeStampReq as openssl does. */
  reply(request: Uint8Array): Uint8Array
  /** A time stamp over bytes. */
  stamp(bytes: Uint8Array): Uint8Array
  serve(): Promise<Readonly<{ url: string; close(): void }>>
}>

/** A time stamping authority by openssl, with keys of its own below `folder`. */
export const makeTestTsa = (folder: string): TestTsa => {
  mkdirSync(folder, { recursive: true })
  const openssl = (...args: string[]): void =>
    void execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  writeFileSync(join(folder, 'tsa.cnf'), CONFIG)
  writeFileSync(join(folder, 'serial'), '1000\n')
  writeFileSync(join(folder, 'ext'), 'extendedKeyUsage=critical,timeStamping\n')
  const ca = ['-addext', 'basicConstraints=critical,CA:TRUE']
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '30',
    '-subj',
    '/O=Test/CN=Test CA',
    ...ca,
  )
  openssl('req', ...key, '-keyout', 'tsa.key', '-out', 'tsa.csr', '-subj', '/O=Test/CN=Test TSA')
  const issue = [
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    '30',
    '-extfile',
    'ext',
    '-out',
    'tsa.pem',
  ]
  openssl('x509', '-req', '-in', 'tsa.csr', ...issue)
  let n = 0
  const answer = (query: string): Uint8Array => {
    const out = `${query}.tsr`
    const by = ['-signer', 'tsa.pem', '-inkey', 'tsa.key', '-chain', 'ca.pem']
    openssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', query, ...by, '-out', out)
    return new Uint8Array(readFileSync(join(folder, out)))
  }
  const reply = (request: Uint8Array): Uint8Array => {
    const query = `q${n++}`
    writeFileSync(join(folder, query), request)
    return answer(query)
  }
  const stamp = (bytes: Uint8Array): Uint8Array => {
    const query = `q${n++}`
    writeFileSync(join(folder, `${query}.data`), bytes)
    openssl('ts', '-query', '-data', `${query}.data`, '-sha256', '-cert', '-out', query)
    return answer(query)
  }
  const authority = join(folder, 'ca.pem')
  return {
    fingerprint: createHash('sha256')
      .update(new X509Certificate(readFileSync(authority)).raw)
      .digest('hex'),
    authority,
    reply,
    stamp,
    serve: async () => {
      const server = createServer((request, response) => {
        void request.toArray().then((parts) => {
          response.writeHead(200, { 'content-type': 'application/timestamp-reply' })
          response.end(reply(Buffer.concat(parts)))
        })
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      const address = server.address()
      if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
      return { url: `http://127.0.0.1:${address.port}`, close: () => void server.close() }
    },
  }
}
