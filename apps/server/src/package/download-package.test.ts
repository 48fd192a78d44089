import { expect, test } from 'vitest'
import { packageFileName } from './download-package.ts'

const caseNo = '走街立〔2026〕1号'

test('the name of a package says which volumes it holds, and for whom', () => {
  const whole = { caseNo, audience: 'whole' as const }
  expect(packageFileName({ ...whole, recipient: '武汉市东西湖区人民法院' })).toBe(
    '走街立〔2026〕1号-案卷包-全卷-武汉市东西湖区人民法院.tar',
  )
  expect(packageFileName({ ...whole, recipient: undefined })).toBe('走街立〔2026〕1号-案卷包-全卷.tar')
  expect(packageFileName({ caseNo, audience: 'party', recipient: '刘某' })).toBe(
    '走街立〔2026〕1号-案卷包-当事人正卷.tar',
  )
})

test('no recipient leads out of the folder or makes the name too long', () => {
  const name = packageFileName({ caseNo, audience: 'whole', recipient: `../某\u202e院/${'长'.repeat(200)}` })
  expect(name).toMatch(/^走街立〔2026〕1号-案卷包-全卷-\.\._某_院_长+\.tar$/)
  expect(new TextEncoder().encode(name).length).toBeLessThan(255)
})
