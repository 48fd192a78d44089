import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  as,
  makeClip,
  manifestOf,
  register,
  startUploadServer,
  type UploadServer,
} from '../../../../test/upload-installation.ts'
import {
  createTestInstallation,
  testActor,
  type TestInstallation,
} from '../../../../test/test-installation.ts'
import type { UppyAsked } from '../../../../test/uppy-page.ts'
import { withAgency } from '../postgres/transaction.ts'
import { loadRecording } from '../recording/load-recording.ts'
import { recordingProjection } from '../recording/recording-projection.ts'

const CHROMIUM = process.env['LIUHEN_CHROMIUM'] ?? '/usr/bin/chromium'
const actor = testActor('zoumaling')

/** Uppy as it comes from its makers, for a page. */
const uppyScript = async (): Promise<string> => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      rollupOptions: { input: join(import.meta.dirname, '../../../../test/uppy-page.ts') },
    },
  })
  const [chunk] = 'output' in built ? built.output : []
  if (chunk?.type !== 'chunk') throw new Error('the page was not built')
  return chunk.code
}

describe.skipIf(!existsSync(CHROMIUM))('Uppy in a browser, unchanged', () => {
  let house: TestInstallation
  let server: UploadServer
  let browser: Browser
  let script: string

  beforeAll(async () => {
    house = await createTestInstallation({ projections: [recordingProjection] })
    server = await startUploadServer(house.urls.app, join(house.dataDir, 'blobs'))
    script = await uppyScript()
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await browser.close()
    await server.stop()
    await house.close()
  })

  const sendByUppy = async (asked: UppyAsked): Promise<string> => {
    const page = await browser.newPage()
    await page.route('**/page', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
    )
    await page.goto(`${server.baseUrl}/page`)
    await page.addScriptTag({ content: script, type: 'module' })
    await page.waitForFunction(() => 'sendByUppy' in window)
    const problem = await page.evaluate(
      (a) => (window as unknown as { sendByUppy: (x: UppyAsked) => Promise<string> }).sendByUppy(a),
      asked,
    )
    await page.close()
    return problem
  }

  test.each([1, 3])(
    'sends a file in %i stream(s): verified by reading back, and recorded as such',
    async (n) => {
      const clip = await makeClip(house.dataDir, 654_321)
      const manifest = manifestOf(actor, { sha256: clip.sha256, sizeBytes: clip.bytes.length })
      const recordingId = await register(house.store, actor, manifest)
      const base64 = clip.bytes.toString('base64')
      expect(await sendByUppy({ base64, recordingId, headers: as(actor), parallelUploads: n })).toBe('')
      const { state } = await withAgency(house, actor.agencyId, (tx) => loadRecording(tx, recordingId))
      expect(state).toMatchObject({
        status: 'stored',
        stored: { checksum: 're-read', blob: { sha256: clip.sha256 } },
      })
    },
  )
})
