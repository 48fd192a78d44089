import { Alert, Form, Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { exportPackage } from '@liuhen/api/routes/case-file'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { FormDialog } from '../shell/FormDialog.tsx'

type Fields = BodyIn<typeof exportPackage>
export const AUDIENCES = ['whole', 'party'] as const

type Props = Readonly<{
  caseId: string
  /** What this person may take out of the house: at least one. */
  audiences: readonly (typeof AUDIENCES)[number][]
  onClose: () => void
}>

/** Exports are part of the record before they are made: for whom and for what is asked first. */
export function ExportDialog({ caseId, audiences, onClose }: Props) {
  const { t } = useTranslation('file')
  const start = useCommand(exportPackage, { done: t('exportStarted'), onDone: onClose })
  return (
    <FormDialog<Fields>
      title={t('export')}
      ok={t('exportOk')}
      note={t('exportNote')}
      initial={audiences.length === 1 ? { audience: audiences[0] } : {}}
      route={exportPackage}
      sending={start}
      onSend={(body) => start.mutate({ params: { id: caseId }, body })}
      onClose={onClose}
    >
      <Form.Item
        name="purpose"
        label={t('purpose')}
        rules={[{ required: true, min: 2, message: t('purposeNeeded') }]}
      >
        <Input maxLength={200} placeholder={t('purposeHint')} />
      </Form.Item>
      <Form.Item
        name="recipient"
        label={t('recipient')}
        rules={[{ required: true, min: 2, message: t('recipientNeeded') }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="audience"
        label={t('audience')}
        rules={[{ required: true, message: t('audienceNeeded') }]}
        {...(audiences.length < AUDIENCES.length ? { extra: t('audienceLimited') } : {})}
      >
        <Radio.Group
          options={AUDIENCES.map((value) => ({
            value,
            label: t(`audiences.${value}`),
            disabled: !audiences.includes(value),
          }))}
        />
      </Form.Item>
      <Holds />
    </FormDialog>
  )
}

/** What the chosen package holds, in so many words: a whole one is not for the party. */
function Holds() {
  const { t } = useTranslation('file')
  const audience: Fields['audience'] | undefined = Form.useWatch('audience')
  if (audience === undefined) return null
  return (
    <Alert type={audience === 'whole' ? 'warning' : 'info'} showIcon title={t(`audienceHolds.${audience}`)} />
  )
}
