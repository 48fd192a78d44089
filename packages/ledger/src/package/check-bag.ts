import { decodeUtf8 } from '../bytes.ts'
import { BAGIT_TEXT, parseBagInfo } from './bag-info.ts'
import { parseManifest, type ManifestLine } from './manifest.ts'
import * as at from './paths.ts'
import type { Scan } from './read-package.ts'
import { fail, notChecked, pass, type Item } from './report.ts'

const isPayload = (path: string): boolean => path.startsWith('data/')

const readManifest = (scan: Scan, path: string, items: Item[]): readonly ManifestLine[] => {
  const bytes = scan.files.get(path)?.bytes
  if (!bytes) return [] // its absence is an item of its own
  const parsed = parseManifest(bytes)
  items.push(parsed.ok ? pass('manifest-form', path) : fail('manifest-form', path, parsed.why))
  return parsed.ok ? parsed.value : []
}

const checkLine = (scan: Scan, manifest: string, { path, digest }: ManifestLine): Item => {
  const file = scan.files.get(path)
  if (!file) return fail('listing', path, `${manifest} 列有此文件，包内没有或者无法读取`)
  return file.sha256 === digest
    ? pass('file-digest', path)
    : fail('file-digest', path, `摘要与 ${manifest} 记载的不一致`)
}

/** Every file is in the manifest that it belongs to, and that manifest lists nothing else. */
const checkManifest = (scan: Scan, manifest: string, owns: (path: string) => boolean): Item[] => {
  const items: Item[] = []
  const lines = readManifest(scan, manifest, items)
  const listed = new Set(lines.map((l) => l.path))
  for (const line of lines) {
    items.push(
      owns(line.path)
        ? checkLine(scan, manifest, line)
        : fail('listing', manifest, `${line.path} 不应列在此清单`),
    )
  }
  for (const path of scan.files.keys()) {
    if (owns(path) && !listed.has(path)) items.push(fail('listing', path, `没有列入 ${manifest}`))
  }
  return items
}

const checkBagInfo = (scan: Scan): Item => {
  const bytes = scan.files.get(at.BAG_INFO)?.bytes
  const info = bytes && parseBagInfo(bytes)
  if (!info) return fail('bag-info', at.BAG_INFO, '缺失或者不是规范写法')
  const payload = [...scan.files].filter(([path]) => isPayload(path)).map(([, file]) => file)
  const total = payload.reduce((sum, f) => sum + f.sizeBytes, 0)
  const stated = `${info.payloadBytes}.${info.payloadFiles}`
  const found = `${total}.${payload.length}`
  return stated === found
    ? pass('bag-info', at.BAG_INFO, `${payload.length} 件，${total} 字节`)
    : fail('bag-info', at.BAG_INFO, `记载 ${stated}，实际 ${found}（字节数.件数）`)
}

const checkBagit = (scan: Scan): Item => {
  const bytes = scan.files.get(at.BAGIT)?.bytes
  return bytes && decodeUtf8(bytes) === BAGIT_TEXT
    ? pass('package', at.BAGIT)
    : fail('package', at.BAGIT, '缺失或者不是 BagIt 1.0 的声明')
}

/** Every payload file by SM3, where the package has the manifest. Recordings are computed when the reader asks for it. */
const checkSm3 = (scan: Scan): Item[] => {
  if (!scan.files.has(at.MANIFEST_SM3)) return []
  const items: Item[] = []
  const lines = new Map(readManifest(scan, at.MANIFEST_SM3, items).map((l) => [l.path, l.digest]))
  for (const path of lines.keys())
    if (!isPayload(path) || !scan.files.has(path))
      items.push(fail('listing', path, `${at.MANIFEST_SM3} 列有此文件，包内没有或者不应列入`))
  for (const [path, file] of scan.files) {
    if (!isPayload(path)) continue
    const stated = lines.get(path)
    if (stated === undefined) items.push(fail('listing', path, `没有列入 ${at.MANIFEST_SM3}`))
    else if (file.sm3 === undefined) items.push(notChecked('file-sm3', path, '没有计算 SM3（核验时可选）'))
    else if (file.sm3 === stated) items.push(pass('file-sm3', path))
    else items.push(fail('file-sm3', path, `SM3 与 ${at.MANIFEST_SM3} 记载的不一致`))
  }
  return items
}

/** The outer layer: is the package whole, and did anything change since it was made. */
export const checkBag = (scan: Scan): Item[] => [
  ...at.REQUIRED.filter((path) => !scan.files.has(path)).map((path) =>
    fail('package', path, '必备文件缺失或者无法读取'),
  ),
  checkBagit(scan),
  checkBagInfo(scan),
  ...checkManifest(scan, at.MANIFEST, isPayload),
  ...checkSm3(scan),
  ...checkManifest(scan, at.TAG_MANIFEST, (path) => !isPayload(path) && path !== at.TAG_MANIFEST),
]
