import { useNavigate } from '@tanstack/react-router'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import type { getForm } from '@liuhen/api/routes/documents'
import { differencesOf } from '@liuhen/domain/document/differences'
import { ChangesTable } from '../document/ChangesTable.tsx'
import { paths } from '../paths.ts'
import type { FormKey, useDraft } from './use-draft.ts'
import '../document/document.css'

type Form = ResponseOf<typeof getForm>
type Original = NonNullable<Form['original']>
type Draft = ReturnType<typeof useDraft>

/** In what the correction differs from the paper that it corrects, as it is typed: computed, never written by hand. */
export function CorrectionPanel({
  form,
  original,
  draft,
}: Readonly<{ form: Form; original: Original; draft: Draft }>) {
  const { t } = useTranslation('document')
  const changes = differencesOf(form.definition, original.data, draft.state.data)
  const isApproved = original.approval.state === 'issued'
  return (
    <>
      <Alert
        type="info"
        showIcon
        title={t('correct.explain')}
        description={t(isApproved ? 'correct.approvedNote' : 'correct.approvalNote')}
      />
      <section className="panel">
        <h2>
          {t('correct.changes')} <span className="count">{changes.length}</span>
        </h2>
        <ChangesTable changes={changes} />
      </section>
    </>
  )
}

/** To the paper that approves the correction; the differences are taken over from the draft as it was saved. */
export function ApprovalButton({
  formKey,
  original,
  draft,
}: Readonly<{ formKey: FormKey; original: Original; draft: Draft }>) {
  const { t } = useTranslation('document')
  const navigate = useNavigate()
  const { id } = formKey.params
  const { type, name, state, documentId } = original.approval
  const go = async (): Promise<void> => {
    if (draft.state.status !== 'clean' && !(await draft.save())) return
    const place = { step: formKey.query.step, about: original.id }
    const again = state === 'returned' && documentId !== undefined ? { documentId } : {}
    await navigate(paths.form(id, type, { ...place, ...again }))
  }
  if (state === 'submitted' && documentId !== undefined)
    return (
      <Button onClick={() => void navigate(paths.document(id, documentId))}>
        {t('correct.approvalMade', { name })}
      </Button>
    )
  if (state === 'issued') return <Button onClick={() => void go()}>{t('correct.anew')}</Button>
  return (
    <Button type="primary" onClick={() => void go()}>
      {t('correct.toApproval', { name })}
    </Button>
  )
}
