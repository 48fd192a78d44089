import { describe, expect, it } from 'vitest'
import { ownPack } from './own-pack.ts'

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
