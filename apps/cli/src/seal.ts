import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { readCertificate } from '@liuhen/ledger/seal/certificate'
import { readConfig } from '../../server/src/config/config.ts'
import { nodeHashes } from '../../server/src/event-store/seal-event.ts'
import { createRenderer } from '../../server/src/pdf/render.ts'
import { importKey } from '../../server/src/seal/import-key.ts'
import { keyFolder, listHolders } from '../../server/src/seal/key-folder.ts'
import type { SealPicture } from '../../server/src/seal/seal-provider.ts'
import { EXIT } from './exit.ts'

export type SealArguments = Readonly<{
  agency: string
  certificate: string
  key: string
  officer?: string
  picture?: string
}>

const LAW_DIR = resolve(import.meta.dirname, '../../../law')

const EXTENSIONS: Readonly<Record<string, SealPicture['extension']>> = {
  '.svg': 'svg',
  '.png': 'png',
  '.jpg': 'jpg',
  '.jpeg': 'jpg',
}

const given = (path: string): Promise<Buffer> =>
  readFile(path).catch(() => {
    throw new Error(`读不到文件 ${path}。`)
  })

/** A picture that cannot be drawn would stop every paper of the agency. */
const tryPicture = async (picture: SealPicture): Promise<void> => {
  const renderer = createRenderer({ lawDir: LAW_DIR })
  try {
    await renderer.drawSeal({ name: '', note: '', picture })
  } catch {
    throw new Error('印章图样画不出来，请换一个 svg、png 或者 jpg 文件。')
  } finally {
    await renderer.close()
  }
}

const readPicture = async (path: string | undefined): Promise<{ picture?: SealPicture }> => {
  if (path === undefined) return {}
  const extension = EXTENSIONS[extname(path).toLowerCase()]
  if (extension === undefined) throw new Error('印章图样只能是 svg、png、jpg。')
  const picture = { extension, bytes: new Uint8Array(await given(path)) }
  await tryPicture(picture)
  return { picture }
}

/** `liuhen seal import`: counts at the next paper that is issued; nothing is restarted. */
export const importSeal = async (o: SealArguments, json: boolean): Promise<number> => {
  const passphrase = process.env['LIUHEN_PASSWORD']
  const holder = {
    agencyId: o.agency,
    agencyName: '',
    ...(o.officer === undefined ? {} : { officer: { personId: o.officer, name: '' } }),
  }
  try {
    const { fingerprint, name, notAfter } = await importKey(readConfig(process.env).folders.seals, holder, {
      certificatePem: (await given(o.certificate)).toString('utf8'),
      keyPem: (await given(o.key)).toString('utf8'),
      ...(passphrase === undefined ? {} : { passphrase }),
      ...(await readPicture(o.picture)),
    })
    if (json) console.log(JSON.stringify({ fingerprint, name, notAfter }))
    else
      console.log(
        `已登记：${name}，有效期至 ${notAfter}\n证书指纹 ${fingerprint}\n请把指纹公布在机关公告栏和公示网站，供收到文书的人核对。`,
      )
    return EXIT.ok
  } catch (error) {
    console.error(`没有登记：${error instanceof Error ? error.message : String(error)}`)
    return EXIT.fails
  }
}

/** Every certificate that the folder of seals holds; none when there is no such folder. */
export const heldSeals = async (root: string) => {
  const provider = keyFolder({ folder: root })
  const lines = []
  for (const holder of await listHolders(root)) {
    const { certificates } = await provider.find({ ...holder, agencyName: '' }, '')
    for (const { algorithm, certificate } of certificates) {
      const { fingerprint, name, notAfter } = readCertificate(certificate, nodeHashes)
      lines.push({ agency: holder.agencyId, name, algorithm, notAfter, fingerprint })
    }
  }
  return lines
}

/** `liuhen seal list`. */
export const listSeals = async (json: boolean): Promise<number> => {
  const lines = await heldSeals(readConfig(process.env).folders.seals)
  if (json) console.log(JSON.stringify(lines))
  else if (lines.length === 0) console.log('没有登记印章证书。登记用：liuhen seal import')
  else
    for (const l of lines)
      console.log(`${l.agency}  ${l.name}  ${l.algorithm}  至 ${l.notAfter}\n  ${l.fingerprint}`)
  return EXIT.ok
}
