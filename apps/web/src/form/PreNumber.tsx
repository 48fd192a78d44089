import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { listBooklets } from '@liuhen/api/routes/numbers'
import { useRoute } from '../api/use-route.ts'
import { useMe } from '../session/me.ts'

/** For a paper that is drawn as numbered blanks: on which one it was written by hand, if it was. */
export function PreNumber({ type }: Readonly<{ type: string }>) {
  const { t } = useTranslation('document')
  const { personId, roles } = useMe()
  const list = useRoute(listBooklets, {}, { enabled: roles.includes('officer') })
  const blanks = (list.data?.items ?? [])
    .filter((b) => b.type === type && b.holderId === personId)
    .flatMap((b) => b.blanks.filter((one) => one.state === 'open'))
  if (blanks.length === 0) return null
  return (
    <Form.Item
      name="preNumber"
      label={t('submit.preNumber')}
      extra={`${t('submit.preNumberHint')}${t('submit.preNumberPhoto')}`}
    >
      <Select allowClear options={blanks.map((b) => ({ value: b.number, label: b.number }))} />
    </Form.Item>
  )
}
