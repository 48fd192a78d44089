import { useMemo } from 'react'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { Permission } from '@liuhen/api/schema/evaluation'
import { canRegisterRecording } from '@liuhen/domain/recording/can'
import { useTranslation } from 'react-i18next'
import { whyOf } from '../document/why-of.ts'
import { useMe } from './me.ts'

/** Why something cannot be done in this case by the one who is signed in; undefined when it can. */
type Why = string | undefined

/** What the server told with the case: a button that would be refused says so beforehand, with the same reason. */
export function useCan({ can }: Pick<CaseWorkspace, 'can'>) {
  const me = useMe()
  const { t } = useTranslation('words')
  return useMemo(() => {
    const why = (may: Permission): Why => whyOf(may, (reason) => t('whyNot', reason))
    const own = canRegisterRecording({ ...me, agencyId: me.agency.id }, me.personId ?? '')
    return {
      handle: why(can.nameParty),
      mark: why(can.flagCase),
      excuse: why(can.excuseDuty),
      assign: why(can.assignHandlers),
      takeRecording: why(can.linkRecording) ?? whyOf(own, (reason) => t('whyNot', reason)),
      assemble: why(can.assembleFile),
      archive: why(can.archiveCase),
      publish: why(can.publishDisclosure),
      withdraw: why(can.withdrawDisclosure),
      exportFor: (audience: 'whole' | 'party'): Why =>
        why(audience === 'whole' ? can.exportWhole : can.exportParty),
      step: ({ id }: Readonly<{ id: string }>): Why => why(can.steps[id] ?? []),
    }
  }, [can, me, t])
}
