/**
 * Keeps the field recorder's own page on the phone, so that it starts without a network. Nothing else is answered from
 * here: no data of the server, no other page. The build puts the list of files into the place of the word below.
 */
type Later = Event & Readonly<{ waitUntil(done: Promise<unknown>): void }>
type Asked = Event & Readonly<{ request: Request; respondWith(answer: Promise<Response>): void }>

const FILES: readonly string[] = JSON.parse('__FIELD_FILES__')
const NAME = 'liuhen-field-__FIELD_VERSION__'
const PAGE = '/field'

const install = async (): Promise<void> => {
  const cache = await caches.open(NAME)
  // The server gives its page to whoever asks for one, and to nobody else.
  await cache.addAll([new Request(PAGE, { headers: { accept: 'text/html' } }), ...FILES])
}

/** Files of older builds: their names carry a hash, so nobody asks for them any more. */
const tidy = async (): Promise<void> => {
  for (const name of await caches.keys())
    if (name.startsWith('liuhen-field-') && name !== NAME) await caches.delete(name)
}

const page = async (request: Request): Promise<Response> => {
  try {
    const answer = await fetch(request)
    if (answer.ok) return answer
    throw new Error(String(answer.status))
  } catch {
    return (await caches.match(PAGE)) ?? Response.error()
  }
}

const file = async (request: Request): Promise<Response> => (await caches.match(request)) ?? fetch(request)

self.addEventListener('install', (event) => (event as Later).waitUntil(install()))
self.addEventListener('activate', (event) => (event as Later).waitUntil(tidy()))
self.addEventListener('fetch', (event) => {
  const { request, respondWith } = event as Asked
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate' && pathname === PAGE) respondWith.call(event, page(request))
  else if (pathname.startsWith('/assets/') || FILES.includes(pathname)) respondWith.call(event, file(request))
})
