import { useEffect, useState } from 'react'
import { Button, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { listDeviceKeys } from '@liuhen/api/routes/field'
import type { Me } from '@liuhen/api/routes/session'
import { fingerprintOf } from '@liuhen/ledger/chain/device-key'
import { useRoute } from '../api/use-route.ts'
import { sizeOf } from '../recording/size.ts'
import { keyFor, replaceKey } from './device-key.ts'
import { askForRoom, installing } from './install.ts'
import { useObserved } from './observed.ts'
import { keys, type PhoneKey } from './phone-db.ts'

/** The phone itself: by which key it signs and whether somebody vouches for it, how much room there is. */
export function DeviceCard({ me, isSignedIn }: Readonly<{ me: Me; isSignedIn: boolean }>) {
  const { t } = useTranslation('field')
  const [key, setKey] = useKey(me)
  const room = useRoom()
  const prompt = useObserved(installing)
  const known = useRoute(listDeviceKeys, {}, { enabled: isSignedIn, every: 15_000 })
  const fingerprint = key && fingerprintOf(key.publicKey)
  const row = known.data?.items.find((one) => one.fingerprint === fingerprint)
  const status = row?.status ?? key?.status
  useEffect(() => {
    if (key && row && row.status !== key.status) void keys.put(key.personId, { ...key, status: row.status })
  }, [key, row])
  return (
    <section className="panel" aria-label={t('device.title')}>
      <h2>{t('device.title')}</h2>
      {key && (
        <dl className="facts field-facts">
          <dt>{t('device.name')}</dt>
          <dd>{key.label}</dd>
          <dt>{t('device.key')}</dt>
          <dd className="mono hash">{fingerprint?.slice(0, 32)}</dd>
          <dt>{t('device.state')}</dt>
          <dd>
            <Tag color={status === 'approved' ? 'success' : 'warning'}>
              {t(`device.${status ?? 'unknown'}`)}
            </Tag>
          </dd>
          {room && (
            <>
              <dt>{t('device.room')}</dt>
              <dd>
                {room.freeBytes === undefined ? t('device.roomUnknown') : sizeOf(room.freeBytes)}
                <p className="faint">{t(room.isKept ? 'device.kept' : 'device.mayClear')}</p>
              </dd>
            </>
          )}
        </dl>
      )}
      {row?.status === 'revoked' && (
        <Button
          size="large"
          onClick={() => {
            const personId = me.personId ?? me.userId
            void replaceKey(personId, t('device.label', { name: me.name })).then(setKey)
          }}
        >
          {t('device.replace')}
        </Button>
      )}
      {prompt && (
        <Button size="large" onClick={() => void prompt.prompt()}>
          {t('device.install')}
        </Button>
      )}
    </section>
  )
}

/** Made at the first visit, so that somebody can vouch for the phone before it is needed. */
function useKey(me: Me) {
  const { t } = useTranslation('field')
  const [key, setKey] = useState<PhoneKey>()
  const personId = me.personId ?? me.userId
  const label = t('device.label', { name: me.name })
  useEffect(() => {
    void keyFor(personId, label).then(async (made) => setKey((await keys.get(personId)) ?? made))
  }, [personId, label])
  return [key, setKey] as const
}

function useRoom() {
  const [room, setRoom] = useState<Awaited<ReturnType<typeof askForRoom>>>()
  useEffect(() => {
    void askForRoom().then(setRoom, () => undefined)
  }, [])
  return room
}
