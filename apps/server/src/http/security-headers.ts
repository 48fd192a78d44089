import type { FastifyInstance } from 'fastify'

/** Only our own scripts run; pdf.js compiles WebAssembly, antd writes style elements. Nobody may frame the pages. */
const POLICY = [
  `default-src 'self'`,
  `script-src 'self' 'wasm-unsafe-eval'`,
  `style-src 'self' 'unsafe-inline'`,
  `img-src 'self' data: blob:`,
  `media-src 'self' blob:`,
  `font-src 'self' data:`,
  `connect-src 'self'`,
  `worker-src 'self' blob:`,
  `frame-src 'self' blob:`,
  `object-src 'none'`,
  `base-uri 'none'`,
  `form-action 'self'`,
  `frame-ancestors 'none'`,
].join('; ')

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(self), geolocation=(self)',
} as const

export const addSecurityHeaders = (app: FastifyInstance, publicUrl: string | undefined): void => {
  const isSecure = publicUrl?.startsWith('https:') ?? false
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(HEADERS)
    if (isSecure) void reply.header('strict-transport-security', 'max-age=31536000')
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store')
  })
}
