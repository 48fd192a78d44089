import { describe, expect, it } from 'vitest'
import { likelyStart } from './media-times.ts'
import { movieTime } from './movie-time.ts'

const box = (type: string, ...body: readonly Uint8Array[]): Uint8Array => {
  const size = 8 + body.reduce((n, b) => n + b.length, 0)
  const bytes = new Uint8Array(size)
  new DataView(bytes.buffer).setUint32(0, size)
  bytes.set(new TextEncoder().encode(type), 4)
  let at = 8
  for (const part of body) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
const head = (seconds: number): Uint8Array => {
  const body = new Uint8Array(100)
  new DataView(body.buffer).setUint32(4, seconds)
  return box('mvhd', body)
}
const file = (...boxes: readonly Uint8Array[]): Blob => new Blob(boxes.map((b) => new Uint8Array(b)))
/** 2026-03-10 09:00 in China, from 1904. */
const SECONDS = Date.parse('2026-03-10T01:00:00Z') / 1000 + 2_082_844_800

describe('the time inside a movie', () => {
  it('is found before and behind the media', async () => {
    const moov = box('moov', box('udta'), head(SECONDS))
    const media = box('mdat', new Uint8Array(50))
    expect(await movieTime(file(box('ftyp'), moov, media))).toBe(Date.parse('2026-03-10T01:00:00Z'))
    expect(await movieTime(file(box('ftyp'), media, moov))).toBe(Date.parse('2026-03-10T01:00:00Z'))
  })
  it('is none where the file does not say it, is broken, or is something else', async () => {
    expect(await movieTime(file(box('moov', head(0))))).toBeUndefined()
    expect(await movieTime(file(box('ftyp')))).toBeUndefined()
    expect(await movieTime(new Blob(['not a movie at all, only words']))).toBeUndefined()
    expect(await movieTime(new Blob([]))).toBeUndefined()
  })
})

describe('the likely beginning', () => {
  const began = Date.parse('2026-03-10T05:00:00Z')
  const length = 600_000
  const hours = (n: number): number => n * 3_600_000
  it('is what the movie says, however long ago it was copied', () => {
    expect(likelyStart(began, length, began + length)).toBe(began)
    expect(likelyStart(began, length, began + hours(30))).toBe(began)
  })
  it('is eight hours earlier where a recorder wrote the time of China as that of Greenwich', () => {
    expect(likelyStart(began + hours(8), length, began + length)).toBe(began)
    expect(likelyStart(began + hours(8), length, began + hours(3))).toBe(began)
  })
  it('is nothing where neither can be', () => {
    expect(likelyStart(began + hours(9), length, began + length)).toBeUndefined()
    expect(likelyStart(undefined, length, began)).toBeUndefined()
  })
})
