import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Field } from '@liuhen/law/document-definition'
import { useForm } from './form-context.ts'
import { yuanOf } from './money.ts'

/** What the agency has registered for this field: one choice fills all that hangs together. */
export function PickInput({ field }: Readonly<{ field: Extract<Field, { kind: 'text' }> }>) {
  const { t } = useTranslation('document')
  const { t: w } = useTranslation('words')
  const form = useForm()
  const picks = form?.picks[field.id] ?? []
  if (form === undefined || picks.length === 0) return null
  const said = (part: string | number): string =>
    typeof part === 'number' ? t('pickMoney', { yuan: yuanOf(String(part)) }) : part
  const take = (n: number): void => {
    for (const [id, value] of Object.entries(picks[n]?.fill ?? {})) form.edit(id, value)
  }
  return (
    <Select<number>
      className="pick-input"
      showSearch={{ optionFilterProp: 'label' }}
      value={null}
      placeholder={t('pick')}
      aria-label={t('pick')}
      popupMatchSelectWidth={420}
      classNames={{ popup: { root: 'pick-popup' } }}
      notFoundContent={t('pickNone')}
      options={picks.map((pick, value) => ({ value, label: pick.show.map(said).join(w('comma')) }))}
      onChange={take}
    />
  )
}
