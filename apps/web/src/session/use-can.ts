import { useMemo } from 'react'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { Permission } from '@liuhen/api/schema/evaluation'
import { isClosed, isClosedTo } from '@liuhen/domain/case/closed'
import { canRegisterRecording } from '@liuhen/domain/recording/can'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import { useTranslation } from 'react-i18next'
import { whyOf } from '../document/why-of.ts'
import { useMe } from './me.ts'

/** Why something cannot be done in this case by the one who is signed in; undefined when it can. */
type Why = string | undefined

/** What the server told with the case: a button that would be refused says so beforehand, with the same reason. */
export function useCan({ can, archive }: Pick<CaseWorkspace, 'can' | 'archive'>) {
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
      /** Whether a paper of this kind may still be made at all. */
      paper: (definition: DocumentDefinition | undefined): Why =>
        isClosedTo({ archive }, definition)
          ? whyOf(isClosed.reasons, (reason) => t('whyNot', reason))
          : undefined,
      step: ({ id }: Readonly<{ id: string }>): Why => why(can.steps[id] ?? []),
    }
  }, [can, archive, me, t])
}
