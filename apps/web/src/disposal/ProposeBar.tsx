import { useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { proposeDisposal } from '@liuhen/api/routes/disposals'
import type { DueRow } from '@liuhen/api/routes/disposals'
import type { Permission } from '@liuhen/api/schema/evaluation'
import type { DisposalLimits } from '@liuhen/domain/disposal/events'
import { useCommand } from '../api/use-command.ts'
import { whyOf } from '../document/why-of.ts'
import { paths } from '../paths.ts'
import { sizeOf } from '../recording/size.ts'
import { FormDialog } from '../shell/FormDialog.tsx'

type Props = Readonly<{
  chosen: readonly DueRow[]
  all: readonly DueRow[]
  limits: DisposalLimits
  can: Permission
  onChoose: (rows: readonly DueRow[]) => void
}>

const GIB = 1024 ** 3
const bytesOf = (rows: readonly DueRow[]): number => rows.reduce((sum, r) => sum + r.sizeBytes, 0)

const idsOf = (rows: readonly DueRow[]) => ({
  recordingIds: rows.flatMap((r) => ('recordingId' in r ? [r.recordingId] : [])),
  caseFiles: rows.flatMap((r) => ('caseFile' in r ? [r.caseFile] : [])),
})

/** As many of these, in their order, as one batch may hold. */
const within = (rows: readonly DueRow[], limits: DisposalLimits): readonly DueRow[] => {
  let bytes = 0
  return rows.filter((row, i) => {
    bytes += row.sizeBytes
    return i < limits.items && bytes <= limits.bytes
  })
}

/** What is chosen against the ceiling, and the proposal itself. */
export function ProposeBar({ chosen, all, limits, can, onChoose }: Props) {
  const { t } = useTranslation('disposal')
  const { t: w } = useTranslation('words')
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const sent = useCommand(proposeDisposal, {
    done: t('done.propose'),
    onDone: ({ id }) => void (id !== undefined && navigate(paths.disposal(id))),
  })
  const bytes = bytesOf(chosen)
  const isOver = chosen.length > limits.items || bytes > limits.bytes
  const over = t('due.over', { items: limits.items, gib: limits.bytes / GIB })
  const why = whyOf(can, (reason) => w('whyNot', reason)) ?? (isOver ? over : undefined)
  return (
    <div className="disposal-bar">
      <Button onClick={() => onChoose(chosen.length > 0 ? [] : within(all, limits))}>
        {t(chosen.length > 0 ? 'due.clear' : 'due.all')}
      </Button>
      <span>{t('due.chosen', { n: chosen.length, size: sizeOf(bytes) })}</span>
      <Tooltip title={why}>
        <Button
          type="primary"
          disabled={why !== undefined || chosen.length === 0}
          onClick={() => setAsking(true)}
        >
          {t('propose')}
        </Button>
      </Tooltip>
      {why !== undefined && <span className="faint">{why}</span>}
      {asking && (
        <FormDialog
          title={t('propose')}
          ok={t('propose')}
          note={t('proposeNote', { count: chosen.length })}
          route={proposeDisposal}
          sending={sent}
          onSend={() => sent.mutate({ body: idsOf(chosen) })}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}
