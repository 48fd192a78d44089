import { createServer } from 'node:http'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'

/** @tus/server with its FileStore as its makers show it, in a process of its own. Prints its port. */
const [directory = ''] = process.argv.slice(2)
const tus = new Server({
  path: '/api/uploads',
  relativeLocation: true,
  datastore: new FileStore({ directory }),
})
const server = createServer((request, response) => void tus.handle(request, response))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has a port')
  process.stdout.write(`${address.port}\n`)
})
// The parent holds the other end: when it is gone, so is the reason to run.
process.stdin.on('end', () => process.exit(0)).resume()
