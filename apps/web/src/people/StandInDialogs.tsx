import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import { endStandIn, nameStandIn } from '@liuhen/api/routes/stand-ins'
import type { listStandIns, StandInView } from '@liuhen/api/routes/stand-ins'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { useMe } from '../session/me.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { chinaDay } from '../time/china.ts'
import { DayInput } from '../time/DayInput.tsx'
import { useNow } from '../time/use-now.ts'
import { useReal } from '../time/use-real.ts'

type List = ResponseOf<typeof listStandIns>
type Fields = BodyIn<typeof nameStandIn> & Readonly<{ personId: string }>

export function NameStandInDialog({ list, onClose }: Readonly<{ list: List; onClose: () => void }>) {
  const { t } = useTranslation('people')
  const { t: w } = useTranslation('words')
  const me = useMe()
  const today = chinaDay(useNow())
  const real = useReal()
  const [form] = Form.useForm<Fields>()
  const away = Form.useWatch('personId', form)
  const name = useCommand(nameStandIn, { done: t('standIn.named'), onDone: onClose })
  const needed = { required: true, message: t('standIn.needed') }
  const option = (h: List['heads'][number]) => ({
    value: h.personId,
    label: t('standIn.head', { name: h.name, ranks: h.rankNames.join(w('comma')) }),
  })
  const own = list.mayNameFor.find((id) => id === me.personId) ?? list.mayNameFor[0]
  return (
    <FormDialog<Fields>
      title={t('standIn.open')}
      ok={t('standIn.open')}
      note={t('standIn.note')}
      form={form}
      initial={{ ...(own === undefined ? {} : { personId: own }), from: today }}
      route={nameStandIn}
      sending={name}
      onSend={({ personId, ...body }) => name.mutate({ params: { id: personId }, body })}
      onClose={onClose}
    >
      <Form.Item name="personId" label={t('standIn.who')} rules={[needed]}>
        <Select options={list.heads.filter((h) => list.mayNameFor.includes(h.personId)).map(option)} />
      </Form.Item>
      <Form.Item name="delegateId" label={t('standIn.delegate')} rules={[needed]}>
        <Select options={list.heads.filter((h) => h.personId !== away).map(option)} />
      </Form.Item>
      <Form.Item name="from" label={t('standIn.from')} rules={[needed, real.day]}>
        <DayInput />
      </Form.Item>
      <Form.Item name="to" label={t('standIn.to')} rules={[needed, real.day]}>
        <DayInput />
      </Form.Item>
      <Form.Item name="reason" label={t('standIn.reason')} rules={[{ ...needed, min: 2, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={300} />
      </Form.Item>
    </FormDialog>
  )
}

export function EndStandInDialog({ one, onClose }: Readonly<{ one: StandInView; onClose: () => void }>) {
  const { t } = useTranslation('people')
  const end = useCommand(endStandIn, { done: t('standIn.ended'), onDone: onClose })
  return (
    <FormDialog<{ reason: string }>
      title={t('standIn.endOf', { delegate: one.delegateName, name: one.name })}
      ok={t('standIn.end')}
      note={t('standIn.endNote')}
      danger
      route={endStandIn}
      sending={end}
      onSend={(body) => end.mutate({ params: { id: one.personId, delegationId: one.id }, body })}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t('standIn.reason')}
        rules={[{ required: true, min: 2, whitespace: true, message: t('standIn.needed') }]}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={300} autoFocus />
      </Form.Item>
    </FormDialog>
  )
}
