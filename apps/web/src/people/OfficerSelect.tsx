import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { listPeople } from '@liuhen/api/routes/people'
import type { PersonView } from '@liuhen/api/routes/people'
import { useRoute } from '../api/use-route.ts'
import { chinaDay } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'

type Props = Readonly<{
  id?: string
  value?: readonly string[] | undefined
  onChange?: (ids: string[], people: readonly PersonView[]) => void
  disabled?: boolean
  label?: string
}>

/** Who is deactivated is offered no more; who was named before keeps the name. */
const isHereOr =
  (named: readonly string[] | undefined) =>
  (person: PersonView): boolean =>
    person.active || (named ?? []).includes(person.id)

/** Picks officers by name or certificate number. A certificate that has run out is said beside the name. */
export function OfficerSelect({ id, value, onChange, disabled = false, label }: Props) {
  const { t } = useTranslation('people')
  const now = useNow()
  const people = useRoute(listPeople, { query: { role: 'officer', limit: 200 } })
  const items = people.data?.items ?? []
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      mode="multiple"
      aria-label={label ?? t('pick')}
      placeholder={t('pick')}
      loading={people.isPending}
      disabled={disabled}
      // An id is no name: nobody is shown before the names have come.
      value={people.isPending ? [] : [...(value ?? [])]}
      showSearch={{ optionFilterProp: 'label' }}
      notFoundContent={people.error ? t('pickFailed') : t('pickNone')}
      onChange={(ids: string[]) =>
        onChange?.(
          ids,
          items.filter((p) => ids.includes(p.id)),
        )
      }
      options={items.filter(isHereOr(value)).map((person) => {
        const late = person.certValidTo !== undefined && person.certValidTo < chinaDay(now)
        const cert = person.certNo ?? t('noCertificate')
        return {
          value: person.id,
          label: late
            ? t('pickLate', { name: person.name, cert })
            : t('pickOne', { name: person.name, cert }),
        }
      })}
    />
  )
}
