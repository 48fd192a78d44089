import { createPrivateKey, sign } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Algorithm } from '@liuhen/ledger/seal/public-key'
import { readCertificate } from '@liuhen/ledger/seal/certificate'
import { nodeHashes } from '../event-store/seal-event.ts'
import { writeDurably } from '../ledger/log-folder.ts'
import type { MadeCertificate } from './make-certificate.ts'
import { certificatePem, certificatesIn, privateKeyIn } from './pem.ts'
import type { Held, HeldCertificate, SealHolder, SealPicture, SealProvider } from './seal-provider.ts'

/**
 * Names within a holder's folder; the folder is 0700 and keys are 0600, as the log's key is. A key and its certificates
 * are one file, so that a new one replaces both or neither; the certificates may also stand in a file beside the key.
 */
const FILES = {
  certificate: 'certificate.pem',
  key: 'key.pem',
  sm2Certificate: 'sm2-certificate.pem',
  sm2Key: 'sm2-key.hex',
} as const
const PICTURES = ['svg', 'png', 'jpg'] as const

const readOr = async (path: string): Promise<Buffer | undefined> =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })

const Id = /^[0-9a-zA-Z-]{1,64}$/

/** Ids come over a socket and become names of folders. */
export const folderOf = (root: string, { agencyId, officer }: SealHolder): string => {
  const ids = [agencyId, officer?.personId ?? 'agency']
  if (!ids.every((id) => Id.test(id))) throw new Error('机关编号、人员编号只能由字母、数字和横线组成。')
  return join(root, ...ids)
}

export const keepKey = async (folder: string, made: MadeCertificate, authorities: readonly Uint8Array[]) => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const pem = [made.certificate, ...authorities].map(certificatePem).join('')
  await writeDurably(join(folder, FILES.key), `${made.keyPem.trim()}\n${pem}`, 0o600)
  await rm(join(folder, FILES.certificate), { force: true })
}

export const keepSm2Key = async (folder: string, number: string, certificates: readonly Uint8Array[]) => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const pem = certificates.map(certificatePem).join('')
  await writeDurably(join(folder, FILES.sm2Key), `${number}\n${pem}`, 0o600)
  await rm(join(folder, FILES.sm2Certificate), { force: true })
}

/** Every holder of whom there is a folder, by their ids. */
export const listHolders = async (root: string): Promise<readonly Omit<SealHolder, 'agencyName'>[]> => {
  const found = await readdir(root, { recursive: true }).catch(() => [])
  return found
    .map((path) => path.split('/'))
    .filter((parts) => parts.length === 2)
    .map(([agencyId = '', own = '']) => ({
      agencyId,
      ...(own === 'agency' ? {} : { officer: { personId: own, name: '' } }),
    }))
    .filter(({ agencyId }) => agencyId !== 'authority')
}

/** The new picture is the only one. */
export const keepPicture = async (folder: string, { extension, bytes }: SealPicture): Promise<void> => {
  await writeDurably(join(folder, `picture.${extension}`), bytes)
  const others = PICTURES.filter((other) => other !== extension)
  await Promise.all(others.map((other) => rm(join(folder, `picture.${other}`), { force: true })))
}

const textIn = async (path: string): Promise<string> => (await readOr(path))?.toString('utf8') ?? ''

const certificateIn = async (
  folder: string,
  file: string,
  beside: string,
): Promise<readonly HeldCertificate[]> => {
  const withKey = certificatesIn(await textIn(join(folder, file)))
  const [own, ...authorities] =
    withKey.length > 0 ? withKey : certificatesIn(await textIn(join(folder, beside)))
  if (own === undefined) return []
  const { key } = readCertificate(own, nodeHashes)
  if (key === undefined) throw new Error(`${join(folder, file)} 的密钥种类不受支持。`)
  return [{ algorithm: key.algorithm, certificate: own, authorities }]
}

const pictureIn = async (folder: string): Promise<{ picture?: SealPicture }> => {
  for (const extension of PICTURES) {
    const bytes = await readOr(join(folder, `picture.${extension}`))
    if (bytes !== undefined) return { picture: { extension, bytes: new Uint8Array(bytes) } }
  }
  return {}
}

const findIn = async (folder: string): Promise<Held> => ({
  certificates: [
    ...(await certificateIn(folder, FILES.key, FILES.certificate)),
    ...(await certificateIn(folder, FILES.sm2Key, FILES.sm2Certificate)),
  ],
  ...(await pictureIn(folder)),
})

const signIn = async (folder: string, algorithm: Algorithm, bytes: Uint8Array): Promise<Uint8Array> => {
  if (algorithm === 'sm2-sm3') {
    const { signSm2 } = await import('./sm2-key.ts')
    const [number = ''] = (await readFile(join(folder, FILES.sm2Key), 'utf8')).split('\n')
    return signSm2(number, bytes)
  }
  const pem = privateKeyIn(await readFile(join(folder, FILES.key), 'utf8')) ?? ''
  return new Uint8Array(sign('sha256', bytes, createPrivateKey(pem)))
}

export type KeyFolderOptions = Readonly<{
  /** `seals` in the data directory. */
  folder: string
  /** Makes what is missing; only a demonstration may. */
  make?: (folder: string, root: string, holder: SealHolder, at: string) => Promise<void>
}>

/** Keys in files that only the installation's user can read. They are read at each use, so that an import counts at once. */
export const keyFolder = ({ folder: root, make }: KeyFolderOptions): SealProvider => {
  let making: Promise<unknown> = Promise.resolve()
  const madeBefore = async (folder: string, holder: SealHolder, at: string): Promise<Held> => {
    const held = await findIn(folder)
    if (held.certificates.length > 0 || make === undefined) return held
    await make(folder, root, holder, at)
    return findIn(folder)
  }
  return {
    find: (holder, at) => {
      const next = making.then(() => madeBefore(folderOf(root, holder), holder, at))
      making = next.catch(() => undefined)
      return next
    },
    sign: (holder, algorithm, bytes) => signIn(folderOf(root, holder), algorithm, bytes),
  }
}
