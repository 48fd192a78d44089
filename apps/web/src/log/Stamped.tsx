import { Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import type { logState } from '@liuhen/api/routes/log'
import { chinaMinute } from '../time/china.ts'

type Stamp = NonNullable<ResponseOf<typeof logState>['stamped']>

/** The newest time stamp over a checkpoint. */
export function Stamped({ stamped }: Readonly<{ stamped: Stamp }>) {
  const { t } = useTranslation('log')
  const { t: w } = useTranslation('words')
  const { size, at, authority, certificate } = stamped
  return (
    <section className="panel">
      <h2>{t('stamp')}</h2>
      <p className="explain">{t('stampNote')}</p>
      <dl className="log-facts">
        <dt>{t('stampAuthority')}</dt>
        <dd>{authority}</dd>
        <dt>{t('stampSize')}</dt>
        <dd>{t('witnessSizeOf', { size })}</dd>
        <dt>{t('stampAt')}</dt>
        <dd>{chinaMinute(at)}</dd>
        <dt>{t('stampCertificate')}</dt>
        <dd>
          <Typography.Text
            className="mono hash"
            copyable={{ text: certificate, tooltips: [w('copy'), w('copied')] }}
          >
            {certificate}
          </Typography.Text>
        </dd>
      </dl>
    </section>
  )
}
