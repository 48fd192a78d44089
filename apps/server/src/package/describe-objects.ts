import { describePackage, type DescribedPackage } from '../archival/describe-package.ts'
import { type Encapsulated, encapsulate } from '../archival/encapsulate.ts'
import type { EepSigner } from '../archival/eep-signature.ts'
import type { ArchivalSchemes } from '../archival/load-schemes.ts'
import type { WrappedFile } from '../archival/make-eep.ts'
import { unreadableAt } from '../archival/read-again.ts'
import { instantOfMs, msOf } from '@liuhen/law/civil-date'
import type { BlobStore } from '../blobs/blob-store.ts'
import { getAgency, type KnownAgency } from '../case-stream/agency.ts'
import type { Store } from '../event-store/store.ts'
import type { ArchivalExamined } from '../package-contents/archival-items.ts'
import { withAgency } from '../postgres/transaction.ts'
import type { SealProvider } from '../seal/seal-provider.ts'
import { findUsableKey } from '../seal/usable-key.ts'
import type { Gathered } from './gather-events.ts'
import type { PackagePlan } from './package-rows.ts'
import { asPlanned } from './plan-enclosures.ts'

export type DescribingDeps = Readonly<{
  store: Pick<Store, 'pool'>
  blobs: Pick<BlobStore, 'open'>
  schemes: ArchivalSchemes
  /** Whoever holds the agency's seal; without it encapsulations bear no signature. */
  seals?: SealProvider
}>

export type DescribedObjects = Readonly<{
  files: readonly Readonly<{ path: string; bytes: Uint8Array }>[]
  wrapped: readonly WrappedFile[]
  examined: ArchivalExamined
}>

const examinedOf = (
  d: DescribedPackage,
  isArchived: boolean,
  { files: wrapped, examined: eep }: Encapsulated,
): ArchivalExamined => {
  const objects = [...d.documents, ...d.recordings]
  const waits = (label: string, own: readonly string[]): boolean => !isArchived && own.includes(label)
  return {
    isArchived,
    documents: d.documents.length,
    recordings: d.recordings.length,
    schemes: [...new Set(d.recordings.map((r) => r.scheme.standard))],
    without: d.without,
    unreadable: [
      ...objects.map((o) => ({ path: o.metadataPath, bytes: o.bytes })),
      ...wrapped.map(({ path, head, tail }) => ({ path, bytes: Buffer.concat([head, tail]) })),
    ]
      .filter(({ bytes }) => unreadableAt(Buffer.from(bytes).toString('utf8')) !== undefined)
      .map(({ path }) => path),
    lacking: objects.flatMap(({ path, description: { lacking, untilArchived } }) =>
      lacking.filter((label) => !waits(label, untilArchived)).map((label) => `${path} 缺 ${label}`),
    ),
    untilArchived: [...new Set(objects.flatMap((o) => o.description.untilArchived))],
    unread: [
      ...new Set(objects.flatMap((o) => (o.scheme.obligations === 'read' ? [] : [o.scheme.standard]))),
    ],
    eep,
  }
}

/** A seal that is away keeps nobody from their package: the report says that encapsulations are not signed. */
const signerFor = async (
  seals: SealProvider | undefined,
  agency: KnownAgency,
  at: string,
): Promise<EepSigner | undefined> => {
  if (seals === undefined) return undefined
  const holder = { agencyId: agency.id, agencyName: agency.name }
  const key = await findUsableKey(seals, holder, at).catch(() => 'no-certificate' as const)
  return typeof key === 'string' ? undefined : { seals, key, at }
}

/** The objects of a whole package in the words of the archives, and its papers encapsulated. A party gets neither. */
export const describeObjects = async (
  deps: DescribingDeps,
  plan: PackagePlan,
  { streams, exported }: Gathered,
  now: string,
): Promise<DescribedObjects | undefined> => {
  if (plan.audience !== 'whole') return undefined
  // To the second, in China: as certificates and the archives have it.
  const at = instantOfMs(Math.floor(msOf(now) / 1000) * 1000)
  const { id } = plan.summary.agency
  const agency = await withAgency(deps.store, id, (tx) => getAgency(tx, id))
  // As the case was when the export was recorded.
  const before = streams.map((s) => [s.streamId, s.events.filter((e) => e !== exported)] as const)
  const events = new Map(before.map(([streamId, stored]) => [streamId, stored.map((e) => e.event)]))
  const described = asPlanned(describePackage({ schemes: deps.schemes, plan, agency, events }), plan)
  const isArchived = plan.archive !== undefined
  const signer = isArchived ? await signerFor(deps.seals, agency, at) : undefined
  const eep = isArchived
    ? await encapsulate(deps.blobs, described, { agency, at, ...(signer && { signer }) })
    : {
        files: [],
        examined: { made: 0, hasKey: false, notSigned: [], notIndexed: [], faulty: [], exchanged: [] },
      }
  return {
    files: [...described.documents, ...described.recordings].map(({ metadataPath: path, bytes }) => ({
      path,
      bytes,
    })),
    wrapped: eep.files,
    examined: examinedOf(described, isArchived, eep),
  }
}
