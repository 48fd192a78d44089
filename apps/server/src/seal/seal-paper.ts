import { createHash } from 'node:crypto'
import type { Sealing } from '@liuhen/domain/case/events'
import { toBase64 } from '@liuhen/ledger/bytes'
import { purePrimitives } from '@liuhen/ledger/package/primitives'
import { checkSealing } from '@liuhen/ledger/seal/check-sealing'
import { nodeHashes } from '../event-store/seal-event.ts'
import type { Rendered } from '../pdf/render-input.ts'
import type { Renderer } from '../pdf/render.ts'
import { makeCms } from './cms.ts'
import { type PdfSigning, signPdf } from './sign-pdf.ts'
import type { SealProvider } from './seal-provider.ts'
import type { UsableKey } from './usable-key.ts'

export type SealingDeps = Readonly<{ seals: SealProvider; renderer: Pick<Renderer, 'drawSeal'> }>

/** What is signed, and who signs: officers in their order, the agency last, so that its seal covers theirs. */
export type ToSeal = Readonly<{
  paper: Pick<Rendered, 'bytes' | 'sealPlaces'>
  at: string
  officers: readonly UsableKey[]
  agency: UsableKey | undefined
  /** Printed on a seal that is no real one. */
  note: string
}>

export type SealedPaper = Readonly<{ bytes: Uint8Array; sealing?: Sealing }>

/** 4.2 cm. */
const SEAL_POINTS = (42 / 25.4) * 72

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const nameOf = ({ holder }: UsableKey): string => holder.officer?.name ?? holder.agencyName

type Step = Readonly<{ bytes: Uint8Array; seals: Sealing['seals'] }>

const signWith = async (
  { seals }: SealingDeps,
  key: UsableKey,
  before: Step,
  signing: Omit<PdfSigning, 'name'>,
): Promise<Step> => {
  const { algorithm, certificate } = key.inside
  const { bytes, range } = await signPdf(before.bytes, { ...signing, name: nameOf(key) }, (digest) =>
    makeCms(key.inside, digest, (message) => seals.sign(key.holder, algorithm, message)),
  )
  const by = key.holder.officer === undefined ? 'agency' : 'officer'
  const seal = { by, algorithm, certificate: sha256(certificate), range } as const
  return { bytes, seals: [...before.seals, seal] }
}

const widgetOf = async ({ renderer }: SealingDeps, { paper, agency, note }: ToSeal) => {
  const [place] = paper.sealPlaces
  if (place === undefined || agency === undefined) return {}
  const { picture, holder } = agency
  const drawn = await renderer.drawSeal({
    name: holder.agencyName,
    note,
    ...(picture === undefined ? {} : { picture }),
  })
  return { widget: { ...place, width: SEAL_POINTS, height: SEAL_POINTS, picture: drawn } }
}

const signBeside = (
  { seals }: SealingDeps,
  { holder, beside }: UsableKey,
  bytes: Uint8Array,
): Promise<NonNullable<Sealing['beside']>> =>
  Promise.all(
    beside.map(async ({ algorithm, certificate }) => ({
      by: 'agency',
      algorithm,
      certificate: sha256(certificate),
      x509: toBase64(certificate),
      signature: toBase64(await seals.sign(holder, algorithm, bytes)),
    })),
  )

const hashes = { ...purePrimitives, ...nodeHashes }

/**
 * A key may be replaced between asking for its certificate and signing with it. What does not hold is never archived:
 * whoever asked tries again, and then gets the new certificate.
 */
const checked = (bytes: Uint8Array, sealing: Sealing): SealedPaper => {
  const { faults, seals } = checkSealing(bytes, sealing, hashes)
  const found = [...faults, ...seals.map((s) => s.fault)].filter((fault) => fault !== '')
  if (found.length > 0) throw new Error(`盖章的结果没有通过核验：${found.join('；')}`)
  return { bytes, sealing }
}

/** Signs a rendered paper. The same paper and the same RSA keys give the same bytes; without keys it stays as it is. */
export const sealPaper = async (deps: SealingDeps, to: ToSeal): Promise<SealedPaper> => {
  const { paper, officers, agency, at } = to
  let step: Step = { bytes: paper.bytes, seals: [] }
  for (const [i, officer] of officers.entries())
    step = await signWith(deps, officer, step, { field: `officer-${i + 1}`, reason: '签名', at })
  if (agency !== undefined)
    step = await signWith(deps, agency, step, {
      field: 'agency',
      reason: '制发',
      at,
      ...(await widgetOf(deps, to)),
    })
  if (step.seals.length === 0) return { bytes: step.bytes }
  const beside = agency === undefined ? [] : await signBeside(deps, agency, step.bytes)
  const sealing: Sealing = {
    unsealed: { sha256: sha256(paper.bytes), sizeBytes: paper.bytes.length },
    seals: step.seals,
    ...(beside.length === 0 ? {} : { beside }),
  }
  return checked(step.bytes, sealing)
}
