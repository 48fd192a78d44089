import { expect, it } from 'vitest'
import { docxInThread } from './docx-in-thread.ts'

const copy = { pdf: Uint8Array.of(1), name: '立案审批表', agency: '甲' }

it('gives up at its limit, and what failed takes nobody their turn', async () => {
  const tries = Array.from({ length: 5 }, () => docxInThread(copy, 0))
  const ended = await Promise.allSettled(tries)
  expect(ended.map((e) => e.status === 'rejected' && String(e.reason))).toEqual(
    tries.map(() => expect.stringContaining('took longer')),
  )
  await expect(docxInThread(copy)).rejects.not.toThrow('took longer')
})
