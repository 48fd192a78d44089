import { useNavigate } from '@tanstack/react-router'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { paths } from '../paths.ts'
import { WaysButton } from './CorrectionWays.tsx'
import { whyOf } from './why-of.ts'

type Props = Readonly<{ file: CaseWorkspace; document: DocumentView }>

/** 更正: an issued paper is written anew, approved place by place, and takes the place of the old one. */
export function CorrectButton({ file, document }: Props) {
  const { t } = useTranslation('document')
  const { t: w } = useTranslation('words')
  const navigate = useNavigate()
  const step = file.evaluation.steps.find((s) => s.corrects !== undefined)
  if (document.state !== 'issued' && document.state !== 'served') return null
  const hasStep = step !== undefined && step.status !== 'not-needed'
  if (!hasStep && !document.can.correct) return <WaysButton file={file} document={document} />
  const why = document.can.correct ? undefined : whyOf(document.why.correct, (r) => w('whyNot', r))
  return (
    <Tooltip title={why}>
      <Button
        disabled={!document.can.correct || step === undefined}
        onClick={() =>
          void navigate(paths.form(file.id, document.type, { step: step?.id ?? '', about: document.id }))
        }
      >
        {t('correct.open')}
      </Button>
    </Tooltip>
  )
}
