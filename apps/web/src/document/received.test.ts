import type { DocumentView } from '@liuhen/api/schema/document-view'
import { expect, test } from 'vitest'
import { receivedBy, serviceOf } from './received.ts'

const plain = { min: 1, refusable: false }
const decision = {
  signatures: [
    { ...plain, role: 'officer', label: '执法人员签名' },
    { ...plain, role: 'party', label: '当事人签收', receives: true as const },
  ],
}
const slot = (role: string, label: string, got: DocumentView['signatures'][number]['got']) => ({
  role,
  label,
  got,
})
const paper = (method: 'handwriting' | 'refused', at = '2026-05-18T09:10:00+08:00'): DocumentView =>
  ({
    issuedAt: '2026-05-18T09:10:30+08:00',
    signatures: [
      slot('officer', '执法人员签名', [{ name: '周某', at, method: 'handwriting' }]),
      slot('party', '当事人签收', [{ name: '吴某', at, method }]),
    ],
  }) as unknown as DocumentView

test('pen-61 who signed for a paper on it has it, since it was issued', () => {
  expect(receivedBy(paper('handwriting'), decision)).toEqual({
    name: '吴某',
    at: '2026-05-18T09:10:30+08:00',
  })
  expect(receivedBy(paper('handwriting', '2026-05-18T09:12:00+08:00'), decision)?.at).toContain('09:12')
})

test('a refusal to sign is no delivery, nor is the hand of an officer', () => {
  expect(receivedBy(paper('refused'), decision)).toBeUndefined()
  const signatures = decision.signatures.map((one) => ({ ...plain, role: one.role, label: one.label }))
  expect(receivedBy(paper('handwriting'), { signatures })).toBeUndefined()
})

test('the only film around the time is of it, two are not chosen between', () => {
  const film = (id: string) => ({ id, from: '2026-05-18T09:00:00+08:00', to: '2026-05-18T09:20:00+08:00' })
  const served = (...recordings: ReturnType<typeof film>[]) =>
    serviceOf({ name: '吴某', at: '2026-05-18T09:10:30+08:00' }, {
      handlers: [{ personId: 'a' }],
      recordings,
    } as unknown as Parameters<typeof serviceOf>[1])
  expect(served(film('1'))).toMatchObject({ mode: 'direct', officerIds: ['a'], recordingIds: ['1'] })
  expect(served(film('1'), film('2')).recordingIds).toEqual([])
})
