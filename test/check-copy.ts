import { readFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import { paperDocx } from '../apps/server/src/docx/paper-docx.ts'
import { COPY_MARK } from '../apps/server/src/pdf/copy-mark.ts'
import type { RenderInput } from '../apps/server/src/pdf/render-input.ts'
import { elementsOf, missingFrom } from './paper-elements.ts'

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The text of a part of a Word file as Word shows it; markup that is not well-formed is an error. */
const textOf = (markup: string): string => {
  const text = markup.replaceAll(/<[^<>]*>/g, '')
  if (/[<>]|&(?!(?:amp|lt|gt|quot|apos);)/.test(text)) throw new Error('the markup is not well-formed')
  return text.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '')
}

/** What is wrong with the Word copy of a paper: each element stands in it as on the paper, and each page says that it is a copy. */
export const checkCopy = async (pdf: Uint8Array, input: RenderInput): Promise<readonly string[]> => {
  const name = input.definition.name
  const parts = unzipSync(await paperDocx({ pdf, name, agency: '' }))
  const part = (found: RegExp): string => {
    const at = Object.keys(parts).find((one) => found.test(one))
    return at === undefined ? '' : textOf(strFromU8(parts[at] ?? new Uint8Array()))
  }
  const missing = missingFrom([part(/document\.xml$/)], elementsOf(input))
  return [
    ...missing.map((one) => `copy: ${one.path} is not in the Word copy: ${one.text.slice(0, 40)}`),
    ...(part(/header\d\.xml$/).includes(COPY_MARK) ? [] : ['copy: its pages do not say that it is one']),
  ]
}

export const checkCopyOf = async (file: string, input: RenderInput): Promise<readonly string[]> =>
  checkCopy(new Uint8Array(await readFile(file)), input)
