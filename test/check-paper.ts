import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Rendered, RenderInput } from '../apps/server/src/pdf/render-input.ts'
import { elementsOf, missingFrom } from './paper-elements.ts'
import { marksAmiss } from './paper-marks.ts'

const execute = promisify(execFile)

/** What somebody else's tools say of a paper on the disk. */
const ask = async (tool: string, args: readonly string[]): Promise<string> => {
  const { stdout, stderr } = await execute(tool, [...args], { maxBuffer: 64 * 1024 * 1024 })
  return stdout + stderr
}

const complaint = (error: unknown): string => {
  const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : ''
  return (said || String(error)).trim().split('\n').slice(0, 3).join('; ')
}

/** Complaints; none when all is well. A tool that fails is a complaint itself: nothing passes unasked. */
const guarded = (what: string, work: () => Promise<readonly string[]>): Promise<readonly string[]> =>
  work().then(
    (found) => found.map((one) => `${what}: ${one}`),
    (error: unknown) => [`${what}: ${complaint(error)}`],
  )

/** Only families that npm pins, each embedded as a subset that says which characters it draws. */
export const checkFonts = (file: string, families: readonly RegExp[]) =>
  guarded('fonts', async () => {
    const rows = (await ask('pdffonts', [file]))
      .split('\n')
      .slice(2)
      .filter((line) => line.trim() !== '')
    if (rows.length === 0) return ['no text is set in any font']
    return rows.flatMap((row) => {
      const name = row.split(/\s/)[0] ?? ''
      const flags = /\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+\s*$/.exec(row)
      const [, embedded, subset, unicode] = flags ?? []
      return [
        ...(embedded === 'yes' ? [] : [`${name} is not embedded`]),
        ...(subset === 'yes' ? [] : [`${name} is no subset`]),
        ...(unicode === 'yes' ? [] : [`${name} does not say which characters it draws`]),
        ...(families.some((family) => family.test(name)) ? [] : [`${name} is not one of ours`]),
      ]
    })
  })

export const PINNED_FAMILIES = [/^[A-Z]{6}\+NotoSerifSC-(Regular|Black)/, /^[A-Z]{6}\+NotoSansSC-Regular/]

const MARKS = [
  '<pdfaid:part>3</pdfaid:part>',
  '<pdfaid:conformance>B</pdfaid:conformance>',
  '/OutputIntents',
  '/GTS_PDFA1',
]

export const checkMarks = (file: string) =>
  guarded('PDF/A', async () => {
    const raw = await readFile(file, 'latin1')
    const encrypted = (await ask('pdfinfo', [file])).includes('Encrypted:      yes')
    return [
      ...MARKS.filter((mark) => !raw.includes(mark)).map((mark) => `no ${mark}`),
      ...(encrypted ? ['it is encrypted'] : []),
    ]
  })

const checkStructure = (file: string) =>
  guarded('qpdf', async () => {
    const said = await ask('qpdf', ['--check', file])
    return said.includes('No syntax or stream encoding errors found') ? [] : [said.trim()]
  })

export const checkText = (file: string, input: RenderInput) =>
  guarded('text', async () => {
    const pages = (await ask('pdftotext', ['-raw', '-enc', 'UTF-8', file, '-'])).split('\f').slice(0, -1)
    const missing = missingFrom(pages, elementsOf(input))
    return missing.map((one) => `${one.path} is not printed: ${one.text.slice(0, 40)}`)
  })

/** Marks that nobody typed so, and paragraphs of a letter that do not end. */
export const checkWriting = (file: string, input: RenderInput) =>
  guarded('writing', async () =>
    marksAmiss(
      input,
      (await ask('pdftotext', ['-raw', '-enc', 'UTF-8', file, '-'])).split('\f').slice(0, -1),
    ),
  )

const checkData = (file: string, dataJson: string) =>
  guarded('data', async () => {
    const listed = (await ask('pdfdetach', ['-list', file])).trim().split('\n')
    if (!/^1 embedded files?$/.test(listed[0] ?? '') || !listed[1]?.endsWith(': data.json'))
      return [`attached is ${listed.join(', ')}`]
    const saved = `${file}.data`
    await ask('pdfdetach', ['-save', '1', '-o', saved, file])
    return (await readFile(saved, 'utf8')) === dataJson ? [] : ['the attached data is not what was given']
  })

/** What is wrong with a paper that was made of `input`, by tools that are not ours. */
export const checkPaper = async (
  file: string,
  input: RenderInput,
  made: Rendered,
  again: Rendered,
): Promise<readonly string[]> => {
  await writeFile(file, made.bytes)
  const found = await Promise.all([
    checkMarks(file),
    checkFonts(file, PINNED_FAMILIES),
    checkStructure(file),
    checkText(file, input),
    checkWriting(file, input),
    checkData(file, made.dataJson),
  ])
  const isSame = Buffer.compare(made.bytes, again.bytes) === 0
  return [...found.flat(), ...(isSame ? [] : ['bytes: made again, it is not the same'])]
}

/** The first page as a picture. */
export const pictureOf = (file: string, target: string): Promise<string> =>
  ask('pdftoppm', ['-png', '-r', '70', '-f', '1', '-l', '1', '-singlefile', file, target])
