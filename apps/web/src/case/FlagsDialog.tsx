import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { flagCase } from '@liuhen/api/routes/cases'
import { useCommand } from '../api/use-command.ts'
import { FormDialog } from '../shell/FormDialog.tsx'

type Props = Readonly<{ file: CaseWorkspace; onClose: () => void }>
type Fields = { flag: string; reason: string }

/** Puts a mark on a case or takes it off; marks switch rules on, so each has a reason. */
export function FlagsDialog({ file, onClose }: Props) {
  const { t } = useTranslation('case')
  const [form] = Form.useForm<Fields>()
  const flag = Form.useWatch('flag', form)
  const on = !file.flags.includes(flag ?? '')
  const mark = useCommand(flagCase, { done: t('flags.done'), onDone: onClose })
  return (
    <FormDialog<Fields>
      title={t('flags.title')}
      ok={t(on ? 'flags.on' : 'flags.off')}
      note={t('flags.note')}
      form={form}
      route={flagCase}
      sending={mark}
      onSend={(fields) => mark.mutate({ params: { id: file.id }, body: { ...fields, on } })}
      onClose={onClose}
    >
      <Form.Item name="flag" label={t('flags.flag')} rules={[{ required: true, message: t('flags.needed') }]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={file.marks.map(({ flag: value, label }) => ({
            value,
            label: file.flags.includes(value) ? t('flags.has', { flag: label }) : label,
          }))}
        />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('reason')}
        rules={[{ required: true, min: 2, message: t('reasonNeeded') }]}
      >
        <Input.TextArea maxLength={300} autoSize={{ minRows: 2 }} />
      </Form.Item>
    </FormDialog>
  )
}
