import { Alert, Button, Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { serviceOutlook } from '@liuhen/api/routes/service'
import type { ServiceMode } from '@liuhen/domain/case/words'
import { useRoute } from '../api/use-route.ts'
import { Reasons } from '../law-text/Reasons.tsx'
import { chinaMinute, isInstant } from '../time/china.ts'
import { ServiceTerms } from './ServiceTerms.tsx'

type Props = Readonly<{ caseId: string; documentId: string }>
type Asked = { mode?: ServiceMode; servedAt?: string; officerIds?: readonly string[]; party?: string }

/** What the chosen way and time come to, before anything is registered: what is still wanted, when it took effect, what begins. */
export function ServiceOutlook({ caseId, documentId }: Props) {
  const { t } = useTranslation('document')
  const form = Form.useFormInstance<Asked>()
  const mode = Form.useWatch('mode', form)
  const servedAt = Form.useWatch('servedAt', form)
  const officers = Form.useWatch('officerIds', form)?.join(',')
  const party = Form.useWatch('party', form)
  const asked = mode !== undefined && isInstant(servedAt ?? '')
  const found = useRoute(
    serviceOutlook,
    {
      params: { id: caseId, documentId },
      query: {
        mode: mode ?? 'direct',
        servedAt: servedAt ?? '',
        ...(officers && { officers }),
        ...(party && { party }),
      },
    },
    { enabled: asked, keep: true },
  )
  if (mode === undefined) return null
  const { reasons = [], effectiveAt, begins = [], fulfils = [] } = found.data ?? {}
  return (
    <section className="serve-outlook" aria-live="polite">
      <p className="faint">{t(`takesEffect.${mode}`)}</p>
      {effectiveAt !== undefined && effectiveAt !== servedAt && (
        <Alert
          type="warning"
          title={t('serving.effective', { at: chinaMinute(effectiveAt) })}
          action={
            <Button size="small" onClick={() => form.setFieldValue('servedAt', effectiveAt)}>
              {t('serving.take')}
            </Button>
          }
        />
      )}
      {asked && <Reasons reasons={reasons} />}
      {asked && <ServiceTerms title={t('serving.begins')} terms={begins} />}
      {fulfils.map(({ what, state }) => (
        <p key={what} className="faint">
          {t(state === 'met' ? 'serving.inTime' : 'serving.late', { what })}
        </p>
      ))}
    </section>
  )
}
