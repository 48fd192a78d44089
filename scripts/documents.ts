import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createRenderer, type Renderer } from '../apps/server/src/pdf/render.ts'
import type { RenderInput } from '../apps/server/src/pdf/render-input.ts'
import { checkCopyOf } from '../test/check-copy.ts'
import { checkPaper, checkText, checkWriting, pictureOf } from '../test/check-paper.ts'
import { hostileData, lengthyData } from '../test/fixtures/injection-corpus.ts'
import { checkOfdCopy } from '../test/ofd/check-ofd-copy.ts'
import { elementsOf } from '../test/paper-elements.ts'
import { typedOtherwise } from '../test/paper-marks.ts'
import { definitionIds, lawDir, loadDefinitions } from '../test/fixtures/load-definitions.ts'
import { buildSamples } from '../test/fixtures/sample-documents.ts'
import { installDebianPackages, PDF_TOOLS } from './debian.ts'

/**
 * Makes every paper of the law from the samples that the tests keep, twice, and has it checked by tools that are not
 * ours: `npm run documents -- --all [--json]`, or some of them by name; then once with every text hostile and once with
 * every text as long as it may be, which must all be printed as typed; and once with sentences typed without their stops. What was made lies in `out/`, filled and empty, with
 * a picture of each first page.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { all: { type: 'boolean' }, json: { type: 'boolean' }, out: { type: 'string' } },
})

type Outcome = Readonly<{
  id: string
  pages: number
  bytes: number
  ms: number
  elements: number
  hostile: number
  ofd: Readonly<{ bytes: number; ms: number; worst: number }>
  problems: readonly string[]
}>

const emptyOf = ({ definition, context, clock }: RenderInput): RenderInput => ({
  definition,
  context,
  clock,
  data: {},
  approvals: [],
  signatures: [],
})

type Tried = Readonly<{ elements: number; problems: readonly string[] }>

/** What people may type to do harm, or too long, or with other marks: every text of the form, printed as it is. */
async function tried(renderer: Renderer, input: RenderInput, out: string): Promise<Tried> {
  const { id } = input.definition
  const kinds = { hostile: hostileData, long: lengthyData, otherwise: typedOtherwise }
  const all: Tried[] = []
  for (const [kind, dataOf] of Object.entries(kinds)) {
    const given = { ...input, data: dataOf(input.definition, input.data) }
    const file = join(out, `${id}.${kind}.pdf`)
    writeFileSync(file, (await renderer.render(given)).bytes)
    const found = [
      ...(await checkText(file, given)),
      ...(await checkCopyOf(file, given)),
      ...(await checkOfdCopy(renderer, file, given)).problems,
    ]
    if (kind === 'otherwise') found.push(...(await checkWriting(file, given)))
    all.push({ elements: elementsOf(given).length, problems: found.map((one) => `${kind} ${one}`) })
  }
  return { elements: sum(all.map((one) => one.elements)), problems: all.flatMap((one) => one.problems) }
}

/** On two renderers, so that what one remembers of the first time is no help. */
const outcomeOf = async (
  [renderer, other]: readonly [Renderer, Renderer],
  input: RenderInput,
  out: string,
): Promise<Outcome> => {
  const { id } = input.definition
  const began = performance.now()
  const made = await renderer.render(input)
  const ms = performance.now() - began
  const file = join(out, `${id}.pdf`)
  const paper = await checkPaper(file, input, made, await other.render(input))
  const ofd = await checkOfdCopy(renderer, file, input)
  const problems = [...paper, ...(await checkCopyOf(file, input)), ...ofd.problems]
  const empty = await renderer.render(emptyOf(input))
  writeFileSync(join(out, `${id}.empty.pdf`), empty.bytes)
  await pictureOf(file, join(out, id))
  const hostile = await tried(other, input, out)
  return {
    id,
    pages: made.pages,
    bytes: made.bytes.length,
    ms,
    elements: elementsOf(input).length,
    hostile: hostile.elements,
    ofd,
    problems: [...problems, ...hostile.problems],
  }
}

const unmade = (id: string, error: unknown): Outcome => {
  const details = error instanceof Error && 'details' in error ? ` ${String(error.details)}` : ''
  return {
    id,
    pages: 0,
    bytes: 0,
    ms: 0,
    elements: 0,
    hostile: 0,
    ofd: { bytes: 0, ms: 0, worst: 0 },
    problems: [`not made: ${String(error)}${details}`],
  }
}

async function outcomes(wanted: readonly string[], out: string): Promise<readonly Outcome[]> {
  const samples = buildSamples(loadDefinitions())
  const renderers = [createRenderer({ lawDir }), createRenderer({ lawDir })] as const
  const done: Outcome[] = []
  for (const id of wanted) {
    const input = samples.get(id)
    done.push(
      input === undefined
        ? unmade(id, 'no sample')
        : await outcomeOf(renderers, input, out).catch((error: unknown) => unmade(id, error)),
    )
  }
  await Promise.all(renderers.map((one) => one.close()))
  return done
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

function reportOf(all: readonly Outcome[]) {
  const times = all.map((one) => one.ms).toSorted((a, b) => a - b)
  return {
    documents: all.length,
    pages: sum(all.map((one) => one.pages)),
    elements: sum(all.map((one) => one.elements)),
    hostileElements: sum(all.map((one) => one.hostile)),
    msEach: Math.round(sum(times) / Math.max(1, all.length)),
    msMedian: Math.round(times[Math.floor(times.length / 2)] ?? 0),
    bytesEach: Math.round(sum(all.map((one) => one.bytes)) / Math.max(1, all.length)),
    ofdMsEach: Math.round(sum(all.map((one) => one.ofd.ms)) / Math.max(1, all.length)),
    ofdBytesEach: Math.round(sum(all.map((one) => one.ofd.bytes)) / Math.max(1, all.length)),
    ofdDifference: Math.max(0, ...all.map((one) => one.ofd.worst)),
    failures: all.filter((one) => one.problems.length > 0).length,
    problems: all.filter((one) => one.problems.length > 0).map(({ id, problems }) => ({ id, problems })),
  }
}

const wanted = values.all ? definitionIds() : positionals
if (wanted.length === 0) {
  process.stdout.write('npm run documents -- --all [--json] [--out DIR]\nnpm run documents -- <id> …\n')
  process.exit(2)
}
if ((await installDebianPackages(PDF_TOOLS)) !== 0) process.exit(1)
const out = values.out ?? 'out'
mkdirSync(out, { recursive: true })
const report = reportOf(await outcomes(wanted, out))
const { problems, ...figures } = report
process.stdout.write(
  values.json
    ? `${JSON.stringify(report)}\n`
    : [
        ...problems.map(({ id, problems: found }) => `${id}\n${found.map((one) => `  ${one}\n`).join('')}`),
        ...Object.entries(figures).map(([figure, value]) => `${figure.padEnd(16)} ${value}\n`),
      ].join(''),
)
process.exitCode = report.failures === 0 ? 0 : 1
