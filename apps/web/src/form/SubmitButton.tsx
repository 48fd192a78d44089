import { useState } from 'react'
import { SendOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { submitDocument } from '@liuhen/api/routes/documents'
import { asProblem } from '../api/problem.ts'
import { useCommand } from '../api/use-command.ts'
import { paths } from '../paths.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { asData } from './use-draft.ts'
import type { FormKey, useDraft } from './use-draft.ts'

type Props = Readonly<{
  formKey: FormKey
  draft: ReturnType<typeof useDraft>
  name: string
}>

/** From submission on, the text is record: asked once, sent with what is on the screen. */
export function SubmitButton({ formKey, draft, name }: Props) {
  const { t } = useTranslation('document')
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const { id, type } = formKey.params
  const { step, documentId, about } = formKey.query
  const submit = useCommand(submitDocument, {
    done: t('submit.done'),
    onDone: (done) =>
      void navigate(
        done.id === undefined ? paths.caseFile(id, { tab: 'step', step }) : paths.document(id, done.id),
      ),
  })
  const warned = submit.error ? asProblem(submit.error).reasons.some((r) => r.effect === 'warn') : false
  // What was refused before was about another text.
  const ask = (): void => {
    submit.reset()
    setReason('')
    setOpen(true)
  }
  const send = async (): Promise<void> => {
    if (draft.state.status !== 'clean' && !(await draft.save())) return
    const body = {
      type,
      step,
      documentId,
      about,
      data: asData(draft.state.data),
      ...(reason === '' ? {} : { reason }),
    }
    submit.mutate({ params: { id }, body })
  }
  return (
    <>
      <Button type="primary" icon={<SendOutlined />} onClick={ask}>
        {t('submit.open')}
      </Button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        title={t('submit.title', { name })}
        okText={t('submit.ok')}
        confirmLoading={submit.isPending}
        onOk={() => void send()}
      >
        <p>{t('submit.text')}</p>
        {draft.problems.length > 0 && (
          <p className="field-problem">{t('submit.problems', { n: draft.problems.length })}</p>
        )}
        {warned && (
          <label>
            {t('submit.reason')}
            <Input.TextArea
              value={reason}
              maxLength={500}
              autoSize={{ minRows: 2 }}
              onChange={(e) => setReason(e.target.value)}
            />
          </label>
        )}
        {submit.error && <ProblemView error={submit.error} route={submitDocument} compact />}
      </Modal>
    </>
  )
}
