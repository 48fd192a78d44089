import { expect, it } from 'vitest'
import { qrText } from './qr-text.ts'

const checkpoint = 'liuhen.example/zoumaling\n128\nq3b0Zg==\n\n— liuhen.example/zoumaling AbCd\n'

it('carries document, number and the whole checkpoint', () => {
  expect(
    qrText({ documentId: 'd1', number: '走街罚决〔2026〕3号', checkpoint, portal: 'https://a.example/' }),
  ).toBe(`liuhen.document.v1\nhttps://a.example/check#d1\n走街罚决〔2026〕3号\n\n${checkpoint.trimEnd()}`)
})

it('drops the checkpoint rather than print a square that no phone can read', () => {
  expect(qrText({ documentId: 'd1', checkpoint: '签'.repeat(400) })).toBe('liuhen.document.v1\nd1')
})
