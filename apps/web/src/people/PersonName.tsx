import { AutoComplete } from 'antd'
import { useTranslation } from 'react-i18next'
import { listPeople } from '@liuhen/api/routes/people'
import { useRoute } from '../api/use-route.ts'

type Props = Readonly<{
  id?: string
  value?: string
  onChange?: (name: string | undefined) => void
}>

/** A name, offered from the agency's officers as it is written there; somebody else's is taken, too. */
export function PersonName(props: Props) {
  const { t } = useTranslation('people')
  const people = useRoute(listPeople, { query: { role: 'officer', limit: 200 } })
  const names = (people.data?.items ?? []).filter((p) => p.active).map((p) => p.name)
  return (
    <AutoComplete
      {...props}
      allowClear
      placeholder={t('pickName')}
      showSearch={{ filterOption: (typed, option) => String(option?.value ?? '').includes(typed) }}
      options={[...new Set(names)].map((name) => ({ value: name }))}
    />
  )
}
