import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import { daysFromTo } from '@liuhen/domain/person/stand-in'
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
import { inTheWay, takenFor } from './periods.ts'

type List = ResponseOf<typeof listStandIns>
type Fields = BodyIn<typeof nameStandIn> & Readonly<{ personId: string }>

/** That the period can be: not reversed, not too long, and beside those that are taken. */
function usePeriodRule({ items, rules }: List) {
  const { t } = useTranslation('approval')
  const problemOf = (asked: Fields): string | undefined => {
    const { from, to } = asked
    if (!from || !to) return undefined
    if (to < from) return t('standIn.ends')
    const days = rules.longestDays
    if (daysFromTo(from, to) > days) return t('standIn.tooLong', { days })
    const found = inTheWay(items, asked)
    return (
      found &&
      t(`standIn.${found.why}`, {
        from: found.one.from,
        to: found.one.to,
        name: found.one.delegateName,
        delegate: found.one.name,
      })
    )
  }
  return ({ getFieldsValue }: Readonly<{ getFieldsValue: () => Fields }>) => ({
    validator: () => {
      const problem = problemOf(getFieldsValue())
      return problem === undefined ? Promise.resolve() : Promise.reject(new Error(problem))
    },
  })
}

export function NameStandInDialog({ list, onClose }: Readonly<{ list: List; onClose: () => void }>) {
  const { t } = useTranslation('approval')
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
  const days = usePeriodRule(list)
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
      <Form.Item name="personId" label={t('standIn.away')} rules={[needed]}>
        <Select options={list.heads.filter((h) => list.mayNameFor.includes(h.personId)).map(option)} />
      </Form.Item>
      <Form.Item name="delegateId" label={t('standIn.delegate')} rules={[needed]}>
        <Select options={list.heads.filter((h) => h.mayStandInFor.includes(away ?? '')).map(option)} />
      </Form.Item>
      <Taken periods={takenFor(list.items, away)} />
      <Form.Item name="from" label={t('standIn.from')} rules={[needed, real.day]}>
        <DayInput />
      </Form.Item>
      <Form.Item
        name="to"
        label={t('standIn.to')}
        dependencies={['personId', 'delegateId', 'from']}
        rules={[needed, real.day, days]}
      >
        <DayInput />
      </Form.Item>
      <Form.Item name="reason" label={t('standIn.reason')} rules={[{ ...needed, min: 2, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={300} />
      </Form.Item>
    </FormDialog>
  )
}

/** What is said already for this head: another period must lie beside it. */
function Taken({ periods }: Readonly<{ periods: List['items'] }>) {
  const { t } = useTranslation('approval')
  if (periods.length === 0) return null
  return (
    <ul className="taken">
      {periods.map((one) => (
        <li key={one.id}>{t('standIn.taken', { from: one.from, to: one.to, name: one.delegateName })}</li>
      ))}
    </ul>
  )
}

export function EndStandInDialog({ one, onClose }: Readonly<{ one: StandInView; onClose: () => void }>) {
  const { t } = useTranslation('approval')
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
