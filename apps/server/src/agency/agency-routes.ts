import { getAgency, registerAgency, setUp, setupState } from '@liuhen/api/routes/setup'
import * as settings from '@liuhen/api/routes/settings'
import { canRegisterAgency } from '@liuhen/domain/agency/can'
import { deny } from '@liuhen/domain/refusal'
import { bind, bindPublic, type Binding } from '../http/binding.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { recordAttempt } from '../event-store/record-attempt.ts'
import { ownAgency, setupState as readSetupState } from './agency-reads.ts'
import * as change from './change-settings.ts'
import { foundAgency } from './found-agency.ts'
import { keepPhrases, phrasesOf } from './phrases.ts'
import { viewSettings } from './view-settings.ts'

export const agencyBindings = (deps: CaseDeps): readonly Binding[] => [
  bindPublic(setupState, () => readSetupState(deps)),
  bindPublic(setUp, ({ commandId }, { body }) => foundAgency(deps, { ...body, commandId, first: true })),
  bind(registerAgency, async ({ commandId, actor, agencyId }, { body }) => {
    const can = canRegisterAgency(actor)
    const outcome =
      can === true ? await foundAgency(deps, { ...body, commandId, actor, first: false }) : deny(can)
    if ('refused' in outcome)
      await recordAttempt(deps.store, { agencyId, actor, what: registerAgency.id, refusal: outcome })
    return outcome
  }),
  bind(getAgency, ({ agencyId }) => ownAgency(deps, agencyId)),
  bind(settings.getSettings, ({ actor }) => viewSettings(deps, actor)),
  bind(settings.listPhrases, ({ actor }) => phrasesOf(deps, actor)),
  bind(settings.keepPhrases, ({ commandId, actor }, { body }) =>
    keepPhrases(deps, { commandId, actor }, body),
  ),
  bind(settings.proposeSettings, ({ commandId, actor }, { body }) =>
    change.proposeSettings(deps, { commandId, actor }, body),
  ),
  bind(settings.approveSettings, ({ commandId, actor }, { params, body }) =>
    change.approveSettings(deps, { commandId, actor }, { proposalId: params.id, ...body }),
  ),
  bind(settings.rejectSettings, ({ commandId, actor }, { params, body }) =>
    change.rejectSettings(deps, { commandId, actor }, { proposalId: params.id, ...body }),
  ),
  bind(settings.withdrawSettings, ({ commandId, actor }, { params, body }) =>
    change.withdrawSettings(deps, { commandId, actor }, { proposalId: params.id, ...body }),
  ),
]
