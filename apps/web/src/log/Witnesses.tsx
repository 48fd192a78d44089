import { Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import type { logState } from '@liuhen/api/routes/log'
import type { ResponseOf } from '@liuhen/api/route'
import { chinaMinute } from '../time/china.ts'

type Each = ResponseOf<typeof logState>['witnesses']['each']

/** Those outside who watch the log, and how far each of them has come. */
export function Witnesses({ each }: Readonly<{ each: Each }>) {
  const { t } = useTranslation('log')
  const { t: w } = useTranslation('words')
  return (
    <section className="panel">
      <h2>{t('witnesses')}</h2>
      <p className="explain">{t('witnessesNote')}</p>
      {each.map(({ name, vkey, size, cosignedAt, refused }) => (
        <dl className="log-facts log-witness" key={name}>
          <dt>{t('witnessName')}</dt>
          <dd>{name}</dd>
          <dt>{t('witnessSize')}</dt>
          <dd>{cosignedAt === undefined ? t('witnessNever') : t('witnessSizeOf', { size })}</dd>
          {cosignedAt !== undefined && (
            <>
              <dt>{t('witnessAt')}</dt>
              <dd>{chinaMinute(cosignedAt)}</dd>
            </>
          )}
          {refused !== undefined && (
            <>
              <dt>{t('witnessRefused')}</dt>
              <dd>
                {t('witnessRefusedOf', { at: chinaMinute(refused.at), size: refused.size, why: refused.why })}
              </dd>
            </>
          )}
          <dt>{t('witnessKey')}</dt>
          <dd>
            <Typography.Text
              className="mono hash"
              copyable={{ text: vkey, tooltips: [w('copy'), w('copied')] }}
            >
              {vkey}
            </Typography.Text>
          </dd>
        </dl>
      ))}
    </section>
  )
}
