import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { verifyClipCommand } from './verify-clip.ts'

const Vectors = z.object({
  vkey: z.string(),
  files: z.record(z.string(), z.string()),
  cases: z.array(
    z.object({ name: z.string(), files: z.record(z.string(), z.string()), original: z.string().optional() }),
  ),
})
let place = ''
let vectors: z.infer<typeof Vectors>
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'liuhen-clip-'))
  const path = join(import.meta.dirname, '../../../vectors/clip/clip.json')
  vectors = Vectors.parse(JSON.parse(await readFile(path, 'utf8')))
  await writeFile(join(place, 'policy'), `log ${vectors.vkey}\n`)
})
afterAll(() => rm(place, { recursive: true }))

const bytesOf = (name: string | undefined) => Buffer.from(vectors.files[name ?? ''] ?? '', 'base64')
const unpack = async (name: string) => {
  const found = vectors.cases.find((c) => c.name === name)
  const root = await mkdtemp(join(place, 'proof-'))
  for (const [path, file] of Object.entries(found?.files ?? {})) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), bytesOf(file))
  }
  const original = join(place, 'original.mp4')
  if (found?.original !== undefined) await writeFile(original, bytesOf(found.original))
  return { root, original }
}
const run = async (path: string, options = {}) => {
  const lines: string[] = []
  const exit = await verifyClipCommand(
    path,
    { policy: join(place, 'policy'), ...options },
    {
      out: (line) => lines.push(line),
      err: (line) => lines.push(line),
    },
  )
  return { exit, text: lines.join('\n') }
}

test('a proof is checked from its folder; what was left out is named, and checked beside the original', async () => {
  const whole = await run((await unpack('a clip with its chunk')).root)
  expect(whole.exit).toBe(0)
  expect(whole.text).toContain('结论：PASS')
  const { root, original } = await unpack('the chunk left out, beside the original')
  const bare = await run(root)
  expect(bare.exit).toBe(4)
  expect(bare.text).toContain('没有附原件的块')
  expect(bare.text).toContain('结论：INCOMPLETE')
  const beside = await run(root, { original })
  expect(beside.exit).toBe(0)
  expect(beside.text).not.toContain('没有附原件的块')
})

test('a clip that leaves pictures out between its first and its last sample is not taken for whole', async () => {
  for (const name of ['a picture dropped in the middle', 'pictures dropped before the sound begins']) {
    const gone = await run((await unpack(name)).root)
    expect(gone.exit).toBe(4)
    expect(gone.text).toContain('略去')
  }
})

test('a clip with an exchanged picture fails, and so does what is no proof at all', async () => {
  const wrong = await run((await unpack('a picture exchanged')).root)
  expect(wrong.exit).toBe(1)
  expect(wrong.text).toContain('1 个样本与原件不同')
  expect((await run(place)).exit).toBe(1)
  expect((await run(join(place, 'nowhere'))).exit).toBe(3)
  expect((await run(place, { original: join(place, 'nowhere') })).exit).toBe(3)
})
