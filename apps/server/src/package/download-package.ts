import { isGone } from '@liuhen/domain/case/shredded'
import type { Readable } from 'node:stream'
import { canExportPackage } from '@liuhen/domain/case/can'
import { REMAKE_PACKAGE } from '@liuhen/domain/case/words'
import type { Actor } from '@liuhen/domain/event'
import { deny, isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import type { BlobStore } from '../blobs/blob-store.ts'
import { type CaseDeps, openCaseIn } from '../case-stream/open-case.ts'
import { withAgency } from '../postgres/transaction.ts'
import { findPackage } from './package-rows.ts'

export type PackageDownload = Readonly<{
  fileName: string
  sha256: string
  sizeBytes: number
  bytes: Readable
}>

const safeName = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\\/:*?"<>|%]/gu, '_').trim()

/** Letters of a recipient's name that a file name bears. */
const RECIPIENT = 40

type Named = Readonly<{ caseNo: string; audience: 'whole' | 'party'; recipient: string | undefined }>

/** Says for whom it is, so that nobody hands the package of a court, with 副卷, to the party. */
export const packageFileName = ({ caseNo, audience, recipient = '' }: Named): string => {
  const to = Array.from(safeName(recipient.normalize('NFC')))
    .slice(0, RECIPIENT)
    .join('')
    .trim()
  const of = audience === 'party' ? ['当事人正卷'] : ['全卷', ...(to === '' ? [] : [to])]
  return `${[safeName(caseNo), '案卷包', ...of].join('-')}.tar`
}

/** Opens a package that is ready, for whoever might have exported it; that somebody fetched it is written down before the first byte leaves. */
export const downloadPackage = async (
  deps: CaseDeps & Readonly<{ blobs: BlobStore }>,
  actor: Actor,
  caseId: string,
  packageId: string,
): Promise<PackageDownload | Refusal> => {
  const found = await withAgency(deps.store, actor.agencyId, async (tx) => {
    const opened = await openCaseIn(deps, tx, actor, caseId)
    if (isRefusal(opened)) return opened
    const row = await findPackage(tx, packageId)
    if (row?.caseId !== caseId) return refuse('not-found', '没有找到这个案卷包', '请从案件中重新打开')
    const { sha256, sizeBytes, plan } = row
    const can = canExportPackage(opened.state, actor, plan.audience)
    if (can !== true) return deny(can)
    if (row.state === 'making') return refuse('wrong-state', '案卷包还在制作', '请稍后再下载')
    if (row.state === 'destroyed') return isGone
    if (row.state === 'failed' || sha256 === undefined || sizeBytes === undefined)
      return refuse('wrong-state', `案卷包制作失败：${row.note ?? '原因不明'}`, REMAKE_PACKAGE)
    await tx.query(
      `INSERT INTO record.package_access (agency_id, at, actor, stream_id, package_id, sha256)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [actor.agencyId, await deps.store.clock.now(), JSON.stringify(actor), caseId, packageId, sha256],
    )
    const { recipient } = opened.state.packages.find((p) => p.packageId === packageId) ?? {}
    const { audience, summary } = plan
    const fileName = packageFileName({ caseNo: summary.caseNo, audience, recipient })
    return { fileName, sha256, sizeBytes }
  })
  return isRefusal(found) ? found : { ...found, bytes: await deps.blobs.open(found.sha256) }
}
