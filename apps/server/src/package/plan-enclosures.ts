import { toHex } from '@liuhen/ledger/bytes'
import { eepPath } from '@liuhen/ledger/package/paths'
import { describePackage, type DescribedPackage } from '../archival/describe-package.ts'
import { whyNoEep } from '../archival/eep-xml.ts'
import type { ArchivalSchemes } from '../archival/load-schemes.ts'
import type { KnownAgency } from '../case-stream/agency.ts'
import { readStreamIn } from '../event-store/read-stream.ts'
import { nodeHashes } from '../event-store/seal-event.ts'
import type { Tx } from '../postgres/transaction.ts'
import type { PackagePlan } from './package-rows.ts'

type Planned = NonNullable<PackagePlan['enclosures']>

const utf8 = new TextDecoder()

const enclosuresOf = (d: DescribedPackage, isArchived: boolean): Planned => [
  ...[...d.documents, ...d.recordings].map(({ metadataPath: path, bytes }) => ({
    path,
    sha256: toHex(nodeHashes.sha256(bytes)),
    text: utf8.decode(bytes),
  })),
  ...d.documents
    .filter((document) => isArchived && whyNoEep(document) === undefined)
    .map(({ document }) => ({ path: eepPath(document.name) })),
]

/**
 * What the archives want beside the payload of a whole package: metadata as it is written when the export is recorded, so
 * that the event can bind it, and which papers will be encapsulated.
 */
export const planEnclosures = async (
  tx: Tx,
  plan: PackagePlan,
  { schemes, agency }: Readonly<{ schemes: ArchivalSchemes; agency: KnownAgency }>,
): Promise<Planned> => {
  const events = new Map<string, Awaited<ReturnType<typeof readStreamIn>>>()
  for (const { streamId } of plan.streams) events.set(streamId, await readStreamIn(tx, streamId))
  return enclosuresOf(describePackage({ schemes, plan, agency, events }), plan.archive !== undefined)
}

/** As the export event lists them. */
export const listedEnclosures = (planned: Planned) =>
  planned.map(({ path, sha256 }) => ({ path, ...(sha256 !== undefined && { sha256 }) }))

/** The same package with the metadata that the export event binds; one that was planned before that has its own. */
export const asPlanned = (d: DescribedPackage, { enclosures = [] }: PackagePlan): DescribedPackage => {
  const texts = new Map(enclosures.map((e) => [e.path, e.text]))
  const planned = <O extends Readonly<{ metadataPath: string; bytes: Uint8Array }>>(object: O): O => {
    const text = texts.get(object.metadataPath)
    return text === undefined ? object : { ...object, bytes: Buffer.from(text) }
  }
  return { ...d, documents: d.documents.map(planned), recordings: d.recordings.map(planned) }
}
