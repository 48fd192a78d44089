import { NotCarriedOver } from './page-object.ts'

/** A table by its name of four letters. */
type Tables = ReadonlyMap<string, Buffer>

const HEADER_BYTES = 12
const ENTRY_BYTES = 16

function tablesOf(program: Uint8Array): Tables {
  const bytes = Buffer.from(program)
  const count = bytes.readUInt16BE(4)
  return new Map(
    Array.from({ length: count }, (_, i) => {
      const entry = HEADER_BYTES + i * ENTRY_BYTES
      const [offset, size] = [bytes.readUInt32BE(entry + 8), bytes.readUInt32BE(entry + 12)]
      return [bytes.toString('latin1', entry, entry + 4), bytes.subarray(offset, offset + size)]
    }),
  )
}

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])

function sumOf(bytes: Buffer): number {
  let sum = 0
  for (let i = 0; i < bytes.length; i += 4) sum = (sum + bytes.readUInt32BE(i)) >>> 0
  return sum
}

const u16 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2)
  values.forEach((value, i) => bytes.writeUInt16BE(value & 0xffff, i * 2))
  return bytes
}
const u32 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, i) => bytes.writeUInt32BE(value >>> 0, i * 4))
  return bytes
}

/** Which glyph a character has; by the character's number. */
export type Characters = ReadonlyMap<number, number>
type Entries = readonly (readonly [character: number, glyph: number])[]

/** Characters up to U+FFFF, one segment each (OpenType, cmap format 4): what every program reads. */
function segments(entries: Entries): Buffer {
  const all = [...entries.filter(([character]) => character < 0xffff), [0xffff, 0] as const]
  const power = 2 ** Math.floor(Math.log2(all.length))
  const characters = u16(...all.map(([character]) => character))
  const body = Buffer.concat([
    u16(all.length * 2, power * 2, Math.log2(power), (all.length - power) * 2),
    characters,
    u16(0),
    characters,
    u16(...all.map(([character, glyph]) => glyph - character)),
    Buffer.alloc(all.length * 2),
  ])
  return Buffer.concat([u16(4, body.length + 6, 0), body])
}

/** All characters (format 12). */
const groups = (entries: Entries): Buffer =>
  Buffer.concat([
    u16(12, 0),
    u32(16 + entries.length * 12, 0, entries.length),
    ...entries.map(([character, glyph]) => u32(character, character, glyph)),
  ])

function cmap(characters: Characters): Buffer {
  const entries = [...characters].toSorted(([a], [b]) => a - b)
  const [short, long] = [segments(entries), groups(entries)]
  return Buffer.concat([u16(0, 2, 3, 1), u32(20), u16(3, 10), u32(20 + short.length), short, long])
}

const need = (tables: Tables, name: string): Buffer => {
  const table = tables.get(name)
  if (table === undefined) throw new NotCarriedOver(`typeface without ${name}`)
  return table
}

/** Measures that some programs want before they take a typeface (OS/2, version 1). It may be embedded: nothing is restricted. */
function measures(tables: Tables, characters: Characters): Buffer {
  const lines = need(tables, 'hhea')
  const [ascent, descent] = [lines.readInt16BE(4), lines.readInt16BE(6)]
  const em = need(tables, 'head').readUInt16BE(18)
  const all = [...characters.keys()].map((one) => Math.min(one, 0xffff))
  return Buffer.concat([
    u16(1, em, 400, 5, 0, em / 2, em / 2, 0, 0, em / 2, em / 2, 0, 0, em / 20, em / 4, 0),
    Buffer.alloc(10),
    u32(0, 0, 0, 0),
    Buffer.from('    '),
    u16(0x40, Math.min(...all), Math.max(...all), ascent, descent, 0, ascent, -descent),
    u32(0, 0),
  ])
}

/**
 * A typeface of a PDF as a file of its own. There glyphs are named by number; here also by character, so that a program
 * which does not read the numbers shows the same words. Its outlines stay as they are.
 */
export function openType(program: Uint8Array, characters: Characters): Uint8Array {
  const own = tablesOf(program)
  const tables = [
    ...own,
    ['OS/2', measures(own, characters)] as const,
    ['cmap', cmap(characters)] as const,
  ].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const power = 2 ** Math.floor(Math.log2(tables.length))
  const header = Buffer.concat([
    u32(0x00010000),
    u16(tables.length, power * 16, Math.log2(power), (tables.length - power) * 16),
  ])
  let offset = HEADER_BYTES + tables.length * ENTRY_BYTES
  const entries = tables.map(([name, table]) => {
    const entry = Buffer.concat([
      Buffer.from(name, 'latin1'),
      u32(sumOf(padded(table)), offset, table.length),
    ])
    offset += padded(table).length
    return entry
  })
  return Buffer.concat([header, ...entries, ...tables.map(([, table]) => padded(table))])
}
