import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idNumberCheck, innerCodeCheck, isCivilDate, isIdNumber, isOrgCode, isPhone } from './identifiers.ts'

describe('resident identity number (GB 11643)', () => {
  it('accepts the sample of the standard', () => expect(isIdNumber('11010519491231002X')).toBe(true))
  it('refuses a wrong check character and a small x', () => {
    expect(isIdNumber('110105194912310021')).toBe(false)
    expect(isIdNumber('11010519491231002x')).toBe(false)
  })
  it('refuses a birthday that does not exist even when the check character fits', () => {
    const first17 = '11010519490230002'
    expect(isIdNumber(first17 + idNumberCheck(first17))).toBe(false)
  })
  it('notices every change of one digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (at, add) => {
        const good = '11010519491231002X'
        const digit = String((Number(good[at]) + add) % 10)
        expect(isIdNumber(good.slice(0, at) + digit + good.slice(at + 1))).toBe(false)
      }),
    )
  })
})

describe('unified social credit code (GB 32100)', () => {
  it.each(['9144030071526726XG', '11230500001755309F', '91230500MA1B3N1N2M'])('accepts %s', (code) => {
    expect(isOrgCode(code)).toBe(true)
    expect(innerCodeCheck(code.slice(8, 16))).toBe(code[16])
  })
  it('refuses a wrong check character and letters outside the alphabet', () => {
    expect(isOrgCode('9144030071526726XH')).toBe(false)
    expect(isOrgCode('9144030071526726IG')).toBe(false)
    expect(isOrgCode('')).toBe(false)
  })
})

describe('dates and telephone numbers', () => {
  it('knows leap years', () => {
    expect(isCivilDate('2024-02-29')).toBe(true)
    expect(isCivilDate('2026-02-29')).toBe(false)
    expect(isCivilDate('1900-02-29')).toBe(false)
    expect(isCivilDate('2026-13-01')).toBe(false)
  })
  it('accepts mobiles, landlines and service numbers, and refuses the rest', () => {
    for (const good of ['13907198842', '027-83081234', '0718-8222222-801', '12345', '400-123-4567'])
      expect(isPhone(good)).toBe(true)
    for (const bad of ['1390719884', '12907198842', '电话', '']) expect(isPhone(bad)).toBe(false)
  })
})
