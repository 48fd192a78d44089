import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keepKey } from './key-folder.ts'
import { authorityOf, makeCertificate, type MadeCertificate } from './make-certificate.ts'
import { certificatesIn, privateKeyIn } from './pem.ts'
import type { SealHolder } from './seal-provider.ts'

const ORGANISATION = '留痕演示（无法律效力）'

const authorityIn = async (folder: string, at: string): Promise<MadeCertificate> => {
  const [pem, beside] = await Promise.all([
    readFile(join(folder, 'key.pem'), 'utf8').catch(() => ''),
    readFile(join(folder, 'certificate.pem'), 'utf8').catch(() => ''),
  ])
  const keyPem = privateKeyIn(pem)
  const [certificate] = certificatesIn(pem + beside)
  if (keyPem !== undefined && certificate !== undefined) return { keyPem, certificate }
  const made = await makeCertificate({ name: '演示证书签发者', organisation: ORGANISATION }, at)
  await keepKey(folder, made, [])
  return made
}

/** In a demonstration every agency has a certificate, by an authority of the demonstration's own; officers have what is imported for them. */
export const makeDemonstrationKey = async (
  folder: string,
  root: string,
  holder: SealHolder,
  at: string,
): Promise<void> => {
  if (holder.officer !== undefined) return
  const authority = await authorityIn(join(root, 'authority'), at)
  const subject = { name: `${holder.agencyName}（演示印章）`, organisation: ORGANISATION }
  await keepKey(folder, await makeCertificate(subject, at, authorityOf(authority)), [authority.certificate])
}
