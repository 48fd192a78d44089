import { DefaultHttpStack } from 'tus-js-client'
import type { HttpRequest, HttpStack } from 'tus-js-client'
import { toBase64 } from '@liuhen/ledger/bytes'
import { sha256 } from '@liuhen/ledger/hashes'

/** The browser's own digest where the page has it (TLS or localhost), ours elsewhere. */
async function digestOf(body: Blob): Promise<string> {
  const bytes = new Uint8Array(await body.arrayBuffer())
  if (globalThis.crypto.subtle === undefined) return toBase64(sha256(bytes))
  return toBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

/** Every chunk travels with its own SHA-256 (tus checksum), so that a flipped bit is thrown away and asked for again. */
export function checkedStack(): HttpStack {
  const plain = new DefaultHttpStack({})
  return {
    getName: () => 'checked',
    createRequest: (method, url) => {
      const request: HttpRequest = plain.createRequest(method, url)
      const send = request.send.bind(request)
      request.send = async (body) => {
        if (method === 'PATCH' && body instanceof Blob)
          request.setHeader('Upload-Checksum', `sha256 ${await digestOf(body)}`)
        return await send(body)
      }
      return request
    },
  }
}
