import { expect, it } from 'vitest'
import { realLaw } from './law/real-law.ts'

/** Notes that say: we know the rule from others, not from its text. */
const NOT_READ = /转述|通行理解|(条文|正文|原文|全文)\S*(未读|未取得|未核对|未逐字核对)/

it('no provision is called confirmed whose note says that its text was not read', () => {
  const unread = realLaw().provisions.filter((p) => NOT_READ.test(p.note ?? ''))
  expect(unread.map((p) => p.id)).toEqual(
    expect.arrayContaining(['credit-repair', 'arc-21', 'archive-8', 'pipl-47']),
  )
  expect(unread.filter((p) => p.confirmed).map((p) => p.id)).toEqual([])
})
