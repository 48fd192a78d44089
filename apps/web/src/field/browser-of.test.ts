import { expect, it } from 'vitest'
import { browserOf } from './browser-of.ts'

it.each([
  ['Edge', 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 EdgA/130.0'],
  ['Chrome', 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36'],
  ['Safari', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1'],
  ['Firefox', 'Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0'],
  [undefined, 'something else'],
])('a browser calls itself %s', (name, userAgent) => {
  expect(browserOf(userAgent)).toBe(name)
})
