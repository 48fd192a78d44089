import type { z } from 'zod'
import { decodeUtf8 } from '../bytes.ts'
import { parseCanonical } from '../canonical.ts'
import { CaseMetadata, CaseSummary, DaT70 } from './documents.ts'
import { isUnsigned } from './eep-rule.ts'
import * as at from './paths.ts'
import type { Scan } from './read-package.ts'
import { README_TEXT } from './readme.ts'
import { VERIFY_SH_TEXT } from './verify-sh.ts'
import { fail, notChecked, pass, type Item } from './report.ts'

const read = <T>(scan: Scan, path: string, schema: z.ZodType<T>): T | undefined => {
  const json = parseCanonical(scan.files.get(path)?.bytes ?? new Uint8Array())
  return json.ok ? schema.safeParse(json.value).data : undefined
}

const checkSummary = (scan: Scan): Item => {
  const summary = read(scan, at.CASE_SUMMARY, CaseSummary)
  if (!summary) return fail('summary', at.CASE_SUMMARY, '缺失、不规范或者缺少必备项')
  const clock = summary.clock === 'simulated' ? '；演示数据，使用模拟时钟' : ''
  return pass('summary', at.CASE_SUMMARY, `${summary.caseNo} ${summary.title}${clock}`)
}

const checkDaT70 = (scan: Scan): Item => {
  const list = read(scan, at.DA_T_70, DaT70)
  if (!list) return fail('da-t-70', at.DA_T_70, '缺失或者格式不对')
  const named = (result: string): string[] => list.items.filter((i) => i.result === result).map((i) => i.code)
  const [failed, open] = [named('failed'), named('not-checked')]
  if (failed.length > 0) return fail('da-t-70', at.DA_T_70, `不合格：${failed.join('、')}`)
  const counts = `合格 ${list.items.length - open.length} 项，未检 ${open.length} 项`
  return open.length === list.items.length
    ? notChecked('da-t-70', at.DA_T_70, '各项均未检测')
    : pass('da-t-70', at.DA_T_70, counts)
}

/** May be absent; nothing binds what they say to the events. */
const isForReading = (path: string): boolean => path === at.INDEX || path === at.PREMIS

const isKnown = (path: string): boolean =>
  at.REQUIRED.some((required) => required === path) ||
  path === at.TAG_MANIFEST ||
  path === at.KEYS ||
  path === at.MANIFEST_SM3 ||
  path === at.SM2_KEY ||
  isForReading(path) ||
  at.isDescription(path) ||
  at.isEep(path) ||
  path === at.VERIFY_HTML ||
  path.startsWith(at.DOCUMENTS) ||
  path.startsWith(at.MEDIA) ||
  at.parseEventFile(path) !== undefined ||
  at.parseMediaManifestPath(path) !== undefined ||
  at.parseStampPath(path) !== undefined ||
  at.parseIssuedPath(path) !== undefined

const checkUnknown = (path: string): Item => fail('package', path, '卷包里不应有此文件')

/** A tool that came with the package is only as good as its maker; another version is said, not trusted. */
const checkTool = (scan: Scan, path: string, text: string): Item => {
  const bytes = scan.files.get(path)?.bytes
  if (!bytes) return fail('tools', path, '缺失')
  return decodeUtf8(bytes) === text
    ? pass('tools', path)
    : notChecked('tools', path, '与本程序所附的版本不同；请勿运行来历不明的脚本')
}

/** The page cannot hold its own digest: whether it is the one that the agency publishes, only the reader can see. */
const checkPage = (scan: Scan): Item[] => {
  const page = scan.files.get(at.VERIFY_HTML)
  if (!page) return []
  const detail = `SHA-256 ${page.sha256}；运行之前请与机关公布的比对`
  return [notChecked('tools', at.VERIFY_HTML, detail)]
}

type Objects = ReturnType<typeof at.describedObjects>

/** The schemes are told of in one line each: nothing binds what they say to the events. */
const checkDescriptions = (scan: Scan, objectOf: Objects): Item[] =>
  at.SCHEME_FOLDERS.flatMap((folder) => {
    const own = [...scan.files.keys()].filter((path) => path.startsWith(`metadata/${folder}/`))
    const stray = own.filter((path) => objectOf(path) === undefined)
    const here = own.length - stray.length
    const said = `${here} 件，只供阅读和归档；所写内容没有与事件逐项核对，以事件为准`
    return [
      ...stray.map((path) => fail('package', path, '包里没有它所著录的文书或者音像')),
      ...(here === 0 ? [] : [notChecked('summary', `metadata/${folder}/`, said)]),
    ]
  })

/** The paper inside an encapsulation is the package's own of the same name. */
const checkEep = (scan: Scan, path: string, objectOf: Objects): Item => {
  const own = objectOf(path)
  const paper = own === undefined ? undefined : scan.files.get(own)
  if (paper === undefined) return fail('eep', path, '包里没有同名的文书')
  const { embedded } = scan.files.get(path) ?? {}
  if (embedded === undefined) return fail('eep', path, '无法读取')
  if ('fault' in embedded) return fail('eep', path, embedded.fault)
  const signed = isUnsigned(embedded.behind) ? '；没有电子签名' : ''
  return embedded.sha256 === paper.sha256
    ? pass('eep', path, `见 ${own}${signed}`)
    : fail('eep', path, `封装的文书不是 ${own}`)
}

const checkArchival = (scan: Scan): Item[] => {
  const objectOf = at.describedObjects(scan.files.keys())
  const eeps = [...scan.files.keys()].filter(at.isEep)
  return [...checkDescriptions(scan, objectOf), ...eeps.map((path) => checkEep(scan, path, objectOf))]
}

/** What is there for reading, and whatever has no place in a package. */
export const checkMetadata = (scan: Scan): Item[] => [
  checkSummary(scan),
  read(scan, at.CASE_METADATA, CaseMetadata)
    ? pass('summary', at.CASE_METADATA)
    : fail('summary', at.CASE_METADATA, '缺失或者不规范'),
  checkDaT70(scan),
  checkTool(scan, at.README, README_TEXT),
  checkTool(scan, at.VERIFY_SH, VERIFY_SH_TEXT),
  ...checkPage(scan),
  ...[...scan.files.keys()]
    .filter(isForReading)
    .map((path) => notChecked('summary', path, '只供阅读；所写内容没有与事件逐项核对，以事件为准')),
  ...checkArchival(scan),
  ...[...scan.files.keys()].filter((path) => !isKnown(path)).map(checkUnknown),
]
