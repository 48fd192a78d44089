import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Field } from '@liuhen/law/document-definition'
import { belongsTo } from '@liuhen/law/find-places'
import { rowsOf, textOf } from './field-value.ts'
import { useForm, useFormData } from './form-context.ts'
import { yuanOf } from './money.ts'

/**
 * What the agency has registered for this field: one choice fills all that hangs together. What belongs to a provision that
 * the form cites stands first.
 */
export function PickInput({ field }: Readonly<{ field: Extract<Field, { kind: 'text' }> }>) {
  const { t } = useTranslation('document')
  const { t: w } = useTranslation('words')
  const form = useForm()
  const data = useFormData()
  const picks = form?.picks[field.id] ?? []
  if (form === undefined || picks.length === 0) return null
  const under = field.pick?.under?.field
  const cited = rowsOf(under === undefined ? undefined : data[under]).map(
    (row) => `${textOf(row['title'])}${textOf(row['article'])}`,
  )
  const said = (part: string | number): string =>
    typeof part === 'number' ? t('pickMoney', { yuan: yuanOf(String(part)) }) : part
  const all = picks.map((pick, value) => ({
    value,
    label: pick.show.map(said).join(w('comma')),
    isOurs: pick.under !== undefined && belongsTo(pick.under, cited),
  }))
  const ours = all.filter((one) => one.isOurs)
  const take = (n: number): void => {
    for (const id of Object.keys(field.pick?.fill ?? {})) form.edit(id, picks[n]?.fill[id])
  }
  return (
    <Select<number>
      className="pick-input"
      showSearch={{ optionFilterProp: 'label' }}
      value={null}
      placeholder={t('pick')}
      aria-label={t('pick')}
      classNames={{ popup: { root: 'pick-popup' } }}
      notFoundContent={t('pickNone')}
      options={
        ours.length === 0
          ? all
          : [
              { label: t('pickUnder'), options: ours },
              { label: t('pickOthers'), options: all.filter((one) => !one.isOurs) },
            ].filter(({ options }) => options.length > 0)
      }
      onChange={take}
    />
  )
}
