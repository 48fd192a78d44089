import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { agencyBindings } from '../agency/agency-routes.ts'
import { ownAgency } from '../agency/agency-reads.ts'
import { accountGivenTo } from '../agency/account-given.ts'
import { agencyProjection } from '../agency/project-agency.ts'
import { loadSchemes } from '../archival/load-schemes.ts'
import { sessionBindings } from '../auth/bindings.ts'
import { startDigester } from '../blobs/digest-file.ts'
import { caseBindings } from '../case/case-routes.ts'
import { registerBindings } from '../register/register-routes.ts'
import { caseProjection } from '../case/project-case.ts'
import { caseFileBindings } from '../case-file/bindings.ts'
import { loadFileLaw } from '../case-file/file-law.ts'
import { clockBindings } from '../clock/bindings.ts'
import { shortestKeeping } from '@liuhen/law/shortest-keeping'
import type { Config } from '../config/config.ts'
import { withAsideUploads } from '../docking/aside-uploads.ts'
import { derivativeBindings } from '../derivative/bindings.ts'
import { derivativeProjection } from '../derivative/project-derivative.ts'
import { deviceBindings } from '../device/bindings.ts'
import { dockingBindings } from '../docking/bindings.ts'
import { dockingProjection } from '../docking/project-docking.ts'
import { fieldBindings } from '../field/bindings.ts'
import { fieldProjection } from '../field/project-field.ts'
import { disposalBindings } from '../disposal/bindings.ts'
import { disposalProjection } from '../disposal/project-disposal.ts'
import { disclosureBindings } from '../disclosure/bindings.ts'
import { disclosureProjection } from '../disclosure/project-disclosure.ts'
import { documentBindings } from '../document/document-routes.ts'
import type { Projection, Store } from '../event-store/store.ts'
import type { Binding } from '../http/binding.ts'
import { lawBindings } from '../law/law-routes.ts'
import type { LawLibrary } from '../law/library.ts'
import { keyUnder } from '../ledger/published-keys.ts'
import type { Signer } from '../ledger/signer.ts'
import { readWitnessPolicy } from '../ledger/witness-policy.ts'
import { logBindings } from '../log-query/bindings.ts'
import { knownFilesProjection } from '../log-query/project-known-files.ts'
import { findMediaTools } from '../media/run-tool.ts'
import { packageBindings } from '../package/bindings.ts'
import { markFont } from '../pdf/fonts.ts'
import { createRenderer } from '../pdf/render.ts'
import { numberBindings } from '../numbers/bindings.ts'
import { bookletProjection } from '../numbers/project-booklets.ts'
import { personBindings } from '../person/person-routes.ts'
import { personProjection } from '../person/project-person.ts'
import { playbackBindings } from '../playback/bindings.ts'
import { recordingBindings, uploadDeps, uploadPlugin } from '../recording/bindings.ts'
import type { SealProvider } from '../seal/seal-provider.ts'
import type { UploadDeps } from '../uploads/upload-deps.ts'
import { recordingProjection } from '../recording/recording-projection.ts'
import { copiesOf } from '../stores/copy-rows.ts'
import { storesBindings } from '../stores/bindings.ts'
import { storesProjection } from '../stores/project-stores.ts'
import type { Stores } from '../stores/reach-store.ts'
import { countStores } from '../stores/count-stores.ts'
import { adoptingInTurn } from '../stores/adopt-in-turn.ts'
import { firstStoreOf, storeAt } from '../stores/store-place.ts'

/** Every projection of the system: what `append` applies and what `rebuild` empties and fills again. */
export const projectionsOf = (library: LawLibrary): readonly Projection[] => [
  agencyProjection,
  personProjection,
  caseProjection({ library }),
  recordingProjection,
  dockingProjection,
  fieldProjection,
  disclosureProjection,
  knownFilesProjection,
  storesProjection,
  disposalProjection,
  derivativeProjection,
  bookletProjection,
]

type Base = Readonly<{
  store: Store
  library: LawLibrary
  config: Config
  signer: Signer
  seals: SealProvider
}>

/** Reached when they are used, not at the start: a store may be away for a while. */
export const storesOf = ({ pool, clock }: Pick<Store, 'pool' | 'clock'>, config: Config): Stores => {
  const { secondStore, s3 } = config.storage
  return {
    pool,
    first: firstStoreOf(config),
    ...(secondStore === undefined ? {} : { second: storeAt('second', secondStore, s3) }),
    now: () => clock.now(),
  }
}

/** Stores as a move of them needs them: the one that is moved to, and any by its place. */
export const moveDepsOf = (store: Store, config: Config) => {
  const { nextStore, s3 } = config.storage
  const placeAt = (place: string) => storeAt('second', place, s3)
  return {
    ...storesOf(store, config),
    store,
    placeAt,
    ...(nextStore === undefined ? {} : { next: placeAt(nextStore) }),
  }
}

/** What the slices share, made once a process. `close` ends their threads. */
export const openShared = async (base: Base) => {
  const { store, library, config, signer } = base
  const root = config.folders.blobs
  await mkdir(root, { recursive: true })
  const first = firstStoreOf(config).bytes
  const blobStore = config.storage.firstStore === undefined ? first : adoptingInTurn(store.pool, first)
  const digester = startDigester()
  const fonts =
    config.fontDir === undefined ? {} : { licensedFonts: { dir: config.fontDir, family: 'FangSong' } }
  const renderer = createRenderer({ lawDir: library.dir, ...fonts })
  let stopping = false
  const tools = await findMediaTools(config.toolPath)
  return {
    ...base,
    fileLaw: await loadFileLaw(library.dir),
    schemes: await loadSchemes(library.dir),
    blobStore,
    blobs: { pool: store.pool, store: blobStore, root },
    derived: { root: join(config.dataDir, 'derived') },
    workshop: join(config.dataDir, 'workshop'),
    markFont: markFont(),
    stores: storesOf(store, config),
    witnesses: await readWitnessPolicy(config.witnesses),
    digester,
    renderer,
    ...(tools === undefined ? {} : { tools }),
    ...(config.baseMap === undefined ? {} : { baseMap: config.baseMap }),
    ...(config.tsa === undefined ? {} : { tsa: config.tsa }),
    ...(config.portalUrl === undefined ? {} : { portalUrl: config.portalUrl }),
    /** Long work asks between two steps. */
    isStopping: () => stopping,
    stop: () => {
      stopping = true
    },
    sm2Vkey: async () => (await signer.status()).sm2Vkey,
    vkey: async (checkpoint: string) => keyUnder(checkpoint, (await signer.status()).vkeys),
    close: async () => {
      await Promise.all([digester.close(), renderer.close()])
    },
  }
}
export type Shared = Awaited<ReturnType<typeof openShared>>

const nextPlaceOf = ({ storage: { nextStore } }: Config) =>
  nextStore === undefined ? {} : { nextPlace: nextStore }

const documentNames = ({ law }: LawLibrary): ((type: string) => string) => {
  const names = new Map(law.documents.map((document) => [document.id, document.name]))
  return (type) => names.get(type) ?? type
}

/** Every route of the system with its handler. */
export const bindingsOf = (shared: Shared): readonly Binding[] => {
  const { store, library } = shared
  const describeAgency = (agencyId: string) => ownAgency({ store, library }, agencyId)
  const logDeps = { ...shared, logFolder: shared.config.folders.log, documentName: documentNames(library) }
  return [
    ...sessionBindings({ store, describeAgency }),
    ...clockBindings(store),
    ...agencyBindings(shared),
    ...personBindings(shared),
    ...caseBindings(shared),
    ...registerBindings(shared),
    ...documentBindings(shared),
    ...numberBindings(shared),
    ...recordingBindings(shared),
    ...playbackBindings(shared),
    ...derivativeBindings({ ...shared, logFolder: shared.config.folders.log }),
    ...deviceBindings(shared),
    ...dockingBindings({ ...shared, copiesOf, countStores: () => countStores(shared.stores) }),
    ...disposalBindings(shared),
    ...fieldBindings(shared),
    ...caseFileBindings(shared),
    ...disclosureBindings(shared),
    ...packageBindings({ ...shared, blobs: shared.blobStore }),
    ...lawBindings(shared),
    ...logBindings(logDeps),
    ...storesBindings({
      ...shared,
      documentName: documentNames(library),
      accountGivenTo,
      ...nextPlaceOf(shared.config),
      shortestKeeping: shortestKeeping(library.law.packs.map((p) => p.pack)),
    }),
  ]
}

/** What uploads need, with all that they may be for. */
export const uploadsOf = (shared: Shared, options: Readonly<{ publicUrl?: string }> = {}): UploadDeps =>
  uploadDeps(shared, { ...options, target: (recordings) => withAsideUploads(shared.store, recordings) })

export const pluginsOf = (shared: Shared): readonly ((app: FastifyInstance) => Promise<void>)[] => {
  const { publicUrl } = shared.config
  return [uploadPlugin(uploadsOf(shared, publicUrl === undefined ? {} : { publicUrl }))]
}
