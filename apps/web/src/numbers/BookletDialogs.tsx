import { Form, Input, InputNumber, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import { drawBooklet, returnBooklet, voidBlank } from '@liuhen/api/routes/numbers'
import type { BookletView, listBooklets } from '@liuhen/api/routes/numbers'
import { listPeople } from '@liuhen/api/routes/people'
import { MOST_BLANKS, VOID_WHYS } from '@liuhen/domain/booklet/booklet'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { useRoute } from '../api/use-route.ts'
import { useMe } from '../session/me.ts'
import { FormDialog } from '../shell/FormDialog.tsx'

type Forms = ResponseOf<typeof listBooklets>['forms']
const USUAL = 25

export function DrawDialog({ forms, onClose }: Readonly<{ forms: Forms; onClose: () => void }>) {
  const { t } = useTranslation('numbers')
  const me = useMe()
  const people = useRoute(listPeople, { query: { role: 'officer', limit: 200 } })
  const draw = useCommand(drawBooklet, { done: t('drawn'), onDone: onClose })
  const needed = { required: true, message: t('needed') }
  const own = me.roles.includes('officer') && me.personId !== undefined
  const type = forms[0]?.type
  return (
    <FormDialog<BodyIn<typeof drawBooklet>>
      title={t('drawTitle')}
      ok={t('draw')}
      note={t('drawNote')}
      initial={{
        count: USUAL,
        ...(type === undefined ? {} : { type }),
        ...(own && me.personId !== undefined ? { holderId: me.personId } : {}),
      }}
      route={drawBooklet}
      sending={draw}
      onSend={(body) => draw.mutate({ body })}
      onClose={onClose}
    >
      <Form.Item name="type" label={t('form')} rules={[needed]}>
        <Select options={forms.map((f) => ({ value: f.type, label: f.name }))} />
      </Form.Item>
      <Form.Item name="count" label={t('count')} rules={[needed]}>
        <InputNumber min={1} max={MOST_BLANKS} precision={0} />
      </Form.Item>
      <Form.Item name="holderId" label={t('holderPick')} rules={[needed]}>
        <Select
          loading={people.isPending}
          options={(people.data?.items ?? [])
            .filter((p) => p.active)
            .map((p) => ({ value: p.id, label: p.name }))}
        />
      </Form.Item>
    </FormDialog>
  )
}

export function ReturnDialog({ booklet, onClose }: Readonly<{ booklet: BookletView; onClose: () => void }>) {
  const { t } = useTranslation('numbers')
  const give = useCommand(returnBooklet, { done: t('returnDone'), onDone: onClose })
  return (
    <FormDialog<{ reason: string }>
      title={t('returnTitle', { name: booklet.name })}
      ok={t('return')}
      note={t('returnNote', { n: booklet.counts.open })}
      route={returnBooklet}
      sending={give}
      onSend={(body) => give.mutate({ params: { id: booklet.id }, body })}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t('reason')}
        rules={[{ required: true, min: 2, whitespace: true, message: t('needed') }]}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={300} autoFocus />
      </Form.Item>
    </FormDialog>
  )
}

type VoidProps = Readonly<{
  booklet: BookletView
  blank: BookletView['blanks'][number]
  onClose: () => void
}>

export function VoidBlankDialog({ booklet, blank, onClose }: VoidProps) {
  const { t } = useTranslation('numbers')
  const take = useCommand(voidBlank, { done: t('voided'), onDone: onClose })
  return (
    <FormDialog<BodyIn<typeof voidBlank>>
      title={t('voidOf', { number: blank.number })}
      ok={t('void')}
      danger
      note={t('voidNote')}
      initial={{ why: 'spoiled' }}
      route={voidBlank}
      sending={take}
      onSend={(body) => take.mutate({ params: { id: booklet.id, seq: blank.seq }, body })}
      onClose={onClose}
    >
      <Form.Item name="why" label={t('why')}>
        <Radio.Group options={VOID_WHYS.map((value) => ({ value, label: t(`whys.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="note"
        label={t('noteField')}
        rules={[{ required: true, min: 2, whitespace: true, message: t('noteNeeded') }]}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={300} autoFocus />
      </Form.Item>
    </FormDialog>
  )
}
