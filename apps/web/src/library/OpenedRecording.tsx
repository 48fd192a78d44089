import { App } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { getRecording } from '@liuhen/api/routes/recordings'
import type { RecordingRow, RecordingView } from '@liuhen/api/routes/recordings'
import { useRoute } from '../api/use-route.ts'
import { RecordingDrawer } from '../recording/RecordingDrawer.tsx'

const rowOf = (v: RecordingView): RecordingRow => {
  const { manifest: m } = v
  const filed = v.link ?? m.suggestion
  return {
    id: v.id,
    version: v.version,
    status: v.status,
    fileName: m.fileName,
    medium: m.medium,
    mime: m.mime,
    deviceId: m.device.id,
    officerName: m.officer.name,
    madeFrom: m.madeFrom,
    madeTo: m.madeTo,
    sha256: m.sha256,
    sizeBytes: m.sizeBytes,
    labelled: v.labels !== undefined,
    evidence: v.evidence !== undefined,
    registeredAt: v.registeredAt,
    ...(v.link && { caseId: v.link.caseId }),
    ...(filed?.step !== undefined && { step: filed.step }),
    ...(filed?.scene !== undefined && { scene: filed.scene }),
    ...(v.check && { verdict: v.check.verdict }),
    ...(v.stored && { storedAt: v.stored.at }),
  }
}

/** The recording that the address names, wherever in the library it stands. */
export function OpenedRecording({ id, onClose }: Readonly<{ id: string | undefined; onClose: () => void }>) {
  const { t } = useTranslation('library')
  const { message } = App.useApp()
  const opened = useRoute(getRecording, { params: { id: id ?? '' } }, { enabled: id !== undefined })
  const failed = opened.error !== null && id !== undefined
  useEffect(() => {
    if (failed) void message.warning(t('notThere'))
  }, [failed, message, t])
  return (
    <RecordingDrawer
      row={id !== undefined && opened.data ? rowOf(opened.data) : undefined}
      onClose={onClose}
    />
  )
}
