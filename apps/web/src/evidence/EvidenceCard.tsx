import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { Button, Form, Input, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { getRecording, markEvidence } from '@liuhen/api/routes/recordings'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { useRoute } from '../api/use-route.ts'
import { whyOf } from '../document/why-of.ts'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { paths } from '../paths.ts'
import { useCan } from '../session/use-can.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { NoteDialog } from '../step/NoteDialog.tsx'
import { chinaMinute } from '../time/china.ts'
import {
  DESCRIPTION,
  descriptionStep,
  DISC_LIST,
  entriesOf,
  notesOfEvidence,
  PHOTO_SHEET,
  sheetStep,
} from './evidence-of.ts'
import './evidence.css'

type Props = Readonly<{
  /** Absent where it is filed nowhere, or in a case that the one who asks may not read. */
  file: CaseWorkspace | undefined
  id: string
}>
type InCase = Readonly<{ file: CaseWorkspace; id: string }>

/** A recording as evidence: what it proves, its written description, the disc it was copied to, and that it was filed. */
export function EvidenceCard({ file, id }: Props) {
  const { t } = useTranslation('evidence')
  const { t: w } = useTranslation('words')
  const recording = useRoute(getRecording, { params: { id } })
  const [marking, setMarking] = useState(false)
  if (!recording.data) return null
  const { evidence, can, manifest } = recording.data
  const isPhoto = manifest.medium === 'photo'
  const why = whyOf(can.describe, (reason) => w('whyNot', reason))
  return (
    <section className="panel" aria-label={t('title')}>
      <div className="need-line">
        <h2>{t('title')}</h2>
        <Tooltip title={why}>
          <Button size="small" disabled={why !== undefined} onClick={() => setMarking(true)}>
            {t(evidence ? 'again' : 'mark')}
          </Button>
        </Tooltip>
      </div>
      {!evidence && <p className="faint">{t('none')}</p>}
      {evidence && (
        <dl className="facts">
          <div className="facts-row">
            <dt>{t('proves')}</dt>
            <dd>
              {evidence.reason} <span className="faint">{chinaMinute(evidence.at)}</span>
            </dd>
          </div>
          {file && <Description file={file} id={id} />}
          {file &&
            notesOfEvidence(file).map((note) => <Noted key={note.name} file={file} id={id} note={note} />)}
          {file && <Sheet file={file} type={isPhoto ? PHOTO_SHEET : DISC_LIST} />}
        </dl>
      )}
      {evidence && !file && <p className="faint">{t('inCase')}</p>}
      {marking && (
        <MarkDialog
          id={id}
          proves={evidence?.reason}
          isArchived={file?.archive !== undefined}
          onClose={() => setMarking(false)}
        />
      )}
    </section>
  )
}

type MarkProps = Readonly<{
  id: string
  proves: string | undefined
  isArchived: boolean
  onClose: () => void
}>

function MarkDialog({ id, proves, isArchived, onClose }: MarkProps) {
  const { t } = useTranslation('evidence')
  const mark = useCommand(markEvidence, { done: t('marked'), onDone: onClose })
  return (
    <FormDialog<BodyIn<typeof markEvidence>>
      title={t('mark')}
      ok={t('mark')}
      note={t(isArchived ? 'markNoteArchived' : 'markNote')}
      initial={{ reason: proves ?? '' }}
      route={markEvidence}
      sending={mark}
      onSend={({ reason }) => mark.mutate({ params: { id }, body: { reason } })}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t('proves')}
        rules={[{ required: true, whitespace: true, message: t('provesNeeded') }]}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}

/** Why such a paper cannot be made in that step now; undefined when it can. */
function useWhyNot(file: CaseWorkspace, type: string, step: string | undefined): string | undefined {
  const definitions = useDefinitions()
  const can = useCan(file)
  return step === undefined ? undefined : (can.paper(definitions.get(type)) ?? can.step({ id: step }))
}

/** 视听资料文字说明: the papers about this recording, or the way to make one. */
function Description({ file, id }: InCase) {
  const { t } = useTranslation('evidence')
  const papers = file.documents.filter(
    (d) => d.type === DESCRIPTION && d.about === id && d.voided === undefined,
  )
  const step = descriptionStep(file, id)
  const why = useWhyNot(file, DESCRIPTION, step)
  return (
    <div className="facts-row">
      <dt>{t('description')}</dt>
      <dd className="evidence-line">
        {papers.map((paper) => (
          <Link key={paper.id} {...paths.document(file.id, paper.id)}>
            {t('paper', { name: paper.name })}
          </Link>
        ))}
        {papers.length === 0 && step === undefined && <span className="faint">{t('nowhere')}</span>}
        {papers.length === 0 && step !== undefined && (
          <Tooltip title={why}>
            <Link {...paths.form(file.id, DESCRIPTION, { step, about: id })}>
              <Button size="small" type="primary" ghost={why === undefined} disabled={why !== undefined}>
                {t('describe')}
              </Button>
            </Link>
          </Tooltip>
        )}
      </dd>
    </div>
  )
}

type SheetProps = Readonly<{ file: CaseWorkspace; type: string }>

/** The list of the case's discs, or its sheet of photos: one paper for all of them. */
function Sheet({ file, type }: SheetProps) {
  const { t } = useTranslation('evidence')
  const papers = file.documents.filter((d) => d.type === type && d.voided === undefined)
  const step = sheetStep(file, type)
  const why = useWhyNot(file, type, step)
  if (step === undefined && papers.length === 0) return null
  return (
    <div className="facts-row">
      <dt>{t(type === PHOTO_SHEET ? 'photos' : 'discs')}</dt>
      <dd className="evidence-line">
        {papers.map((paper) => (
          <Link key={paper.id} {...paths.document(file.id, paper.id)}>
            {t('paper', { name: paper.name })}
          </Link>
        ))}
        {papers.length === 0 && step !== undefined && (
          <Tooltip title={why}>
            <Link {...paths.form(file.id, type, { step })}>
              <Button size="small" disabled={why !== undefined}>
                {t('makeSheet')}
              </Button>
            </Link>
          </Tooltip>
        )}
      </dd>
    </div>
  )
}

type NotedProps = InCase & Readonly<{ note: CaseWorkspace['notes'][number] }>

/** An entry of the case about this recording, or the way to register it. */
function Noted({ file, id, note }: NotedProps) {
  const { t } = useTranslation('evidence')
  const { t: w } = useTranslation('words')
  const [open, setOpen] = useState(false)
  const entries = entriesOf(file, id, note.name)
  const why = whyOf(note.can ?? true, (reason) => w('whyNot', reason))
  return (
    <div className="facts-row">
      <dt>{note.title}</dt>
      <dd className="evidence-line">
        {entries.map((entry) => (
          <span key={entry.ref}>
            {entry.said.map((s) => `${s.label} ${s.value}`).join(w('comma'))}{' '}
            <span className="faint">{chinaMinute(entry.at)}</span>
          </span>
        ))}
        <Tooltip title={why}>
          <Button size="small" disabled={why !== undefined} onClick={() => setOpen(true)}>
            {t(entries.length === 0 ? 'register' : 'registerMore')}
          </Button>
        </Tooltip>
      </dd>
      {open && (
        <NoteDialog file={file} step={undefined} note={note} about={id} onClose={() => setOpen(false)} />
      )}
    </div>
  )
}
