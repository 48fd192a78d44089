import { useEffect } from 'react'
import { Alert, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { serveDocument } from '@liuhen/api/routes/service'
import { SERVICE_MODES } from '@liuhen/domain/case/words'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { OfficerSelect } from '../people/OfficerSelect.tsx'
import { useTitle } from '../recording/use-title.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { chinaClock, chinaShort } from '../time/china.ts'
import { InstantInput } from '../time/InstantInput.tsx'
import { useReal } from '../time/use-real.ts'
import { useNow } from '../time/use-now.ts'
import { filmsOfService } from './films-of-service.ts'
import { ServiceOutlook } from './ServiceOutlook.tsx'

type Props = Readonly<{ file: CaseWorkspace; document: DocumentView; onClose: () => void }>
type Fields = BodyIn<typeof serveDocument>

export function ServeDialog({ file, document, onClose }: Props) {
  const { t } = useTranslation('document')
  const now = useNow()
  const serve = useCommand(serveDocument, { done: t('serveDone'), onDone: onClose })
  const initial: Partial<Fields> = {
    mode: 'direct',
    servedAt: now,
    recipient: file.party?.name,
    officerIds: file.handlers.map((p) => p.personId),
    recordingIds: [],
  }
  return (
    <FormDialog<Fields>
      width={640}
      title={t('serveTitle', { name: document.name })}
      ok={t('serveOk')}
      initial={initial}
      route={serveDocument}
      sending={serve}
      onSend={(body) => serve.mutate({ params: { id: file.id, documentId: document.id }, body })}
      onClose={onClose}
    >
      <ServeFields file={file} document={document} />
    </FormDialog>
  )
}

function ServeFields({ file, document }: Pick<Props, 'file' | 'document'>) {
  const { t } = useTranslation('document')
  const mode = Form.useWatch('mode')
  const real = useReal()
  const definitions = useDefinitions()
  const receipts = file.documents.filter(
    (d) =>
      d.about === document.id &&
      !['voided', 'returned'].includes(d.state) &&
      definitions.get(d.type)?.provesService === true,
  )
  const needed = (message: string) => [{ required: true, message }]
  return (
    <>
      <div className="two-columns">
        <Form.Item name="mode" label={t('serveMode')} rules={needed(t('serveModeNeeded'))}>
          <Select options={SERVICE_MODES.map((value) => ({ value, label: t(`mode.${value}`) }))} />
        </Form.Item>
        <Form.Item
          name="servedAt"
          label={t('servedAt')}
          rules={[...needed(t('servedAtNeeded')), real.moment]}
        >
          <InstantInput />
        </Form.Item>
      </div>
      <ServiceOutlook caseId={file.id} documentId={document.id} />
      <div className="two-columns">
        <Form.Item name="recipient" label={t('recipient')} rules={needed(t('recipientNeeded'))}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="relation" label={t('relation')}>
          <Input maxLength={60} placeholder={t('relationHint')} />
        </Form.Item>
      </div>
      <Form.Item name="place" label={t('servePlace')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="officerIds" label={t('serveOfficers')} rules={needed(t('serveOfficersNeeded'))}>
        <OfficerSelect />
      </Form.Item>
      {(mode === 'direct' || mode === 'leave') && (
        <Alert className="serve-note" type="info" showIcon title={t('serveRecordingNote')} />
      )}
      <FilmsField file={file} />
      <Form.Item
        name="receiptId"
        label={t('receipt')}
        {...(receipts.length === 0 ? { extra: t('receiptNone') } : {})}
      >
        <Select allowClear options={receipts.map((d) => ({ value: d.id, label: d.number ?? d.name }))} />
      </Form.Item>
      <Form.Item name="proof" label={t('serveProof')} extra={t('serveProofHint')}>
        <Input maxLength={500} />
      </Form.Item>
    </>
  )
}

/** Offers the films around the time of service first; the only one there is chosen, until somebody chooses. */
function FilmsField({ file }: Pick<Props, 'file'>) {
  const { t } = useTranslation('document')
  const now = useNow()
  const titleOf = useTitle(file)
  const form = Form.useFormInstance<Fields>()
  const { near, others } = filmsOfService(file.recordings, Form.useWatch('servedAt', form))
  const only = near.length === 1 ? near[0]?.id : undefined
  useEffect(() => {
    if (!form.isFieldTouched('recordingIds')) form.setFieldValue('recordingIds', only ? [only] : [])
  }, [only, form])
  const options = (films: typeof near) =>
    films.map((r) => ({
      value: r.id,
      label: `${titleOf(r)} ${chinaShort(r.from, now)}–${chinaClock(r.to)}`,
    }))
  const groups = [
    { label: t('serveFilms.near'), options: options(near) },
    { label: t('serveFilms.others'), options: options(others) },
  ]
  return (
    <Form.Item
      name="recordingIds"
      label={t('serveRecordings')}
      {...(near.length === 0 ? { extra: t('serveFilms.none') } : {})}
    >
      <Select
        mode="multiple"
        showSearch={{ optionFilterProp: 'label' }}
        options={groups.filter((group) => group.options.length > 0)}
      />
    </Form.Item>
  )
}
