import { useState } from 'react'
import { Alert, Button, Segmented } from 'antd'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import type { getForm } from '@liuhen/api/routes/documents'
import { paths } from '../paths.ts'
import { chinaMinute } from '../time/china.ts'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { useKeys } from '../shell/use-keys.ts'
import { useWide } from '../shell/use-wide.ts'
import { ConflictPage } from './ConflictPage.tsx'
import { ApprovalButton, CorrectionPanel } from './CorrectionPanel.tsx'
import { EarlierPapers } from './EarlierPapers.tsx'
import { FormFields } from './FormFields.tsx'
import { PreviewPane, useShown } from './PreviewPane.tsx'
import { ProblemList } from './ProblemList.tsx'
import { SavedLine } from './SavedLine.tsx'
import { StepNow } from './StepNow.tsx'
import { SubmitButton } from './SubmitButton.tsx'
import { useDraft } from './use-draft.ts'
import type { FormKey, Left } from './use-draft.ts'

type Props = Readonly<{ formKey: FormKey; form: ResponseOf<typeof getForm>; left: Left }>
type Pane = 'form' | 'problems' | 'preview'

/** Form left, paper right; on a narrow screen one at a time. */
export function FormDesk({ formKey, form, left }: Props) {
  const { t } = useTranslation('document')
  const { t: w } = useTranslation('words')
  const wide = useWide(1240)
  const [pane, setPane] = useState<Pane>('form')
  const [side, setSide] = useState<Side>('preview')
  const draft = useDraft(formKey, form, left)
  const shown = useShown(draft.state)
  useKeys({ 'ctrl+s': () => void draft.save() })
  const { definition, original } = form
  const count = draft.problems.length
  const right = wide ? side : pane
  if (draft.state.status === 'conflict')
    return (
      <ConflictPage formKey={formKey} mine={draft.state.data} base={draft.base} onSettle={draft.settle} />
    )
  return (
    <div className="form-desk">
      <PageHead
        title={original === undefined ? definition.name : t('correct.title', { name: definition.name })}
        note={
          <span className="form-note">
            <Link {...paths.caseFile(formKey.params.id, { tab: 'step', step: formKey.query.step })}>
              {t('backToCase')}
            </Link>
            <SavedLine state={draft.state} />
          </span>
        }
        actions={<Acts formKey={formKey} form={form} draft={draft} />}
      />
      {!wide && (
        <Segmented<Pane>
          aria-label={w('view')}
          block
          className="form-panes"
          value={pane}
          options={(['form', 'problems', 'preview'] as const).map((value) => ({
            value,
            label: t(value === 'problems' ? 'pane.problemsShort' : `pane.${value}`, { n: count }),
          }))}
          onChange={setPane}
        />
      )}
      <div className="form-body">
        {(wide || pane === 'form') && <FormMain formKey={formKey} form={form} draft={draft} />}
        {(wide || pane !== 'form') && (
          <aside className="form-side">
            {wide && <Sides side={side} count={count} onSide={setSide} />}
            {right === 'preview' && <PreviewPane formKey={formKey} state={shown} />}
            {right === 'problems' && (
              <ProblemList definition={definition} problems={draft.problems} onPick={() => setPane('form')} />
            )}
          </aside>
        )}
      </div>
    </div>
  )
}

type DraftProps = Pick<Props, 'formKey' | 'form'> & Readonly<{ draft: ReturnType<typeof useDraft> }>

/** What is refused, what was restored, the step at hand, and the fields. */
function FormMain({ formKey, form, draft }: DraftProps) {
  const { t } = useTranslation('document')
  const { original } = form
  return (
    <div className="form-main">
      {draft.refusal && (
        <div className="form-refusal">
          <ProblemView error={draft.refusal} compact />
        </div>
      )}
      {draft.restoredAt !== undefined && (
        <Alert
          type="info"
          showIcon
          closable
          title={t('leftover', { at: draft.restoredAt === '' ? '' : chinaMinute(draft.restoredAt) })}
          action={
            <Button size="small" onClick={draft.undoRestore}>
              {t('undoRestore')}
            </Button>
          }
        />
      )}
      <StepNow formKey={formKey} />
      {original && <CorrectionPanel form={form} original={original} draft={draft} />}
      {original === undefined && <EarlierPapers formKey={formKey} onEdit={draft.edit} />}
      <FormFields
        caseId={formKey.params.id}
        form={form}
        data={draft.state.data}
        problems={draft.problems}
        onEdit={draft.edit}
      />
    </div>
  )
}

function Acts({ formKey, form, draft }: DraftProps) {
  const { definition, original } = form
  return (
    <>
      {original && <ApprovalButton formKey={formKey} original={original} draft={draft} />}
      {(original === undefined || original.approval.state === 'issued') && (
        <SubmitButton
          formKey={formKey}
          draft={draft}
          name={definition.name}
          preNumbered={definition.numbering?.preNumbered === true && formKey.query.documentId === undefined}
        />
      )}
    </>
  )
}

type Side = Exclude<Pane, 'form'>
type SidesProps = Readonly<{ side: Side; count: number; onSide: (side: Side) => void }>

function Sides({ side, count, onSide }: SidesProps) {
  const { t } = useTranslation('document')
  const { t: w } = useTranslation('words')
  return (
    <Segmented<Side>
      aria-label={w('view')}
      block
      value={side}
      options={(['preview', 'problems'] as const).map((value) => ({
        value,
        label: t(`pane.${value}`, { n: count }),
      }))}
      onChange={onSide}
    />
  )
}
