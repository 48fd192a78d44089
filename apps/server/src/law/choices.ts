import type { PackChoice } from '@liuhen/domain/agency/commands'
import type { Law } from '@liuhen/law/law'

export type PackEntry = PackChoice & Readonly<{ title: string }>

/** What an agency may choose: national law alone, a base, overlays. Of several versions of a pack one entry. */
export const packChoices = (law: Law): readonly PackEntry[] => {
  const packs = new Map(law.packs.map(({ pack }) => [pack.id, pack]))
  return [
    { id: 'national', title: '仅适用国家规定', layer: 'national' },
    ...[...packs.values()].map(({ id, title, layer }) => ({ id, title, layer })),
  ]
}

export const packTitle = (law: Law, id: string): string =>
  packChoices(law).find((p) => p.id === id)?.title ?? id
