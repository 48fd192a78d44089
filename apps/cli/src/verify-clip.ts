import { open, readFile } from 'node:fs/promises'
import { parsePolicy } from '@liuhen/ledger/package/policy'
import { type ClipReport, verifyClip } from '@liuhen/ledger/clip/verify-clip'
import { nodePrimitives } from './node-primitives.ts'
import { openPackage } from './package-files.ts'
import type { VerifyExit } from './verify.ts'
import { reportLines } from './verify-report.ts'

/** 4: nothing failed, and not all of it was compared, or bytes between the samples are missing. */
export type VerifyClipExit = VerifyExit | 4

const EXIT: Readonly<Record<ClipReport['verdict'], VerifyClipExit>> = { PASS: 0, FAIL: 1, INCOMPLETE: 4 }

export type VerifyClipArguments = Readonly<{
  policy?: string
  /** The original, for whoever has it and was given no chunks. */
  original?: string
  json?: boolean
  verbose?: boolean
}>

type Output = Readonly<{ out(line: string): void; err(line: string): void }>

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const openOriginal = async (path: string | undefined) => {
  if (path === undefined) return undefined
  const file = await open(path, 'r')
  const { size: sizeBytes } = await file.stat()
  const read = async (at: number, length: number): Promise<Uint8Array> => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
    return buffer.subarray(0, bytesRead)
  }
  return { original: { sizeBytes, read }, close: () => file.close() }
}

/** `liuhen verify-clip <folder or tar>`: works offline and knows nothing of a server. */
export const verifyClipCommand = async (
  path: string,
  options: VerifyClipArguments,
  { out, err }: Output,
): Promise<VerifyClipExit> => {
  const policy =
    options.policy === undefined ? undefined : await readFile(options.policy, 'utf8').catch(() => '')
  if (policy !== undefined) {
    const parsed = parsePolicy(policy)
    if (!parsed.ok) {
      err(`${parsed.why}。策略每行写一个信任的公钥，例如：log <机关公布的公钥>`)
      return 2
    }
  }
  const proof = await openPackage(path).catch((error: unknown) => {
    err(`打不开片段证明 ${path}：${messageOf(error)}。请给出证明的 .tar 文件或者解开后的目录。`)
    return undefined
  })
  if (!proof) return 3
  const beside = await openOriginal(options.original).catch((error: unknown) => {
    err(`打不开原件：${messageOf(error)}`)
    return 'none' as const
  })
  try {
    if (beside === 'none') return 3
    const report = await verifyClip(proof.reader, {
      primitives: nodePrimitives,
      ...(policy !== undefined && { policy }),
      ...(beside && { original: beside.original }),
    })
    if (options.json) out(JSON.stringify({ proof: path, ...report }))
    else for (const line of reportLines(report, options.verbose, 'liuhen verify-clip <片段证明>')) out(line)
    return EXIT[report.verdict]
  } finally {
    await proof.close()
    if (beside !== undefined && beside !== 'none') await beside.close()
  }
}
