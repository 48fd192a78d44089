import { z } from 'zod'
import { BECAUSES } from '@liuhen/domain/recording/suggest'
import { defineRoute } from '../route.ts'
import { Page, paged } from '../schema/page.ts'
import { RecordingRow } from './recordings.ts'

/** A case and a step where a recording may belong, in words. */
export const SuggestionView = z.object({
  caseId: z.string(),
  caseNo: z.string(),
  caseTitle: z.string(),
  step: z.string(),
  stepName: z.string(),
  scene: z.string().optional(),
  sceneName: z.string().optional(),
  because: z.array(z.enum(BECAUSES)),
  metres: z.int().optional(),
  /** So much speaks for it that it is offered ticked. */
  sure: z.boolean(),
})
export type SuggestionView = z.infer<typeof SuggestionView>

/** A recording that is not filed, or filed and not labelled as the texts want. */
export const UntaggedRow = RecordingRow.extend({
  suggestions: z.array(SuggestionView),
  /** Where it is filed already: only its labels are missing. */
  filed: z.object({ caseNo: z.string(), caseTitle: z.string(), stepName: z.string() }).optional(),
})
export type UntaggedRow = z.infer<typeof UntaggedRow>

export const listUntagged = defineRoute({
  id: 'listUntagged',
  method: 'GET',
  path: '/untagged-recordings',
  title: '待归类的音像',
  tag: '音像',
  access: 'signed-in',
  /** `ids`: these alone, with commas between them; what waits for nobody any more is left out. */
  query: Page.pick({ limit: true }).extend({ ids: z.string().max(2_000).optional() }),
  response: paged(UntaggedRow).extend({ total: z.int() }),
})
