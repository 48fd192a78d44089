import { readFile } from 'node:fs/promises'
import { parsePolicy } from '@liuhen/ledger/package/policy'
import type { PackageReader } from '@liuhen/ledger/package/read-package'
import { verifyPackage } from '@liuhen/ledger/package/verify'
import { nodePrimitives } from './node-primitives.ts'
import { openPackage } from './package-files.ts'
import { reportLines } from './verify-report.ts'

/** 0 passed · 1 failed · 2 wrong use, such as a policy that cannot be read · 3 the package cannot be opened. */
export type VerifyExit = 0 | 1 | 2 | 3

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
    if (options.json) out(JSON.stringify({ package: path, ...report }))
    else for (const line of reportLines(report, options.verbose)) out(line)
    return report.verdict === 'PASS' ? 0 : 1
  } finally {
    await opened.close()
  }
}
