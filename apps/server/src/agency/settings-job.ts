import { z } from 'zod'
import type { AgencySettings, SettingChange } from '@liuhen/domain/agency/events'
import type { Job } from '../event-store/store.ts'

export const DRY_RUN = 'dry-run-settings'
export const ADOPT_SETTINGS = 'adopt-settings'

export const SettingsJob = z.object({ agencyId: z.string(), proposalId: z.string() })
export type SettingsJob = z.infer<typeof SettingsJob>

export const settingsJob = (name: string, payload: SettingsJob): Job => ({
  name,
  payload,
  key: `${name}:${payload.proposalId}`,
  // Half an hour: the next proposal waits for this one.
  maxAttempts: 8,
})

export const valuesOf = (changes: readonly SettingChange[]): AgencySettings =>
  Object.fromEntries(changes.map((c) => [c.setting, c.to]))
