import { expect, test } from 'vitest'
import { knownOfService } from './known-of-service.ts'

const NOW = '2026-05-18T10:00:00+08:00'
const file = { party: { kind: 'person' as const, name: '刘某' }, handlers: [] }
const served = [{ no: 0, mode: 'direct', at: '2026-05-18T09:10:30+08:00', recipient: '刘某' }]

test('pen-61 a first service is handed over now, unless the record says otherwise', () => {
  const first = knownOfService(file, { served: [], unserved: [] }, undefined, NOW)
  expect(first).toMatchObject({ mode: 'direct', servedAt: NOW, recipient: '刘某' })
  const sent = { mode: 'mail', at: NOW, data: {} }
  expect(knownOfService(file, { served: [], unserved: [], sent }, undefined, NOW).mode).toBe('mail')
})

test('of a second service nothing is presumed that the form must ask: neither way, time nor recipient', () => {
  const again = knownOfService(file, { served, unserved: [] }, undefined, NOW)
  expect(again).toEqual({ officerIds: [], recordingIds: [] })
  expect(knownOfService(file, { served, unserved: ['王某'] }, undefined, NOW).recipient).toBe('王某')
})

test('a receipt of its own says how the second service went', () => {
  const data = { mode: 'leave', servedAt: '2026-05-19T09:00:00+08:00', recipient: '王某' }
  const again = knownOfService(file, { served, unserved: [] }, { id: 'r2', data }, NOW)
  expect(again).toMatchObject({ ...data, receiptId: 'r2' })
})
