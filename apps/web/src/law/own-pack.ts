type Pack = Readonly<{ id: string; layer: string }>
type Agency = Readonly<{ base: string; overlays: readonly string[] }>

/** The text that an agency works by: its base, or what is put on national law where that is the base. */
export const ownPack = <P extends Pack>(packs: readonly P[], agency: Agency): P | undefined =>
  packs.find((p) => p.id === agency.base && p.layer !== 'national') ??
  packs.find((p) => agency.overlays.includes(p.id)) ??
  packs.find((p) => p.id === agency.base) ??
  packs[0]
