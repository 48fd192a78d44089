import { useEffect } from 'react'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { serveDocument } from '@liuhen/api/routes/service'
import { SERVICE_MODES, serviceWay } from '@liuhen/domain/case/words'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { OfficerSelect } from '../people/OfficerSelect.tsx'
import { useTitle } from '../recording/use-title.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { chinaClock, chinaMinute, chinaShort } from '../time/china.ts'
import { InstantInput } from '../time/InstantInput.tsx'
import { useReal } from '../time/use-real.ts'
import { useNow } from '../time/use-now.ts'
import { filmsOfService } from './films-of-service.ts'
import { knownOfService } from './known-of-service.ts'
import { nextReceipt, receiptForm, receiptsOf } from './receipt-form.ts'
import { ServiceOutlook } from './ServiceOutlook.tsx'

type Note = CaseWorkspace['notes'][number]
type Props = Readonly<{
  file: CaseWorkspace
  document: DocumentView
  /** Something else is to be registered first: that the paper was posted. */
  onNote: (note: Note) => void
  onClose: () => void
}>
type Fields = BodyIn<typeof serveDocument>

export function ServeDialog({ file, document, onNote, onClose }: Props) {
  const { t } = useTranslation('document')
  const now = useNow()
  const serve = useCommand(serveDocument, { done: t('serveDone'), onDone: onClose })
  const receipts = receiptsOf(file, document, useDefinitions())
  const receipt = nextReceipt(document, receipts)
  return (
    <FormDialog<Fields>
      width={640}
      title={t('serveTitle', { name: document.name })}
      ok={t('serveOk')}
      initial={knownOfService(file, document, receipt, now)}
      note={receipt && t('receiptFrom')}
      route={serveDocument}
      sending={serve}
      onSend={(body) => serve.mutate({ params: { id: file.id, documentId: document.id }, body })}
      onClose={onClose}
    >
      <ServeFields file={file} document={document} onNote={onNote} />
    </FormDialog>
  )
}

function ServeFields({ file, document, onNote }: Omit<Props, 'onClose'>) {
  const { t } = useTranslation('document')
  const mode = Form.useWatch('mode')
  const kind = serviceWay(mode)?.kind
  const real = useReal()
  const definitions = useDefinitions()
  const receipts = receiptsOf(file, document, definitions)
  const needed = (message: string) => [{ required: true, message }]
  return (
    <>
      <ServedAlready document={document} />
      <PartyField document={document} />
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
      <SendFirst file={file} document={document} mode={mode} onNote={onNote} />
      <ServiceOutlook caseId={file.id} documentId={document.id} />
      <div className="two-columns">
        <Form.Item
          name="recipient"
          label={t(document.addressees.length > 0 ? 'party.receiver' : 'recipient')}
          rules={needed(t('recipientNeeded'))}
        >
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
      {kind === 'in-person' && (
        <Alert className="serve-note" type="info" showIcon title={t('serveRecordingNote')} />
      )}
      <FilmsField file={file} />
      <Form.Item
        name="receiptId"
        label={t('receipt')}
        {...(receipts.length === 0 ? { extra: <MakeReceipt file={file} document={document} /> } : {})}
      >
        <Select allowClear options={receipts.map((d) => ({ value: d.id, label: d.number ?? d.name }))} />
      </Form.Item>
      <Form.Item name="proof" label={t('serveProof')} extra={t('serveProofHint')}>
        <Input maxLength={500} />
      </Form.Item>
    </>
  )
}

/** Of several on whom it is served, each is registered apart; whoever is chosen is also the one who received it, until somebody says otherwise. */
function PartyField({ document }: Pick<Props, 'document'>) {
  const { t } = useTranslation('document')
  const form = Form.useFormInstance<Fields>()
  const { addressees, unserved } = document
  if (addressees.length === 0) return null
  const options = addressees.map((value) => ({
    value,
    label: unserved.includes(value) ? value : t('party.had', { name: value }),
  }))
  return (
    <Form.Item
      name="party"
      label={t('party.label')}
      extra={t('party.hint')}
      rules={[{ required: true, message: t('party.needed') }]}
    >
      <Select
        options={options}
        onChange={(name: string) => {
          if (!form.isFieldTouched('recipient')) form.setFieldValue('recipient', name)
        }}
      />
    </Form.Item>
  )
}

/** It reached somebody before: the periods run from then, and a second service is a matter of its own. */
function ServedAlready({ document }: Pick<Props, 'document'>) {
  const { t } = useTranslation('document')
  const last = document.served.at(-1)
  if (last === undefined || document.unserved.length > 0) return null
  const how = {
    at: chinaMinute(last.at),
    mode: serviceWay(last.mode)?.name ?? last.mode,
    to: last.recipient ?? '',
  }
  return (
    <Alert
      className="serve-note"
      type="warning"
      showIcon
      title={t(last.recipient === undefined ? 'servedAlready.how' : 'servedAlready.toWhom', how)}
      description={t('servedAlready.note')}
    />
  )
}

/** The receipt is made in its form, which knows the paper already. */
function MakeReceipt({ file, document }: Pick<Props, 'file' | 'document'>) {
  const { t } = useTranslation('document')
  const form = receiptForm(file, document, useDefinitions())
  if (form === undefined) return t('receiptNoneHere')
  return (
    <>
      {t('receiptNone')} <Link {...form}>{t('receiptMake')}</Link>
    </>
  )
}

type SendFirstProps = Pick<Props, 'file' | 'document' | 'onNote'> & Readonly<{ mode: string | undefined }>

/** What goes by post or hangs as a notice arrives days later: that it was sent is registered when it is sent. */
function SendFirst({ file, document, mode, onNote }: SendFirstProps) {
  const { t } = useTranslation('document')
  const note = file.notes.find((n) => n.sends !== undefined && n.sends === mode && n.can === true)
  if (note === undefined || document.sent?.mode === mode) return null
  const word = serviceWay(mode)?.kind === 'notice' ? 'notice' : 'letter'
  return (
    <Alert
      className="serve-note"
      type="info"
      title={t(`sent.hint.${word}`)}
      action={
        <Button size="small" onClick={() => onNote(note)}>
          {t(`sent.go.${word}`)}
        </Button>
      }
    />
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
