import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { publishDisclosure } from '@liuhen/api/routes/case-file'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { chinaMinute } from '../time/china.ts'

type Props = Readonly<{ file: CaseWorkspace; summaries: readonly DocumentView[]; onClose: () => void }>
type Fields = BodyIn<typeof publishDisclosure>

/** Publishes a reviewed summary. Several there are only after a withdrawal: the newest is meant. */
export function PublishDialog({ file, summaries, onClose }: Props) {
  const { t } = useTranslation('file')
  const publish = useCommand(publishDisclosure, { done: t('published'), onDone: onClose })
  return (
    <FormDialog<Fields>
      title={t('publish')}
      ok={t('publishOk')}
      note={t(file.publishedBy === 'province' ? 'publishNoteProvince' : 'publishNote')}
      initial={{ documentId: summaries[0]?.id }}
      route={publishDisclosure}
      sending={publish}
      onSend={(body) => publish.mutate({ params: { id: file.id }, body })}
      onClose={onClose}
    >
      <Form.Item
        name="documentId"
        label={t('publishWhich')}
        rules={[{ required: true, message: t('publishWhichNeeded') }]}
      >
        <Select
          options={summaries.map((d) => ({
            value: d.id,
            label: `${d.name} ${d.number ?? chinaMinute(d.submittedAt)}`,
          }))}
        />
      </Form.Item>
    </FormDialog>
  )
}
