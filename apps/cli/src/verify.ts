import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { trustedIn } from '@liuhen/ledger/package/check-seals'
import { parsePolicy } from '@liuhen/ledger/package/policy'
import { FOREIGN_TAR } from '@liuhen/ledger/package/tar'
import type { PackageReader } from '@liuhen/ledger/package/read-package'
import type { Report } from '@liuhen/ledger/package/report'
import { verifyPaper } from '@liuhen/ledger/package/verify-paper'
import { isForeignTar } from '@liuhen/ledger/package/foreign-tar'
import { verifyPackage } from '@liuhen/ledger/package/verify'
import { nodePrimitives } from './node-primitives.ts'
import { openPackage } from './package-files.ts'
import { paperLines, reportLines } from './verify-report.ts'

/**
 * 0 passed · 1 failed · 2 wrong use, such as a policy that cannot be read · 3 the package cannot be opened, or is a tar that somebody packed anew · 4 the bytes
 * hold, but the policy does not name the certificate of a paper, or of an agency's seal in a package though it names seals,
 * or its key of the log was revoked and nobody outside saw the log before.
 */
export type VerifyExit = 0 | 1 | 2 | 3 | 4

const EXIT_OF = { PASS: 0, FAIL: 1, INCOMPLETE: 4 } as const

export type VerifyArguments = Readonly<{
  /** File that names the keys which the reader trusts (C2SP tlog-policy). */
  policy?: string
  json?: boolean
  /** Name every item, not only those that do not hold or were not looked at. */
  verbose?: boolean
  /** Also compute SM3 of whole recordings. */
  sm3?: boolean
}>

type Output = Readonly<{
  out(line: string): void
  err(line: string): void
  /** Called as the package is read; `totalBytes` is 0 when the package cannot be listed. */
  progress?(doneBytes: number, totalBytes: number): void
}>

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const readPolicy = async (path: string | undefined): Promise<Readonly<{ text?: string; why?: string }>> => {
  if (path === undefined) return {}
  try {
    const text = await readFile(path, 'utf8')
    const parsed = parsePolicy(text)
    return parsed.ok ? { text } : { why: parsed.why }
  } catch (error) {
    return { why: `读不到信任策略 ${path}:${messageOf(error)}` }
  }
}

/** A paper by itself, as the party received it: what its signatures show, and no record beside it. */
const verifyOne = async (
  path: string,
  { policy, options, out }: { policy: string | undefined; options: VerifyArguments } & Pick<Output, 'out'>,
): Promise<VerifyExit> => {
  const bytes = new Uint8Array(await readFile(path))
  const report = verifyPaper(basename(path), bytes, { trusted: trustedIn(policy), hashes: nodePrimitives })
  if (options.json) out(JSON.stringify({ paper: path, ...report }))
  else for (const line of paperLines(report)) out(line)
  return EXIT_OF[report.verdict]
}

/** Whoever names seals asks for them: a seal of the agency that the policy does not vouch for is no success. */
const exitOf = ({ verdict, seals, items }: Report, sealsNamed: boolean): VerifyExit => {
  if (verdict === 'FAIL') return 1
  if (items.some((i) => i.check === 'key-revoked' && i.result === 'NOT CHECKED')) return 4
  return sealsNamed && seals === 'NOT CHECKED' ? 4 : 0
}

const totalOf = async (reader: PackageReader): Promise<number> => {
  const files = await reader.list().catch(() => [])
  return files.reduce((sum, f) => sum + f.sizeBytes, 0)
}

/** `liuhen verify <package>`: works offline and knows nothing of a server. */
export const verifyCommand = async (
  path: string,
  options: VerifyArguments,
  { out, err, progress }: Output,
): Promise<VerifyExit> => {
  const policy = await readPolicy(options.policy)
  if (policy.why !== undefined) {
    err(`${policy.why}。策略每行写一个信任的公钥，例如：log <机关公布的公钥>`)
    return 2
  }
  if (path.toLowerCase().endsWith('.pdf'))
    return verifyOne(path, { policy: policy.text, options, out }).catch((error: unknown) => {
      err(`打不开文书 ${path}:${messageOf(error)}。`)
      return 3
    })
  const opened = await openPackage(path).catch((error: unknown) => {
    err(`打不开卷包 ${path}:${messageOf(error)}。请给出卷包的 .tar 文件或者解开后的目录。`)
    return undefined
  })
  if (!opened) return 3
  try {
    const total = progress ? await totalOf(opened.reader) : 0
    let done = 0
    const report = await verifyPackage(opened.reader, {
      primitives: nodePrimitives,
      sm3Files: options.sm3 ?? false,
      onBytes: (read) => progress?.((done += read), total),
      ...(policy.text !== undefined && { policy: policy.text }),
    })
    if (isForeignTar(report)) {
      err(
        `没有核验（NOT CHECKED）：${FOREIGN_TAR}。例如：mkdir 卷包 && tar xf ${path} -C 卷包 && liuhen verify 卷包`,
      )
      return 3
    }
    if (options.json) out(JSON.stringify({ package: path, ...report }))
    else for (const line of reportLines(report, options.verbose)) out(line)
    return exitOf(report, trustedIn(policy.text).length > 0)
  } finally {
    await opened.close()
  }
}
