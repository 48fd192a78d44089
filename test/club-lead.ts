import type { CaseEventOf } from '@liuhen/domain/case/events'
import type { Instant } from '@liuhen/law/fact'

/** The lead with which a case of the imaginary tennis club begins: the slices are tested, not a statute. */
export const clubLead = (at: Instant): CaseEventOf<'LeadRegistered'> => ({
  type: 'LeadRegistered',
  schemaVersion: 1,
  occurredAt: at,
  data: {
    public: {
      leadNo: '1',
      procedure: 'club',
      law: { base: 'club', overlays: [], settings: {} },
      source: 'report',
      receivedAt: at,
    },
    internal: { title: '入会', summary: '想打球' },
    personal: undefined,
  },
})
