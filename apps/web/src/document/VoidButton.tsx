import { useState } from 'react'
import { Button, Form, Input, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { voidDocument } from '@liuhen/api/routes/documents'
import { useCommand } from '../api/use-command.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { whyOf } from './why-of.ts'

type Props = Readonly<{ file: CaseWorkspace; document: DocumentView }>

/** 作废: the author takes back a paper that was submitted wrongly. It stays in the record with the reason. */
export function VoidButton({ file, document }: Props) {
  const { t } = useTranslation('document')
  const { t: w } = useTranslation('words')
  const [open, setOpen] = useState(false)
  if (document.state === 'voided') return null
  const why = document.can.void ? undefined : whyOf(document.why.void, (r) => w('whyNot', r))
  return (
    <>
      <Tooltip title={why}>
        <Button danger disabled={!document.can.void} onClick={() => setOpen(true)}>
          {t('void.open')}
        </Button>
      </Tooltip>
      {open && <VoidDialog file={file} document={document} onClose={() => setOpen(false)} />}
    </>
  )
}

function VoidDialog({ file, document, onClose }: Props & Readonly<{ onClose: () => void }>) {
  const { t } = useTranslation('document')
  const take = useCommand(voidDocument, { done: t('void.done'), onDone: onClose })
  return (
    <FormDialog<{ reason: string }>
      title={t('void.title', { name: document.name })}
      ok={t('void.ok')}
      danger
      note={t('void.note')}
      route={voidDocument}
      sending={take}
      onSend={(body) => take.mutate({ params: { id: file.id, documentId: document.id }, body })}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t('void.reason')}
        rules={[{ required: true, min: 2, whitespace: true, message: t('void.reasonNeeded') }]}
      >
        <Input.TextArea autoSize={{ minRows: 3 }} maxLength={500} autoFocus />
      </Form.Item>
    </FormDialog>
  )
}
