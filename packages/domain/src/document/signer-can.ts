import type { SignatureSlot } from '@liuhen/law/document-definition'
import { type Can, canHandleCase, isHandler } from '../case/can.ts'
import type { OpenCase } from '../case/state.ts'
import type { Role } from '../event.ts'
import { HEADS } from '../person/stand-in.ts'
import { refuse } from '../refusal.ts'
import { isSignedByAgency } from './progress.ts'
import type { DocumentState } from './state.ts'

/** Whose hand it is: a person on the agency's roster, with the roles held there. */
export type Signer = Readonly<{ personId?: string | undefined; roles: readonly Role[] }>

type Part = Readonly<{ wrote: boolean; inStep: boolean; handles: boolean }>

/** Who sits in a meeting or a hearing. */
const MEETS: readonly Role[] = [...HEADS, 'officer', 'legal-reviewer', 'intake-clerk']

const partIn = (s: OpenCase, signer: Signer, doc: DocumentState): Part => ({
  wrote: signer.personId !== undefined && doc.submittedBy.personId === signer.personId,
  inStep: (s.begun[doc.step]?.officers ?? []).some((p) => p.personId === signer.personId),
  handles: isHandler(s, signer) || (s.handlers.length === 0 && canHandleCase(s, signer) === true),
})

/** What a capacity asks of who signs in it. Any other is an officer's: part in the case, the step or the paper. */
const holds = (role: string, part: Part, roles: readonly Role[]): boolean => {
  const has = (wanted: readonly Role[]) => roles.some((r) => wanted.includes(r))
  switch (role) {
    case 'reviewer':
      return part.wrote || part.inStep
    case 'chair':
    case 'participant':
      return has(MEETS)
    case 'recorder':
      return part.wrote || part.inStep || part.handles || has(MEETS)
    case 'approver':
      return has(HEADS)
    case 'legal-reviewer':
      return has(['legal-reviewer']) && !part.wrote && !part.handles
    case 'custodian':
    case 'inspector':
      return part.wrote || part.handles || has(['archivist'])
    default:
      return part.wrote || part.inStep || part.handles
  }
}

/** A slot of the agency is signed by somebody who has that capacity in this case; one for people from outside by anybody. */
export const signerCan = (
  s: OpenCase,
  signer: Signer,
  doc: DocumentState,
  slot: Pick<SignatureSlot, 'role' | 'label'>,
): Can =>
  !isSignedByAgency(slot.role) || holds(slot.role, partIn(s, signer, doc), signer.roles)
    ? true
    : refuse(
        'not-permitted',
        `“${slot.label}”须由在本案中承担这项工作的人员签署`,
        '请由本案承办人、本环节的办理人员或者相应岗位的人员签名',
      ).reasons
