import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { noteFact } from '@liuhen/api/routes/cases'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { OfficerSelect } from '../people/OfficerSelect.tsx'
import { useTitle } from '../recording/use-title.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { chinaClock, chinaShort } from '../time/china.ts'
import { InstantInput } from '../time/InstantInput.tsx'
import { useReal } from '../time/use-real.ts'
import { useNow } from '../time/use-now.ts'
import { NoteFields } from './NoteFields.tsx'
import { noteData } from './note-data.ts'
import { namesOfThings, onlyThing, thingsFor } from './note-things.ts'
import type { StepProps } from './StepPanel.tsx'

type Props = Readonly<{
  file: CaseWorkspace
  /** The step in which it happened; in a register, none. */
  step: StepProps['step'] | undefined
  note: CaseWorkspace['notes'][number]
  /** What it is about, where that is known already. */
  about?: string
  onClose: () => void
}>
type Fields = Pick<BodyIn<typeof noteFact>, 'from' | 'to' | 'about' | 'officerIds' | 'note' | 'reason'> & {
  /** Not asked of what lasted: that happened when it was over. */
  at?: string
  data?: Record<string, unknown>
}

/** Registers one fact: when it happened, what the procedure wants to know of it, and a word of explanation. */
export function NoteDialog({ file, step, note, about, onClose }: Props) {
  const { t } = useTranslation('case')
  const now = useNow()
  const real = useReal()
  const save = useCommand(noteFact, { done: t('notes.done'), onDone: onClose })
  const send = ({ data, at = '', ...fields }: Fields): void => {
    const body = {
      name: note.name,
      ...(step && { step: step.id }),
      ...fields,
      at: fields.to ?? at,
      data: noteData(note.fields, data ?? {}),
    }
    save.mutate({ params: { id: file.id }, body })
  }
  return (
    <FormDialog<Fields>
      title={note.title}
      ok={t('notes.ok')}
      route={noteFact}
      sending={save}
      onSend={send}
      onClose={onClose}
    >
      {note.span ? (
        <SpanFields />
      ) : (
        <Form.Item
          name="at"
          label={t('notes.at')}
          initialValue={now}
          rules={[{ required: true, message: t('notes.atNeeded') }, real.moment]}
        >
          <InstantInput />
        </Form.Item>
      )}
      <AboutField file={file} note={note} known={about} />
      {note.officers !== undefined && (
        <Form.Item
          name="officerIds"
          label={t('notes.officers', { n: note.officers })}
          initialValue={file.handlers.map((p) => p.personId)}
          rules={[{ required: true, message: t('notes.officersNeeded') }]}
        >
          <OfficerSelect />
        </Form.Item>
      )}
      <NoteFields fields={note.fields} scenes={step?.recordings.map((r) => r.scene) ?? []} />
      <Form.Item name="note" label={t('notes.note')}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}

/** From when to when it lasted. */
function SpanFields() {
  const { t } = useTranslation('case')
  const real = useReal()
  const rules = [{ required: true, message: t('notes.spanNeeded') }, real.moment]
  return (
    <div className="two-columns">
      <Form.Item name="from" label={t('notes.from')} rules={rules}>
        <InstantInput />
      </Form.Item>
      <Form.Item name="to" label={t('notes.to')} rules={rules}>
        <InstantInput />
      </Form.Item>
    </div>
  )
}

type AboutProps = Pick<Props, 'file' | 'note'> & Readonly<{ known: string | undefined }>

/** Which paper, recording or earlier fact it is about; not asked where it stands for itself. */
function AboutField({ file, note, known }: AboutProps) {
  const { t } = useTranslation('case')
  const now = useNow()
  const titleOf = useTitle(file)
  const things = thingsFor(note.about, file, {
    kind: (kind) => t(`notes.thing.${kind}`),
    recording: (r) => `${titleOf(r)} ${chinaShort(r.from, now)}–${chinaClock(r.to)}`,
    noted: (n) => [n.title, ...n.said.slice(0, 2).map((s) => s.value), chinaShort(n.at, now)].join(' '),
    wholeFile: t('notes.wholeFile'),
  })
  if (note.about.length === 0) return null
  if (things.length === 0) {
    const kinds = { document: t('notes.thing.document'), recording: t('notes.thing.recording') }
    const names = namesOfThings(note.about, file, kinds).join(t('notes.separator'))
    return <p className="field-help note-alone">{t('notes.nothingToBeAbout', { names })}</p>
  }
  return (
    <Form.Item
      name="about"
      label={t('notes.about')}
      initialValue={known ?? onlyThing(things)}
      rules={[{ required: true, message: t('notes.aboutNeeded') }]}
    >
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        options={[...things]}
        placeholder={t('notes.aboutHint', { kinds: things.map((g) => g.label).join(t('notes.separator')) })}
      />
    </Form.Item>
  )
}
