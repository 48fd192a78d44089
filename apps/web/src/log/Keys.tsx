import { Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import type { logState } from '@liuhen/api/routes/log'
import { chinaMinute } from '../time/china.ts'

type Key = ResponseOf<typeof logState>['keys'][number]

/** Every key that the log ever had, and when: whoever has an earlier package looks for the key of that time. */
export function Keys({ keys }: Readonly<{ keys: readonly Key[] }>) {
  const { t } = useTranslation('log')
  const { t: w } = useTranslation('words')
  const minute = (at: string | undefined): string => (at === undefined ? '' : chinaMinute(at))
  const periodOf = ({ since, until }: Key): string =>
    `${since === undefined ? t('keyFromFirst') : t('keySince', { at: minute(since) })}${until === undefined ? '' : t('keyUntil', { at: minute(until) })}`
  const copy = (text: string) => ({ text, tooltips: [w('copy'), w('copied')] })
  return (
    <>
      {keys.length > 1 && <p className="explain">{t('keysNote')}</p>}
      {keys.map((key) => (
        <dl className="log-facts log-witness" key={key.vkey}>
          <dt>{t('keyState')}</dt>
          <dd>
            {t(`keyStates.${key.state}`, {
              period: periodOf(key),
              signsUntil: minute(key.signsUntil),
              revokedSince: minute(key.revokedSince),
            })}
          </dd>
          <dt>{t('fingerprint')}</dt>
          <dd>
            <Typography.Text className="mono hash" copyable={copy(key.fingerprint)}>
              {key.fingerprint}
            </Typography.Text>
          </dd>
          <dt>{t('vkey')}</dt>
          <dd>
            <Typography.Text className="mono hash" copyable={copy(key.vkey)}>
              {key.vkey}
            </Typography.Text>
          </dd>
        </dl>
      ))}
    </>
  )
}
