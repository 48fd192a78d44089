import { expect, it } from 'vitest'
import { itemSquare } from './item-square.ts'

const item = { documentId: '0195f1c2-7d3e-7aaa-9b1c-6a2f4de01234', row: 3, sha256: 'ab'.repeat(32) }

it('leads to the check of the list and says which row of which document it is', () => {
  expect(itemSquare({ ...item, portal: 'https://zoumaling.example/' })).toBe(
    `https://zoumaling.example/check?sha256=${item.sha256}#${item.documentId}/3`,
  )
})

it('says the same in lines where there is no portal', () => {
  expect(itemSquare(item)).toBe(`liuhen.item.v1\n${item.documentId}/3\n${item.sha256}`)
})
