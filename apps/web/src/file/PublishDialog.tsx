import { useState } from 'react'
import { Modal, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { publishDisclosure } from '@liuhen/api/routes/case-file'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { useCommand } from '../api/use-command.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { chinaMinute } from '../time/china.ts'

type Props = Readonly<{ caseId: string; summaries: readonly DocumentView[]; onClose: () => void }>

/** Publishes a reviewed summary. Several there are only after a withdrawal: the newest is meant. */
export function PublishDialog({ caseId, summaries, onClose }: Props) {
  const { t } = useTranslation('file')
  const [chosen, setChosen] = useState(summaries[0]?.id)
  const publish = useCommand(publishDisclosure, { done: t('published'), onDone: onClose })
  return (
    <Modal
      open
      onCancel={onClose}
      title={t('publish')}
      okText={t('publishOk')}
      confirmLoading={publish.isPending}
      onOk={() =>
        chosen !== undefined && publish.mutate({ params: { id: caseId }, body: { documentId: chosen } })
      }
    >
      <p className="explain">{t('publishNote')}</p>
      <label className="stack">
        {t('publishWhich')}
        <Select
          value={chosen}
          onChange={setChosen}
          options={summaries.map((d) => ({
            value: d.id,
            label: `${d.name} ${d.number ?? chinaMinute(d.submittedAt)}`,
          }))}
        />
      </label>
      {publish.error && <ProblemView error={publish.error} route={publishDisclosure} compact />}
    </Modal>
  )
}
