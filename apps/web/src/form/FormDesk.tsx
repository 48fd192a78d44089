import { useState } from 'react'
import { Alert, Button, Segmented } from 'antd'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import type { getForm } from '@liuhen/api/routes/documents'
import { paths } from '../paths.ts'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { useKeys } from '../shell/use-keys.ts'
import { useWide } from '../shell/use-wide.ts'
import { ConflictDialog } from './ConflictDialog.tsx'
import { FormFields } from './FormFields.tsx'
import { PreviewPane } from './PreviewPane.tsx'
import { ProblemList } from './ProblemList.tsx'
import { SavedLine } from './SavedLine.tsx'
import { SubmitButton } from './SubmitButton.tsx'
import { useDraft } from './use-draft.ts'
import type { FormKey } from './use-draft.ts'

type Props = Readonly<{ formKey: FormKey; form: ResponseOf<typeof getForm> }>
type Pane = 'form' | 'problems' | 'preview'

/** Form left, paper right; on a narrow screen one at a time. */
export function FormDesk({ formKey, form }: Props) {
  const { t } = useTranslation('document')
  const { t: w } = useTranslation('words')
  const wide = useWide(1240)
  const [pane, setPane] = useState<Pane>('form')
  const [side, setSide] = useState<'problems' | 'preview'>('preview')
  const draft = useDraft(formKey, form)
  useKeys({ 'ctrl+s': () => void draft.save() })
  const { definition } = form
  const count = draft.problems.length
  const right = wide ? side : pane
  const fields = (
    <div className="form-main">
      {draft.refusal && (
        <div className="form-refusal">
          <ProblemView error={draft.refusal} compact />
        </div>
      )}
      {draft.left && draft.state.edits === 0 && (
        <Alert
          type="info"
          showIcon
          title={t('leftover')}
          action={
            <Button size="small" onClick={draft.restore}>
              {t('restore')}
            </Button>
          }
        />
      )}
      <FormFields form={form} data={draft.state.data} problems={draft.problems} onEdit={draft.edit} />
    </div>
  )
  return (
    <div className="form-desk">
      <PageHead
        title={definition.name}
        note={
          <span className="form-note">
            <Link {...paths.caseFile(formKey.params.id, { tab: 'step', step: formKey.query.step })}>
              {t('backToCase')}
            </Link>
            <SavedLine state={draft.state} />
          </span>
        }
        actions={<SubmitButton formKey={formKey} draft={draft} name={definition.name} />}
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
        {(wide || pane === 'form') && fields}
        {(wide || pane !== 'form') && (
          <aside className="form-side">
            {wide && (
              <Segmented
                aria-label={w('view')}
                block
                value={side}
                options={(['preview', 'problems'] as const).map((value) => ({
                  value,
                  label: t(`pane.${value}`, { n: count }),
                }))}
                onChange={setSide}
              />
            )}
            {right === 'preview' && <PreviewPane formKey={formKey} state={draft.state} />}
            {right === 'problems' && (
              <ProblemList definition={definition} problems={draft.problems} onPick={() => setPane('form')} />
            )}
          </aside>
        )}
      </div>
      <ConflictDialog open={draft.state.status === 'conflict'} onSettle={draft.settle} />
    </div>
  )
}
