import { describe, expect, it } from 'vitest'
import { isOwn, ownFirst, ownPack } from './own-pack.ts'

const packs = [
  { id: 'national', layer: 'national' },
  { id: 'street', layer: 'base' },
  { id: 'police', layer: 'overlay' },
]

describe('the text that an agency works by', () => {
  it('is its base, also where something is put on it', () => {
    expect(ownPack(packs, { base: 'street', overlays: ['police'] })?.id).toBe('street')
  })
  it('is what is put on national law', () => {
    expect(ownPack(packs, { base: 'national', overlays: ['police'] })?.id).toBe('police')
  })
  it('is national law where nothing else is', () => {
    expect(ownPack(packs, { base: 'national', overlays: [] })?.id).toBe('national')
  })
})

describe('the shelf', () => {
  it('begins with the texts of the agency, its base before what is put on it', () => {
    const agency = { base: 'street', overlays: ['police'] }
    expect(ownFirst(packs, agency).map((p) => p.id)).toEqual(['street', 'police', 'national'])
    expect(packs.map((p) => isOwn(p, agency))).toEqual([false, true, true])
  })
})
