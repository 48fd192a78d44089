import { Form } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { nameParty } from '@liuhen/api/routes/cases'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { PartyFields } from './PartyFields.tsx'

type Props = Readonly<{ file: CaseWorkspace; onClose: () => void }>
type Fields = BodyIn<typeof nameParty>

export function PartyDialog({ file, onClose }: Props) {
  const { t } = useTranslation('case')
  const [form] = Form.useForm<Fields>()
  const kind = Form.useWatch('kind', form) ?? file.party?.kind ?? 'person'
  const again = file.party !== undefined
  const save = useCommand(nameParty, { done: t(again ? 'party.doneAgain' : 'party.done'), onDone: onClose })
  return (
    <FormDialog<Fields>
      title={t(again ? 'party.titleAgain' : 'party.title')}
      note={file.party && t('party.noteAgain', { name: file.party.name })}
      ok={t('save')}
      form={form}
      initial={file.party ?? { kind: 'person' }}
      route={nameParty}
      sending={save}
      onSend={(body) => save.mutate({ params: { id: file.id }, body })}
      onClose={onClose}
    >
      <PartyFields kind={kind} />
    </FormDialog>
  )
}
