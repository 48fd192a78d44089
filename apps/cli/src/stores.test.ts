import { RestoreFault } from '@liuhen/domain/stores/events'
import { describe, expect, it } from 'vitest'
import { sayFault } from './stores.ts'

describe('what a rehearsal found', () => {
  it.each(RestoreFault.options)('is said in Chinese: %s', (found) => {
    expect(sayFault({ sha256: '00', found })).toMatch(/^✗ [\u4e00-\u9fff]+ 00$/)
  })
})
