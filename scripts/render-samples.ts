import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createRenderer } from '../apps/server/src/pdf/render.ts'
import { buildSamples } from '../test/fixtures/sample-documents.ts'
import { lawDir, loadDefinitions } from '../test/fixtures/load-definitions.ts'

/**
 * Renders every document of the sample case, filled and empty, for looking at:
 *   node scripts/render-samples.ts --out DIR [--only penalty-decision]
 */
const { values } = parseArgs({ options: { out: { type: 'string' }, only: { type: 'string' } } })
const out = values.out ?? 'samples'
mkdirSync(out, { recursive: true })

const renderer = createRenderer({ lawDir, workers: 2 })
const samples = [...buildSamples(loadDefinitions()).values()].filter(
  (input) => values.only === undefined || input.definition.id === values.only,
)
for (const input of samples) {
  const id = input.definition.id
  try {
    const filled = await renderer.render(input)
    writeFileSync(join(out, `${id}.pdf`), filled.bytes)
    writeFileSync(join(out, `${id}.json`), filled.dataJson)
    const { number: _, issuedOn: __, ...rest } = input
    const empty = await renderer.render({ ...rest, data: {}, approvals: [], signatures: [] })
    writeFileSync(join(out, `${id}.empty.pdf`), empty.bytes)
    process.stdout.write(`${id}: ${filled.pages} + ${empty.pages} pages, ${filled.bytes.length} bytes\n`)
  } catch (error) {
    process.exitCode = 1
    process.stdout.write(`${id}: ${error instanceof Error ? error.message : String(error)}\n`)
    if (error instanceof Error && 'details' in error) process.stdout.write(`  ${String(error.details)}\n`)
  }
}
await renderer.close()
