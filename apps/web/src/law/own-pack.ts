type Pack = Readonly<{ id: string; layer: string }>
type Agency = Readonly<{ base: string; overlays: readonly string[] }>

/** The text that an agency works by: its base, or what is put on national law where that is the base. */
export const ownPack = <P extends Pack>(packs: readonly P[], agency: Agency): P | undefined =>
  packs.find((p) => p.id === agency.base && p.layer !== 'national') ??
  packs.find((p) => agency.overlays.includes(p.id)) ??
  packs.find((p) => p.id === agency.base) ??
  packs[0]

/** The texts that the agency works by stand first, as they are put on one another; the others as they come. */
export const ownFirst = <P extends Pack>(packs: readonly P[], { base, overlays }: Agency): readonly P[] => {
  const own = [...new Set([base, ...overlays])].flatMap((id) => packs.filter((p) => p.id === id))
  return [...own, ...packs.filter((p) => !own.includes(p))]
}

export const isOwn = ({ id }: Pack, { base, overlays }: Agency): boolean =>
  id === base || overlays.includes(id)
