import { expect, test } from 'vitest'
import { knownOfService } from './known-of-service.ts'
import { nextReceipt } from './receipt-form.ts'

const NOW = '2026-05-18T10:00:00+08:00'
const file = { party: { kind: 'person' as const, name: '刘某' }, handlers: [] }
const served = [{ no: 0, mode: 'direct', at: '2026-05-18T09:10:30+08:00', recipient: '刘某' }]

test('pen-61 a first service is handed over now, unless the record says otherwise', () => {
  const first = knownOfService(file, { served: [], unserved: [], addressees: [] }, undefined, NOW)
  expect(first).toMatchObject({ mode: 'direct', servedAt: NOW, recipient: '刘某' })
  const sent = { mode: 'mail', at: NOW, data: {} }
  expect(knownOfService(file, { served: [], unserved: [], addressees: [], sent }, undefined, NOW).mode).toBe(
    'mail',
  )
})

test('of a second service nothing is presumed that the form must ask: neither way, time nor recipient', () => {
  const again = knownOfService(file, { served, unserved: [], addressees: [] }, undefined, NOW)
  expect(again).toEqual({ officerIds: [], recordingIds: [] })
})

test('pen-61 of several on whom it is served, the next who is wanting is meant, or whom the receipt names', () => {
  const several = { served, addressees: ['刘某', '王某', '赵某'], unserved: ['王某', '赵某'] }
  expect(knownOfService(file, several, undefined, NOW)).toMatchObject({ party: '王某', recipient: '王某' })
  const receipt = { id: 'r2', data: { recipient: '赵某' } }
  expect(knownOfService(file, several, receipt, NOW)).toMatchObject({ party: '赵某', recipient: '赵某' })
  // Somebody of the household signed for the one who is wanting.
  const other = { id: 'r2', data: { recipient: '王妻' } }
  expect(knownOfService(file, several, other, NOW)).toMatchObject({ party: '王某', recipient: '王妻' })
})

test('a receipt of its own says how the second service went', () => {
  const data = { mode: 'leave', servedAt: '2026-05-19T09:00:00+08:00', recipient: '王某' }
  const again = knownOfService(file, { served, unserved: [], addressees: [] }, { id: 'r2', data }, NOW)
  expect(again).toMatchObject({ ...data, receiptId: 'r2' })
})

test('the receipt that is taken over is that of a service which is not registered yet', () => {
  const [one, two] = [{ data: { recipient: '刘某' } }, { data: { recipient: '王某' } }]
  expect(nextReceipt({ served, unserved: [] }, [one])).toBeUndefined()
  expect(nextReceipt({ served, unserved: [] }, [one, two])).toBe(two)
  // The first of several was served without a receipt; the one that is there is of the other.
  expect(nextReceipt({ served, unserved: ['王某'] }, [two])).toBe(two)
  expect(nextReceipt({ served, unserved: ['王某'] }, [two, one])).toBe(two)
})
