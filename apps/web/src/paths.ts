import type { LinkProps } from '@tanstack/react-router'

/** What a register shows: its entries first, and no file. */
export const REGISTER_TABS = ['entries', 'step', 'timeline', 'documents', 'recordings', 'duties'] as const
export const CASE_TABS = ['step', 'map', 'timeline', 'documents', 'recordings', 'file', 'duties'] as const
export const WORKSPACE_TABS = ['entries', ...CASE_TABS] as const
export type CaseTab = (typeof WORKSPACE_TABS)[number]

/** A place in a case: everything that a reload must bring back. */
export type CasePlace = Readonly<{
  tab?: CaseTab | undefined
  step?: string | undefined
  /** The recording that is open, and the second at which it stands. */
  f?: string | undefined
  t?: number | undefined
  /** Its cameras are shown in step. */
  cams?: 'on' | undefined
  /** What the timeline shows: a stage or a recording; absent, the whole case. */
  zoom?: string | undefined
  /** A duty: opens where it is closed. */
  duty?: string | undefined
}>
export const LAW_TABS = ['packs', 'compare', 'conflicts', 'procedures', 'documents'] as const
/** How strongly a clause binds. */
export const FORCES = [
  'must',
  'must-not',
  'generally',
  'as-needed',
  'may',
  'encouraged',
  'exempt',
  'context',
] as const
export type FormPlace = Readonly<{
  step: string
  documentId?: string | undefined
  about?: string | undefined
}>

const link = <T extends LinkProps>(props: T): T => props

/** Every address of the web, in one place. */
export const paths = {
  desk: () => link({ to: '/' as const }),
  signIn: (to?: string) => link({ to: '/sign-in' as const, search: to === undefined ? {} : { to } }),
  password: () => link({ to: '/password' as const }),
  setup: () => link({ to: '/setup' as const }),
  verify: () => link({ to: '/verify' as const }),
  cases: (search: Readonly<Record<string, string | undefined>> = {}) =>
    link({ to: '/cases' as const, search }),
  caseFile: (id: string, place: CasePlace = {}) =>
    link({ to: '/cases/$id' as const, params: { id }, search: place }),
  form: (id: string, type: string, place: FormPlace) =>
    link({ to: '/cases/$id/forms/$type' as const, params: { id, type }, search: place }),
  document: (id: string, documentId: string) =>
    link({ to: '/cases/$id/documents/$documentId' as const, params: { id, documentId } }),
  versions: (
    id: string,
    documentId: string,
    pair: Readonly<{ a?: number | undefined; b?: number | undefined }> = {},
  ) =>
    link({
      to: '/cases/$id/documents/$documentId/versions' as const,
      params: { id, documentId },
      search: pair,
    }),
  fieldSessions: (state?: string) =>
    link({ to: '/field-sessions' as const, search: state === undefined ? {} : { state } }),
  field: () => link({ to: '/field' as const }),
  approvals: (d?: string) => link({ to: '/approvals' as const, search: d === undefined ? {} : { d } }),
  standIns: () => link({ to: '/approvals/stand-ins' as const }),
  recordings: (state?: 'unlinked' | 'broken') =>
    link({ to: '/recordings' as const, search: state === undefined ? {} : { state } }),
  openRecording: (f: string) => link({ to: '/recordings' as const, search: { f } }),
  playback: () => link({ to: '/playback' as const }),
  law: (pack?: string, clause?: string) =>
    link({ to: '/law' as const, search: { ...(pack && { pack }), ...(clause && { clause }) } }),
  compare: (left: string) => link({ to: '/law' as const, search: { tab: 'compare' as const, left } }),
  docking: (d: string) => link({ to: '/dockings' as const, search: { d } }),
  registers: () => link({ to: '/registers' as const }),
  dockings: (state: 'unresolved') => link({ to: '/dockings' as const, search: { state } }),
  people: () => link({ to: '/people' as const }),
  settings: () => link({ to: '/settings' as const }),
  log: () => link({ to: '/log-state' as const }),
  disposals: () => link({ to: '/disposals' as const }),
  disposal: (id: string) => link({ to: '/disposals/$id' as const, params: { id } }),
  spot: () => link({ to: '/spot' as const }),
  stores: () => link({ to: '/stores' as const }),
} as const
