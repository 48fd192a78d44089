import { Form } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { assignHandlers } from '@liuhen/api/routes/cases'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { OfficerSelect } from '../people/OfficerSelect.tsx'
import { FormDialog } from '../shell/FormDialog.tsx'

type Props = Readonly<{ file: CaseWorkspace; onClose: () => void }>
type Fields = BodyIn<typeof assignHandlers>

export function HandlersDialog({ file, onClose }: Props) {
  const { t } = useTranslation('case')
  const assign = useCommand(assignHandlers, { done: t('handlers.done'), onDone: onClose })
  return (
    <FormDialog<Fields>
      title={t('handlers.title')}
      ok={t('save')}
      note={t('handlers.note')}
      initial={{ personIds: file.handlers.map((p) => p.personId) }}
      route={assignHandlers}
      sending={assign}
      onSend={(body) => assign.mutate({ params: { id: file.id }, body })}
      onClose={onClose}
    >
      <Form.Item
        name="personIds"
        label={t('fact.handlers')}
        rules={[{ required: true, message: t('handlers.needed') }]}
      >
        <OfficerSelect />
      </Form.Item>
    </FormDialog>
  )
}
