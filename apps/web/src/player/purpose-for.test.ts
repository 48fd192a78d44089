import { expect, test } from 'vitest'
import { purposeFor } from './purpose-for.ts'

test('who investigates looks for the case, a reviewer to review, a supervisor to supervise', () => {
  expect(purposeFor(['legal-reviewer', 'officer'])).toBe('case-work')
  expect(purposeFor(['legal-reviewer'])).toBe('review')
  expect(purposeFor(['supervisor'])).toBe('supervision')
  expect(purposeFor(['agency-head'])).toBe('case-work')
})
