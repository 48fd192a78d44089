import type { AgencyProfile } from '@liuhen/domain/agency/events'

/** An agency as its projection has it. */
export type AgencyRow = Readonly<{
  id: string
  settings: Readonly<Record<string, string | number | boolean | null>>
}> &
  Readonly<AgencyProfile>
