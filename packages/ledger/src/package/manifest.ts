import { compareUtf8, decodeUtf8, utf8 } from '../bytes.ts'
import type { Parsed } from '../canonical.ts'
import { isPackagePath } from './paths.ts'

/** `digest` in hex: SHA-256 or SM3, both of 32 bytes; which one the name of the manifest says. */
export type ManifestLine = Readonly<{ path: string; digest: string }>

/** The one text of a list of files: lower-case hex, two spaces, LF, sorted by the bytes of the path. */
export const formatManifest = (lines: readonly ManifestLine[]): Uint8Array =>
  utf8(
    [...lines]
      .sort((a, b) => compareUtf8(a.path, b.path))
      .map(({ path, digest }) => `${digest}  ${path}\n`)
      .join(''),
  )

/** Refuses every text that formatManifest would not write, and an empty one. */
export const parseManifest = (bytes: Uint8Array): Parsed<readonly ManifestLine[]> => {
  const text = decodeUtf8(bytes)
  if (text === undefined) return { ok: false, why: '不是 UTF-8 文本' }
  if (text === '' || !text.endsWith('\n')) return { ok: false, why: '为空，或者末行没有换行' }
  const lines: ManifestLine[] = []
  for (const [i, line] of text.slice(0, -1).split('\n').entries()) {
    const [, digest = '', path = ''] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? []
    if (!isPackagePath(path)) return { ok: false, why: `第 ${i + 1} 行不是规范写法` }
    const before = lines.at(-1)
    if (before && compareUtf8(before.path, path) >= 0) {
      return { ok: false, why: `第 ${i + 1} 行没有按路径排序，或者重复` }
    }
    lines.push({ path, digest })
  }
  return { ok: true, value: lines }
}
