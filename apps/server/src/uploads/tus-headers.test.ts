import { expect, test } from 'vitest'
import { isMalformed, parseBytes, parseChecksum, parseConcat, parseMetadata } from './tus-headers.ts'

const b64 = (s: string) => Buffer.from(s).toString('base64')

test('metadata are read as UTF-8 by their keys, also without a value', () => {
  const map = parseMetadata(`filename ${b64('检查 01.mp4')},flag`)
  expect(isMalformed(map) ? map : Object.fromEntries(map)).toEqual({ filename: '检查 01.mp4', flag: '' })
  expect(parseMetadata(undefined)).toEqual(new Map())
})
test('metadata that are repeated, too long, too many or not base64 are malformed', () => {
  const many = Array.from({ length: 17 }, (_, i) => `k${i} ${b64('v')}`).join(',')
  for (const bad of [`a ${b64('1')},a ${b64('2')}`, 'a b c', 'a %%%', `a ${'A'.repeat(4096)}`, many, ','])
    expect(isMalformed(parseMetadata(bad)), bad.slice(0, 20)).toBe(true)
})
test('a count of bytes has one spelling', () => {
  expect(parseBytes('0')).toBe(0)
  expect(parseBytes('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER)
  for (const bad of [undefined, '', '-1', '01', '1.0', '1e3', ' 1', '9007199254740993', '99999999999999999'])
    expect(parseBytes(bad), String(bad)).toBeUndefined()
})
test('a checksum names an algorithm that is offered and has its length', () => {
  const digest = Buffer.alloc(32, 7)
  expect(parseChecksum(`sha256 ${digest.toString('base64')}`)).toEqual({
    algorithm: 'sha256',
    hex: digest.toString('hex'),
  })
  expect(parseChecksum(undefined)).toBeUndefined()
  for (const bad of ['md5 AAAA', `sha256 ${b64('short')}`, 'sha256', 'sha256 ****'])
    expect(isMalformed(parseChecksum(bad)), bad).toBe(true)
})

test('Upload-Concat names parts by any address of ours, each once', () => {
  const [a, b] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']
  expect(parseConcat('partial')).toEqual({ kind: 'partial' })
  expect(parseConcat(`final;/api/uploads/${a} https://other.example/api/uploads/${b}`)).toEqual({
    kind: 'final',
    partIds: [a, b],
  })
  for (const wrong of ['', 'final', 'final;', 'final;/api/uploads/x', `final;/u/${a} /u/${a}`])
    expect(isMalformed(parseConcat(wrong))).toBe(true)
})
