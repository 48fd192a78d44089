import { useState } from 'react'
import { EditOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import { keepPhrases, listPhrases } from '@liuhen/api/routes/settings'
import { OPINION, takesOpinions, takesPhrases } from '@liuhen/domain/agency/phrases'
import { fieldsOf } from '@liuhen/domain/document/form-data'
import { useCommand } from '../api/use-command.ts'
import { useRoute } from '../api/use-route.ts'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { hasRole, rolesOf, useMe } from '../session/me.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { chinaMinute } from '../time/china.ts'

type Kept = ResponseOf<typeof listPhrases>['items'][number]
type Fields = { document?: string; field?: string; text?: string }

/** What the agency says again and again, by paper and field; offered in the form beside the phrases of the definition. */
export function PhrasesCard() {
  const { t } = useTranslation('settings')
  const definitions = useDefinitions()
  const lists = useRoute(listPhrases, {})
  const mayKeep = hasRole(useMe(), rolesOf(keepPhrases.access))
  const [edited, setEdited] = useState<Kept | 'new'>()
  if (lists.error) return <ProblemView error={lists.error} route={listPhrases} compact />
  const items = lists.data?.items ?? []
  const placeOf = ({ document, field }: Kept): string => {
    const definition = definitions.get(document)
    const label =
      field === OPINION
        ? t('phrases.opinion')
        : definition && fieldsOf(definition).find((one) => one.id === field)?.label
    return t('phrases.place', { paper: definition?.name ?? document, field: label ?? field })
  }
  return (
    <section className="panel setting-group">
      <h2>{t('phrases.title')}</h2>
      <p className="setting-why">{t('phrases.note')}</p>
      <ul className="phrase-lists">
        {items.map((one) => (
          <li key={`${one.document}/${one.field}`}>
            <div>
              <strong>{placeOf(one)}</strong>
              <p className="faint">
                {t('phrases.kept', { n: one.phrases.length, by: one.keptBy, at: chinaMinute(one.keptAt) })}
              </p>
            </div>
            {mayKeep && (
              <Button
                icon={<EditOutlined />}
                aria-label={t('phrases.editOf', { place: placeOf(one) })}
                onClick={() => setEdited(one)}
              >
                {t('phrases.edit')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {items.length === 0 && <p className="faint">{t('phrases.none')}</p>}
      {mayKeep && (
        <Button type="dashed" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
          {t('phrases.add')}
        </Button>
      )}
      {edited && (
        <PhrasesDialog
          items={items}
          {...(edited !== 'new' && { edited })}
          onClose={() => setEdited(undefined)}
        />
      )}
    </section>
  )
}

type DialogProps = Readonly<{ items: readonly Kept[]; edited?: Kept; onClose: () => void }>

function PhrasesDialog({ items, edited, onClose }: DialogProps) {
  const { t } = useTranslation('settings')
  const [form] = Form.useForm<Fields>()
  const keep = useCommand(keepPhrases, { done: t('phrases.done'), onDone: onClose })
  const initial: Fields | undefined = edited && {
    document: edited.document,
    field: edited.field,
    text: edited.phrases.join('\n'),
  }
  return (
    <FormDialog<Fields>
      width={640}
      title={t('phrases.dialog')}
      ok={t('phrases.save')}
      form={form}
      initial={initial}
      route={keepPhrases}
      sending={keep}
      onSend={({ document = '', field = '', text = '' }) =>
        keep.mutate({ body: { document, field, phrases: text.split('\n') } })
      }
      onClose={onClose}
    >
      <PlaceFields items={items} isFixed={edited !== undefined} />
      <Form.Item name="text" label={t('phrases.text')} extra={t('phrases.textHint')}>
        <Input.TextArea autoSize={{ minRows: 6, maxRows: 16 }} maxLength={20_000} />
      </Form.Item>
    </FormDialog>
  )
}

/** Which paper, and which of its fields; what was kept for it before comes with the choice. */
function PlaceFields({ items, isFixed }: Readonly<{ items: readonly Kept[]; isFixed: boolean }>) {
  const { t } = useTranslation('settings')
  const definitions = useDefinitions()
  const form = Form.useFormInstance<Fields>()
  const document = Form.useWatch('document', form)
  const papers = [...definitions.values()].filter((d) => takesOpinions(d) || fieldsOf(d).some(takesPhrases))
  const definition = document === undefined ? undefined : definitions.get(document)
  const fields = definition ? fieldsOf(definition).filter(takesPhrases) : []
  const places = [
    ...fields.map(({ id, label }) => ({ value: id, label })),
    ...(definition && takesOpinions(definition) ? [{ value: OPINION, label: t('phrases.opinion') }] : []),
  ]
  const needed = (message: string) => [{ required: true, message }]
  return (
    <>
      <Form.Item name="document" label={t('phrases.paper')} rules={needed(t('phrases.paperNeeded'))}>
        <Select
          disabled={isFixed}
          showSearch={{ optionFilterProp: 'label' }}
          options={papers.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={() => form.setFieldsValue({ field: undefined, text: '' })}
        />
      </Form.Item>
      <Form.Item name="field" label={t('phrases.field')} rules={needed(t('phrases.fieldNeeded'))}>
        <Select
          disabled={isFixed || definition === undefined}
          options={places}
          onChange={(field: string) => {
            const kept = items.find((one) => one.document === document && one.field === field)
            form.setFieldValue('text', kept?.phrases.join('\n') ?? '')
          }}
        />
      </Form.Item>
    </>
  )
}
