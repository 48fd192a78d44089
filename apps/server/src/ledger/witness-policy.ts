import { readFile } from 'node:fs/promises'
import { isSatisfied, parseWitnessPolicy, type Policy } from '@liuhen/ledger/package/policy'
import { formatVkey, type NoteKey } from '@liuhen/ledger/note'

/** A witness that is asked for its signature under each checkpoint. */
export type WitnessPeer = Readonly<{ name: string; key: NoteKey; url: string }>

/** Whom the agency asks to watch its log: the file that LIUHEN_WITNESSES names, in the words of C2SP tlog-policy. */
export type WitnessPolicy = Readonly<{
  peers: readonly WitnessPeer[]
  /** The file's lines about witnesses, for a policy that counts and demands nothing. */
  lines: readonly string[]
  /** Whether these witnesses, by the names of their keys, are as many as the agency wants. */
  isEnough(keyNames: ReadonlySet<string>): boolean
}>

export const NO_WITNESSES: WitnessPolicy = { peers: [], lines: [], isEnough: () => false }

const peersIn = (policy: Policy, path: string): WitnessPeer[] =>
  [...policy.witnesses].map(([name, { key, url }]) => {
    const isWeb = url !== undefined && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
    if (!isWeb) throw new Error(`${path}：见证方 ${name} 没有写明网址（http 或 https）。`)
    return { name, key, url: url.replace(/\/+$/, '') }
  })

/** Read once at the start; what is wrong in it stops the start, since nobody would notice later. */
export const readWitnessPolicy = async (path: string | undefined): Promise<WitnessPolicy> => {
  if (path === undefined) return NO_WITNESSES
  const parsed = parseWitnessPolicy(await readFile(path, 'utf8'))
  if (!parsed.ok) throw new Error(`${path}：${parsed.why}`)
  const policy = parsed.value
  const peers = peersIn(policy, path)
  if (new Set(peers.map((p) => p.key.name)).size !== peers.length)
    throw new Error(`${path}：两个见证方的公钥用了同一个名称。`)
  const namesOf = (keyNames: ReadonlySet<string>): ReadonlySet<string> =>
    new Set(peers.filter((p) => keyNames.has(p.key.name)).map((p) => p.name))
  return {
    peers,
    lines: peers.map(({ name, key }) => `witness ${name} ${formatVkey(key)}`),
    isEnough: (keyNames) =>
      policy.quorum === undefined
        ? namesOf(keyNames).size > 0
        : isSatisfied(policy, policy.quorum, namesOf(keyNames)),
  }
}
