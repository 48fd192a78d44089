import { useMemo } from 'react'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import {
  canArchiveCase,
  canAssembleFile,
  canAssignHandlers,
  canCarryOutStep,
  canExportPackage,
  canHandleCase,
  canPublishDisclosure,
  canSteerCase,
  canTakeRecording,
} from '@liuhen/domain/case/can'
import type { Can } from '@liuhen/domain/case/can'
import { canRegisterRecording } from '@liuhen/domain/recording/can'
import { useTranslation } from 'react-i18next'
import { isForPublic } from '../document/for-public.ts'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { hasRole, useMe } from './me.ts'

/** Why something cannot be done in this case by the one who is signed in; undefined when it can. */
type Why = string | undefined
type File = Pick<CaseWorkspace, 'handlers' | 'status'>
type Step = Pick<CaseWorkspace['evaluation']['steps'][number], 'by' | 'documents'>

/** Sentences of different sources end with a full stop or not; the words around them set it. */
const bare = (text: string): string => text.replace(/\u3002$/, '')

/**
 * The server's own `can`, asked beforehand: a button that would be refused says so, with the same reason.
 * Whatever makes or changes something ends with archiving; only what goes to the public still does.
 */
export function useCan(file: File) {
  const me = useMe()
  const definitions = useDefinitions()
  const { t } = useTranslation('words')
  return useMemo(() => {
    const whyNot = (can: Can): Why => {
      const reason = can === true ? undefined : can[0]
      return reason && t('whyNot', { message: bare(reason.message), todo: bare(reason.todo) })
    }
    const archived = file.status === 'archived' ? t('archivedCase') : undefined
    const making = (can: Can): Why => archived ?? whyNot(can)
    const onlyRoles = (roles: readonly string[]): string =>
      t('onlyRoles', {
        roles: roles.map((role) => t(`role.${role}`, { defaultValue: role })).join(t('comma')),
      })
    const step = ({ by, documents }: Step): Why => {
      const still = documents.some((d) => isForPublic(definitions.get(d.type)))
      if (archived !== undefined && !still) return archived
      return hasRole(me, by) ? whyNot(canCarryOutStep(file, me, by)) : onlyRoles(by)
    }
    const ownRecording = canRegisterRecording({ ...me, agencyId: me.agency.id }, me.personId ?? '')
    return {
      handle: making(canHandleCase(file, me)),
      mark: making(canSteerCase(file, me)),
      excuse: whyNot(canSteerCase(file, me)),
      assign: making(canAssignHandlers(file, me)),
      takeRecording: making(canTakeRecording(file, me)) ?? whyNot(ownRecording),
      assemble: making(canAssembleFile(file, me)),
      archive: making(canArchiveCase(me)),
      publish: whyNot(canPublishDisclosure(me)),
      exportFor: (audience: 'whole' | 'party'): Why => whyNot(canExportPackage(file, me, audience)),
      step,
    }
  }, [file, me, t, definitions])
}
