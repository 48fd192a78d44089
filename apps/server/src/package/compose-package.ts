import { z } from 'zod'
import { chinaDate } from '@liuhen/domain/document/china-time'
import { keyFingerprint, parseVkey } from '@liuhen/ledger/note'
import type { DaT70 } from '@liuhen/ledger/package/documents'
import type { PackageInput } from '@liuhen/ledger/package/build-package'
import { type SidecarKind, sidecarKind } from '@liuhen/ledger/package/paths'
import { daT70 } from '../package-contents/da-t-70.ts'
import { examine } from '../package-contents/examine.ts'
import { indexPage } from '../package-contents/index-page.ts'
import { premisXml } from '../package-contents/premis.ts'
import { verdictsOf } from './gather-verdicts.ts'
import type { Making } from './making.ts'
import { sidecarFiles, sm3By } from './bound-payload.ts'
import { eventInput, readingOf, toldEvent } from './gather-events.ts'
import { playbackOf } from './recording-checks.ts'

const Exported = z.object({ purpose: z.string() })
const Recipient = z.object({ recipient: z.string() })

const SIDECARS: Readonly<Record<SidecarKind, { title: string; mime: string }>> = {
  captions: { title: '字幕', mime: 'text/vtt' },
  chain: { title: '手机切片链', mime: 'text/plain' },
  sheet: { title: '音像说明', mime: 'text/html' },
}

const tellOf = (path: string) => SIDECARS[sidecarKind(path) ?? 'chain']

/** Order of the log is the order in which things were recorded. */
const tellAll = (m: Making) => {
  const reading = readingOf(m.plan, m.inclusions)
  return m.gathered.streams
    .flatMap((s) => s.events.map((e) => toldEvent(e, reading)))
    .toSorted((a, b) => a.index - b.index)
}

const readingPages = (m: Making, checked: DaT70): Pick<PackageInput, 'premis' | 'index'> => {
  const { plan, gathered, vkey } = m
  const events = tellAll(m)
  const key = parseVkey(vkey)
  const files = [
    ...plan.documents.map((d) => ({ ...d, path: `data/documents/${d.name}`, mime: 'application/pdf' })),
    ...plan.recordings.map((r) => ({ ...r, path: `data/media/${r.name}` })),
    ...plan.sidecars
      .map((s) => ({ ...s, path: `data/media/${s.name}` }))
      .map((s) => ({ ...s, ...tellOf(s.path) })),
  ]
  const { event } = gathered.exported
  return {
    premis: premisXml({ caseId: plan.summary.caseId, agency: plan.summary.agency, files, events }),
    index: indexPage({
      plan,
      events,
      purpose: Exported.parse(event.data.internal).purpose,
      recipient: plan.audience === 'whole' ? Recipient.parse(event.data.internal).recipient : '当事人',
      exportedAt: event.occurredAt,
      fingerprint: key === undefined ? '' : keyFingerprint(key),
      hasVerifyPage: m.verifyPage !== undefined,
      verdicts: verdictsOf(m, checked),
    }),
  }
}

/** The input of the package format, with the pages for reading and the four-property checks. */
export const composePackage = (m: Making): PackageInput => {
  const { plan, gathered, inclusions, collected, vkey, keys, sm2Vkey, now, verifyPage } = m
  const reading = readingOf(plan, inclusions)
  const checked = daT70(
    examine({
      at: now,
      plan,
      files: collected.files,
      streams: gathered.streams.map((s) => s.events),
      playback: playbackOf(gathered),
      checkpoint: inclusions.checkpoint ?? '',
      isStamped: m.stamps.some((s) => s.size === inclusions.size),
      ...(m.described && { archival: m.described.examined }),
    }),
  )
  return {
    organisation: plan.summary.agency.name,
    date: chinaDate(now),
    summary: plan.summary,
    documents: plan.documents,
    media: plan.recordings,
    sidecars: sidecarFiles(plan),
    metadata: {
      v: 1,
      题名: plan.summary.title,
      案号: plan.summary.caseNo,
      责任者: plan.summary.agency.name,
      文种: '行政执法案卷',
      密级: '内部',
      件数: plan.documents.length + plan.recordings.length,
      ...(plan.archive === undefined
        ? {}
        : {
            档号: plan.archive.archiveNo,
            保管期限: plan.archive.keptUntil ?? '永久',
            保管期限说明: plan.archive.why,
          }),
    },
    daT70: checked,
    mediaManifests: collected.manifests,
    streams: gathered.streams.map((s) => ({
      streamId: s.streamId,
      events: s.events.map((e) => eventInput(e, reading)),
    })),
    exported: { streamId: plan.summary.caseId, version: gathered.exported.event.version },
    checkpoint: inclusions.checkpoint ?? '',
    vkey,
    sm3Of: sm3By(collected.sm3s),
    ...(keys && { keys }),
    ...(sm2Vkey !== undefined && { sm2Vkey }),
    stamps: m.stamps,
    issued: m.issued,
    ...(m.described && { described: [...m.described.files, ...m.described.wrapped] }),
    ...(verifyPage && { verifyPage }),
    ...readingPages(m, checked),
  }
}
