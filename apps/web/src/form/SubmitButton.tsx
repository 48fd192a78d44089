import { useState } from 'react'
import { SendOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { submitDocument } from '@liuhen/api/routes/documents'
import { useCommand } from '../api/use-command.ts'
import { paths } from '../paths.ts'
import { Reasons } from '../law-text/Reasons.tsx'
import { FormDialog } from '../shell/FormDialog.tsx'
import { PreNumber } from './PreNumber.tsx'
import { asData } from './use-draft.ts'
import type { FormKey, useDraft } from './use-draft.ts'

type Props = Readonly<{
  formKey: FormKey
  draft: ReturnType<typeof useDraft>
  name: string
  /** It is drawn as numbered blanks, and may have been written by hand. */
  preNumbered: boolean
}>
/** More of them are read on the form. */
const SHOWN = 4

type Fields = Readonly<{ reason?: string; preNumber?: string }>

export function SubmitButton(props: Props) {
  const { t } = useTranslation('document')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        type="primary"
        icon={<SendOutlined />}
        onClick={() => {
          // What is still missing is asked of what is on the screen.
          if (props.draft.state.status !== 'clean') void props.draft.save()
          setOpen(true)
        }}
      >
        {t('submit.open')}
      </Button>
      {open && <SubmitDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

/** From submission on, the text is record: asked once, sent with what is on the screen. */
function SubmitDialog({
  formKey,
  draft,
  name,
  preNumbered,
  onClose,
}: Props & Readonly<{ onClose: () => void }>) {
  const { t } = useTranslation('document')
  const navigate = useNavigate()
  const { id, type } = formKey.params
  const { step } = formKey.query
  const submit = useCommand(submitDocument, {
    done: t('submit.done'),
    onDone: (done) =>
      void navigate(
        done.id === undefined ? paths.caseFile(id, { tab: 'step', step }) : paths.document(id, done.id),
      ),
  })
  const against = draft.problems.filter((p) => p.effect === 'refuse')
  const lacks = against.length
  const [saving, setSaving] = useState(false)
  const send = async ({ reason, preNumber }: Fields): Promise<void> => {
    setSaving(true)
    const saved = draft.state.status === 'clean' || (await draft.save())
    setSaving(false)
    // Why the text was not kept stands on the form.
    if (!saved) return onClose()
    submit.mutate({
      params: { id },
      body: { type, ...formKey.query, data: asData(draft.state.data), reason, preNumber },
    })
  }
  return (
    <FormDialog<Fields>
      title={t('submit.title', { name })}
      ok={t('submit.ok')}
      note={t('submit.text')}
      blocked={lacks > 0}
      route={submitDocument}
      sending={{ isPending: saving || submit.isPending, error: submit.error }}
      onSend={(fields) => void send(fields)}
      onClose={onClose}
    >
      {preNumbered && <PreNumber type={type} />}
      {lacks > 0 && !submit.error && (
        <>
          <p className="field-problem">{t('submit.problems', { n: lacks })}</p>
          <Reasons
            reasons={against
              .slice(0, SHOWN)
              .map(({ path, todo = t('submit.mend'), ...p }) => ({ ...p, code: path, todo }))}
          />
        </>
      )}
      {lacks === 0 && draft.problems.length > 0 && (
        <p className="role-note">{t('submit.warnings', { n: draft.problems.length })}</p>
      )}
    </FormDialog>
  )
}
