import { useState } from 'react'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { retractService } from '@liuhen/api/routes/service'
import { serviceWay } from '@liuhen/domain/case/words'
import { useCommand } from '../api/use-command.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { chinaMinute } from '../time/china.ts'

type Props = Readonly<{ file: CaseWorkspace; document: DocumentView }>
type Serving = DocumentView['served'][number]

/** The word of a way of service; of an unknown one its code. */
export function useModeName(): (mode: string) => string {
  const { t } = useTranslation('document')
  return (mode) => {
    const known = serviceWay(mode)?.mode
    return known ? t(`mode.${known}`) : mode
  }
}

/** How the paper reached whom, and registrations that were wrong and count no more. */
export function ServiceList({ file, document }: Props) {
  const { t } = useTranslation('document')
  const modeName = useModeName()
  const [wrong, setWrong] = useState<Serving>()
  return (
    <>
      <ul className="slots" hidden={document.served.length === 0}>
        {document.served.map((served) => (
          <li key={served.no}>
            <div className="need-line">
              <strong>{modeName(served.mode)}</strong>
              {document.can.retract && (
                <Button size="small" danger onClick={() => setWrong(served)}>
                  {t('retract.open')}
                </Button>
              )}
            </div>
            <p className="faint">
              {chinaMinute(served.at)} <Whom served={served} />
            </p>
          </li>
        ))}
      </ul>
      {document.served.length > 0 && document.can.serve && !document.can.retract && (
        <p className="faint">{t('retract.whose')}</p>
      )}
      {document.retracted.length > 0 && (
        <ul className="slots retracted" aria-label={t('retract.label')}>
          {document.retracted.map((one) => (
            <li key={one.at + one.retractedAt}>
              <del>
                {modeName(one.mode)} {chinaMinute(one.at)} {one.recipient}
              </del>
              <p className="faint">
                {t('retract.told', { by: one.by, at: chinaMinute(one.retractedAt), reason: one.reason })}
              </p>
            </li>
          ))}
        </ul>
      )}
      {wrong && (
        <RetractDialog file={file} document={document} served={wrong} onClose={() => setWrong(undefined)} />
      )}
    </>
  )
}

/** On whom of several, and in whose hands it came where that was somebody else. */
function Whom({ served: { party, recipient } }: Readonly<{ served: Serving }>) {
  const { t } = useTranslation('document')
  if (party === undefined || party === recipient) return recipient
  return t('party.by', { party, recipient: recipient ?? '' })
}

type DialogProps = Props & Readonly<{ served: Serving; onClose: () => void }>

/** The registration stays to be seen; periods that it began are reckoned anew. */
function RetractDialog({ file, document, served, onClose }: DialogProps) {
  const { t } = useTranslation('document')
  const modeName = useModeName()
  const take = useCommand(retractService, { done: t('retract.done'), onDone: onClose })
  const what = { mode: modeName(served.mode), at: chinaMinute(served.at), recipient: served.recipient ?? '' }
  return (
    <FormDialog<{ reason: string }>
      title={t('retract.title', { name: document.name })}
      ok={t('retract.ok')}
      danger
      note={
        <>
          <p>
            <strong>{t('retract.what', what)}</strong>
          </p>
          <p>{t('retract.note')}</p>
        </>
      }
      route={retractService}
      sending={take}
      onSend={({ reason }) =>
        take.mutate({
          params: { id: file.id, documentId: document.id },
          body: { serving: served.no, reason },
        })
      }
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t('retract.reason')}
        extra={t('retract.reasonHint')}
        rules={[{ required: true, min: 2, whitespace: true, message: t('retract.reasonNeeded') }]}
      >
        <Input.TextArea autoSize={{ minRows: 3 }} maxLength={500} autoFocus />
      </Form.Item>
    </FormDialog>
  )
}
