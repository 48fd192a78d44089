import { readFile, writeFile } from 'node:fs/promises'
import { paperOfd } from '../../apps/server/src/ofd/paper-ofd.ts'
import type { RenderInput } from '../../apps/server/src/pdf/render-input.ts'
import type { Renderer } from '../../apps/server/src/pdf/render.ts'
import { checkOfd } from './check-ofd.ts'
import { ALIKE, difference } from './compare-pages.ts'
import { readOfd } from './read-ofd.ts'

export type OfdCopy = Readonly<{ bytes: number; ms: number; worst: number; problems: readonly string[] }>

/** Makes the OFD copy of a PDF on the disk beside it, checks it, and compares every page of both as pictures. */
export async function checkOfdCopy(renderer: Renderer, file: string, input: RenderInput): Promise<OfdCopy> {
  const { name } = input.definition
  const pdf = new Uint8Array(await readFile(file))
  const began = performance.now()
  const mark = await renderer.drawCopyMark(name)
  const ofd = await paperOfd({ pdf, mark, name, agency: input.context.agency.name })
  const ms = performance.now() - began
  await writeFile(file.replace(/pdf$/, 'ofd'), ofd)
  const problems = [...(await checkOfd(ofd, pdf, input))]
  const read = readOfd(ofd)
  let worst = 0
  for (const page of read.pages.keys()) {
    const found = await difference(read, file, page)
    worst = Math.max(worst, found)
    if (found >= ALIKE)
      problems.push(`ofd: page ${page + 1} looks otherwise: ${found.toFixed(4)} of its dark dots`)
  }
  return { bytes: ofd.length, ms, worst, problems }
}
