import { describe, expect, it } from 'vitest'
import { previewDocument, saveDraft, submitDocument } from './documents.ts'

describe('what is written into a form', () => {
  const written = (text: string) => ({ type: 't', step: 's', revision: 0, data: { text } })

  it('is taken up to some 200 pages, and refused beyond them with what to do', () => {
    for (const { body } of [saveDraft, previewDocument, submitDocument]) {
      expect(body.safeParse(written('字'.repeat(190_000))).success).toBe(true)
      const refused = body.safeParse(written('字'.repeat(200_000)))
      expect(refused.error?.issues.map((i) => i.message)).toEqual([
        expect.stringContaining('请删减文字') as string,
      ])
    }
  })
})
