import { execFile } from 'node:child_process'
import { createHash, verify, X509Certificate } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const SCHEMA = join(import.meta.dirname, 'eep.xsd')

/** By a validator that is not ours; rejects with what it says. Nothing is fetched. */
export const validateEep = (paths: readonly string[]) =>
  run('xmllint', ['--nonet', '--huge', '--noout', '--schema', SCHEMA, ...paths])

const textOf = (xml: string, name: string): string =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? ''
const between = (xml: string, name: string): string => {
  const close = `</${name}>`
  return xml.slice(xml.indexOf(`<${name}`), xml.indexOf(close) + close.length)
}

/** As the rule of signing in the file says, with the certificate in it: what it covers, and who signed. */
const isSigned = (xml: string, what: string, within: string): boolean => {
  const text = createHash('sha256').update(between(xml, what)).digest('hex')
  const { publicKey } = new X509Certificate(Buffer.from(textOf(within, '证书'), 'base64'))
  return verify('sha256', Buffer.from(text), publicKey, Buffer.from(textOf(within, '签名结果'), 'base64'))
}

/** Whether a package's 电子签名 and 锁定签名 hold. */
export const signaturesHold = async (path: string): Promise<readonly boolean[]> => {
  const xml = await readFile(path, 'utf8')
  const own = between(xml, '电子签名块')
  return [
    isSigned(xml, '被签名对象', own),
    isSigned(own.replace('<电子签名块>', ''), '电子签名', between(xml, '锁定签名')),
  ]
}

const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((f) => f.isFile())
    .map((f) => join(f.parentPath, f.name))

export type Archival = Readonly<{
  /** Papers encapsulated, each shown to be the package's own byte for byte, by tools of the system. */
  encapsulated: readonly string[]
  /** Texts of metadata by path below metadata/, each well-formed. */
  metadata: ReadonlyMap<string, string>
}>

/** What an archivist's own tools say of an unpacked package; rejects when one of them objects. */
export const checkArchival = async (folder: string): Promise<Archival> => {
  const metadata = join(folder, 'metadata')
  const eeps = await filesIn(join(metadata, 'eep')).catch(() => [])
  if (eeps.length > 0) await validateEep(eeps)
  for (const path of eeps) {
    const xpath = "string(//*[local-name()='编码数据'])"
    const { stdout } = await run('xmllint', ['--huge', '--xpath', xpath, path], { maxBuffer: 2 ** 28 })
    const paper = path.replace(join(metadata, 'eep'), join(folder, 'data/documents')).replace(/xml$/, 'pdf')
    if (!Buffer.from(stdout.trim(), 'base64').equals(await readFile(paper)))
      throw new Error(`${path} has another paper`)
  }
  const files = await filesIn(metadata)
  await run('xmllint', ['--nonet', '--huge', '--noout', ...files.filter((path) => path.endsWith('.xml'))])
  const all = files.filter((path) => /\/da-t-\d+\//.test(path))
  const texts = await Promise.all(all.map(async (path) => [path, await readFile(path, 'utf8')] as const))
  const below = (path: string): string => path.slice(metadata.length + 1)
  return {
    encapsulated: eeps.map(below).toSorted(),
    metadata: new Map(texts.map(([path, text]) => [below(path), text])),
  }
}
