import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { expect, test } from 'vitest'
import { noteOfReturn } from './note-of-return.ts'
import { namedSigner } from './progress.ts'
import { receiptForm, receiptsOf } from './receipt-form.ts'

const definitions = new Map([['receipt', { provesService: true as const }]])
const step = (id: string, status: string, ...types: string[]) => ({
  id,
  status,
  documents: types.map((type) => ({ type, required: false, done: false })),
})
const file = (...steps: ReturnType<typeof step>[]) =>
  ({ id: 'c', evaluation: { steps } }) as unknown as CaseWorkspace

test('the receipt is made in the step of its paper, or else where receipts are made now', () => {
  const order = { id: 'd', step: 'order' }
  const own = receiptForm(
    file(step('service', 'begun', 'receipt'), step('order', 'done', 'receipt')),
    order,
    definitions,
  )
  expect(own).toMatchObject({ params: { id: 'c', type: 'receipt' }, search: { step: 'order', about: 'd' } })
  const other = receiptForm(
    file(step('order', 'done', 'order'), step('service', 'begun', 'receipt')),
    order,
    definitions,
  )
  expect(other).toMatchObject({ search: { step: 'service' } })
  expect(receiptForm(file(step('service', 'blocked', 'receipt')), order, definitions)).toBeUndefined()
})

test('receipts of a paper are those that stand and are about it', () => {
  const paper = (id: string, more: object) => ({ id, type: 'receipt', about: 'd', state: 'issued', ...more })
  const documents = [
    paper('1', {}),
    paper('2', { state: 'voided' }),
    paper('3', { about: 'x' }),
    paper('4', { type: 'letter' }),
    paper('5', { state: 'submitted' }),
  ] as unknown as DocumentView[]
  expect(receiptsOf({ documents }, { id: 'd' }, definitions).map((d) => d.id)).toEqual(['1', '5'])
})

test('who received the paper for the party signs its receipt', () => {
  const slot = { role: 'recipient', label: '受送达人（签收人）' }
  const definition = { signatures: [{ ...slot, min: 1, refusable: true, named: 'receiver' }] }
  expect(namedSigner(slot, { data: { receiver: '刘某（收发室）' } }, definition)).toBe('刘某（收发室）')
  expect(namedSigner(slot, { data: {} }, definition)).toBeUndefined()
  expect(
    namedSigner({ ...slot, role: 'witness' }, { data: { receiver: '刘某' } }, definition),
  ).toBeUndefined()
})

test('of a letter that came back its number is known already', () => {
  const field = { type: 'text' as const, options: [], open: false, required: false }
  const note = {
    name: 'lost',
    fields: [
      { ...field, key: 'mode', label: '方式' },
      { ...field, key: 'mailNo', label: '单号' },
      { ...field, key: 'reason', label: '原因' },
    ],
  } as unknown as CaseWorkspace['notes'][number]
  const sent = { mode: 'mail', at: '2026-03-04T09:00:00+08:00', data: { mailNo: 'EA1' } }
  expect(noteOfReturn(note, sent).fields.map((f) => f.known)).toEqual(['mail', 'EA1', undefined])
})
