import { useState } from 'react'
import { Button, Modal, Select, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { publishDisclosure } from '@liuhen/api/routes/case-file'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { useCommand } from '../api/use-command.ts'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { useRoleGate } from '../session/use-role-gate.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { chinaMinute } from '../time/china.ts'

export function DisclosureCard({ file }: Readonly<{ file: CaseWorkspace }>) {
  const { t } = useTranslation('file')
  const gate = useRoleGate(publishDisclosure)
  const definitions = useDefinitions()
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState<string | undefined>()
  const publish = useCommand(publishDisclosure, { done: t('published'), onDone: () => setOpen(false) })
  const decisions = file.documents.filter(
    (d) => definitions.get(d.type)?.decision === true && d.number !== undefined,
  )
  const why = gate ?? (decisions.length === 0 ? t('noDecision') : undefined)
  const documentId = chosen ?? decisions[0]?.id
  return (
    <section className="panel">
      <h2>{t('disclosure')}</h2>
      {file.disclosure ? (
        <p>{t('publishedAt', { at: chinaMinute(file.disclosure.publishedAt) })}</p>
      ) : (
        <>
          <p className="faint">{t('notPublished')}</p>
          <Tooltip title={why}>
            <Button disabled={why !== undefined} onClick={() => setOpen(true)}>
              {t('publish')}
            </Button>
          </Tooltip>
        </>
      )}
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        title={t('publish')}
        okText={t('publishOk')}
        confirmLoading={publish.isPending}
        onOk={() =>
          documentId !== undefined && publish.mutate({ params: { id: file.id }, body: { documentId } })
        }
      >
        <p className="explain">{t('publishNote')}</p>
        <label className="stack">
          {t('publishWhich')}
          <Select
            value={documentId}
            onChange={setChosen}
            options={decisions.map((d) => ({ value: d.id, label: `${d.name} ${d.number ?? ''}` }))}
          />
        </label>
        {publish.error && <ProblemView error={publish.error} route={publishDisclosure} compact />}
      </Modal>
    </section>
  )
}
