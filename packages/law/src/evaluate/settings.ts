import type { World } from './world.ts'

/** What the agency has set; its default holds where the agency set none. */
export const settingOf = (world: World, id: string): string | number | boolean | null =>
  world.settings[id] ?? world.caseLaw.law.settings.get(id)?.default ?? null
