import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { earlierPapers } from '@liuhen/api/routes/documents'
import { useRoute } from '../api/use-route.ts'
import type { FormKey } from './use-draft.ts'

type Props = Readonly<{ formKey: FormKey; onEdit: (id: string, value: unknown) => void }>

/** Takes over what is the same from case to case: articles, kinds, amounts; what is of this case stays. */
export function EarlierPapers({ formKey, onEdit }: Props) {
  const { t } = useTranslation('document')
  const items = useRoute(earlierPapers, { params: formKey.params }).data?.items ?? []
  if (items.length === 0) return null
  const take = (documentId: string): void => {
    const chosen = items.find((d) => d.documentId === documentId)
    for (const [id, value] of Object.entries(chosen?.data ?? {})) onEdit(id, value)
  }
  return (
    <section className="panel form-section" aria-label={t('earlier.title')}>
      <Select
        className="earlier"
        value={null}
        aria-label={t('earlier.title')}
        placeholder={t('earlier.title')}
        options={items.map((d) => ({
          value: d.documentId,
          label: d.number === undefined ? d.cause : t('earlier.one', { cause: d.cause, number: d.number }),
        }))}
        onChange={(id: string | null) => id !== null && take(id)}
      />
      <p className="field-help">{t('earlier.hint')}</p>
    </section>
  )
}
