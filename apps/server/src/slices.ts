import { agencyBindings } from './agency/agency-routes.ts'
import { agencyProjection } from './agency/project-agency.ts'
import { caseBindings } from './case/case-routes.ts'
import { caseProjection } from './case/project-case.ts'
import { documentBindings } from './document/document-routes.ts'
import { type RenderDeps, RenderDocument, renderDocument } from './document/render-document.ts'
import type { Projection } from './event-store/store.ts'
import type { Binding } from './http/binding.ts'
import { lawBindings } from './law/law-routes.ts'
import type { LawLibrary } from './law/library.ts'
import { personBindings } from './person/person-routes.ts'
import { personProjection } from './person/project-person.ts'

/** Everything that the slices are given: store, law, renderer, blobs. Each takes of it what it needs. */
export type SliceDeps = RenderDeps

/** What the slices answer. A new slice adds its line here, and in the two lists below. */
export const bindingsOf = (deps: SliceDeps): readonly Binding[] => [
  ...agencyBindings(deps),
  ...personBindings(deps),
  ...lawBindings(deps),
  ...caseBindings(deps),
  ...documentBindings(deps),
]

/** Tables that are made from the record, in the order in which an event reaches them. */
export const projectionsOf = (deps: Readonly<{ library: LawLibrary }>): readonly Projection[] => [
  agencyProjection,
  personProjection,
  caseProjection(deps),
]

/** Work that follows a commit. At least once: every one of them may run again. */
export type JobHandler = (payload: unknown) => Promise<void>
export const jobsOf = (deps: SliceDeps): Readonly<Record<string, JobHandler>> => ({
  'render-document': (payload) => renderDocument(deps, RenderDocument.parse(payload)),
})
