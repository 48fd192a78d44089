import { requestDeviceKey } from '@liuhen/api/routes/field'
import type { Me } from '@liuhen/api/routes/session'
import { toBase64 } from '@liuhen/ledger/bytes'
import { fingerprintOf } from '@liuhen/ledger/chain/device-key'
import { call } from '../api/client.ts'
import { browserOf } from './browser-of.ts'
import { keys, type PhoneKey } from './phone-db.ts'

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const

/** Nobody can take the private half out of this browser: not we, not the page, not whoever holds the phone. */
const makeKey = async (personId: string, label: string): Promise<PhoneKey> => {
  const pair = await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify'])
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))
  const publicKey = toBase64(spki)
  // One person has several browsers: each row of the list says which, as the phone's own page does.
  const own = [label, browserOf(navigator.userAgent), deviceIdOf({ publicKey }).slice(0, 7)]
  const named = own
    .filter((part) => part !== undefined)
    .join(' · ')
    .slice(0, 60)
  const made = { personId, privateKey: pair.privateKey, publicKey, label: named }
  await keys.put(personId, made)
  return made
}

/** One key for each person on each phone, made when it is first needed, also without a network. */
export const keyFor = async (personId: string, label: string): Promise<PhoneKey> =>
  (await keys.get(personId)) ?? (await makeKey(personId, label))

export const replaceKey = (personId: string, label: string): Promise<PhoneKey> => makeKey(personId, label)

/** What a phone is called in lists: short, and the same each time. */
export const deviceIdOf = (key: Pick<PhoneKey, 'publicKey'>): string =>
  `MB-${fingerprintOf(key.publicKey).slice(0, 12).toUpperCase()}`

export const enrol = async (me: Me, key: PhoneKey): Promise<void> => {
  if (key.status !== undefined || !me.roles.includes('officer')) return
  await call(requestDeviceKey, { body: { publicKey: key.publicKey, label: key.label } })
  await keys.put(key.personId, { ...key, status: 'requested' })
}
