import type { CheckedEvent } from './check-events.ts'
import { byStream, findExport } from './check-streams.ts'
import { type Enclosure, ExportEnclosures, ExportStatement } from './documents.ts'
import * as at from './paths.ts'
import type { Scan } from './read-package.ts'
import { fail, type Item, notChecked, pass } from './report.ts'

const isEnclosure = (path: string): boolean => at.isDescription(path) || at.isEep(path)

const checkListed = (scan: Scan, { path, sha256 }: Enclosure): Item[] => {
  const file = scan.files.get(path)
  if (file === undefined) return [fail('enclosed', path, '导出登记列有此件，卷包里没有')]
  return sha256 === undefined || file.sha256 === sha256
    ? []
    : [fail('enclosed', path, '与导出登记记载的摘要不一致')]
}

const checkAll = (scan: Scan, listed: readonly Enclosure[], here: readonly string[]): Item[] => {
  const known = new Set(listed.map((e) => e.path))
  const bad = [
    ...listed.flatMap((e) => checkListed(scan, e)),
    ...here.filter((path) => !known.has(path)).map((path) => fail('enclosed', path, '导出登记没有列出此件')),
  ]
  if (bad.length > 0) return bad
  const eeps = listed.filter((e) => at.isEep(e.path)).length
  const said = `元数据 ${listed.length - eeps} 件，封装包（EEP）${eeps} 件，与导出登记列出的一致`
  return [pass('enclosed', at.METADATA, said)]
}

/**
 * What the archives want beside the payload, against the list of the export event. No manifest that is made anew knows
 * that list. A whole package holds what it was to have; of one that was exported before exports listed it nobody knows.
 */
export const checkEnclosures = (scan: Scan, events: readonly CheckedEvent[]): Item[] => {
  const exported = findExport(scan, byStream(events))
  const { data: statement } = ExportStatement.safeParse(exported?.parts.public)
  if (exported === undefined || statement === undefined) return []
  const here = [...scan.files.keys()].filter(isEnclosure)
  if (statement.enclosures === undefined)
    return statement.audience === 'party' && here.length === 0
      ? []
      : [notChecked('enclosed', at.METADATA, '导出登记没有列出应有的元数据和封装包，少了几件不能发现')]
  const list = ExportEnclosures.safeParse(exported.parts.internal)
  return list.success
    ? checkAll(scan, list.data.data.enclosed, here)
    : [fail('enclosed', exported.path, '导出登记写明列有元数据和封装包，列出它们的部分没有随包披露')]
}
