import { describe, expect, it } from 'vitest'
import { DocumentDefinition } from '@liuhen/law/document-definition'
import { awaitsPdf, likelySigner, volumeOf } from './progress.ts'

const form = DocumentDefinition.parse({
  id: 'inspection-record',
  name: '现场检查笔录',
  effectiveFrom: '2021-01-01',
  requiredBy: [],
  audience: 'main',
  volumeField: 'volume',
  sections: [
    {
      title: '一',
      fields: [
        { id: 'onSite', label: '现场负责人', kind: 'text' },
        {
          id: 'volume',
          label: '卷别',
          kind: 'choice',
          options: [
            { value: 'main', label: '正卷' },
            { value: 'sub', label: '副卷' },
          ],
        },
      ],
    },
  ],
})
const slot = { role: 'party', label: '当事人（现场负责人）签名' }

describe('who signs for the party', () => {
  it('is the person on site whom the form names, else the party', () => {
    expect(likelySigner(slot, { data: { onSite: '张三' } }, form, '某店')).toBe('张三')
    expect(likelySigner(slot, { data: {} }, form, '某店')).toBe('某店')
    expect(likelySigner({ ...slot, role: 'witness' }, { data: {} }, form, '某店')).toBeUndefined()
  })
})

describe('the volume of a paper', () => {
  it('is what the paper says where its kind is in both', () => {
    expect(volumeOf({ audience: 'main', data: { volume: 'sub' } }, form)).toBe('sub')
    expect(volumeOf({ audience: 'main', data: {} }, undefined)).toBe('main')
  })
})

describe('the archival PDF', () => {
  const signed = {
    role: 'party',
    label: '',
    need: 1,
    refusable: false,
    receives: false,
    ownHand: false,
    can: true as const,
  }
  const got = [{ name: '张三', at: '2026-03-10T09:00:00+08:00', method: 'handwriting' as const }]
  it('is awaited once everybody has signed, and not before', () => {
    const document = { state: 'issued' as const, approvals: [], signatures: [{ ...signed, got }] }
    expect(awaitsPdf(document)).toBe(true)
    expect(awaitsPdf({ ...document, signatures: [{ ...signed, got: [] }] })).toBe(false)
    expect(awaitsPdf({ ...document, state: 'voided' })).toBe(false)
    expect(awaitsPdf({ ...document, pdf: { sha256: '', sizeBytes: 1, pages: 1 } })).toBe(false)
  })
})
