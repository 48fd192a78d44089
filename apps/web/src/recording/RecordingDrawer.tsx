import { useRef, useState } from 'react'
import { useSearch } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { getCase } from '@liuhen/api/routes/cases'
import type { RecordingRow } from '@liuhen/api/routes/recordings'
import { useRoute } from '../api/use-route.ts'
import { EvidenceCard } from '../evidence/EvidenceCard.tsx'
import { useWide } from '../shell/use-wide.ts'
import { LinkForm } from './LinkForm.tsx'
import { Player } from '../player/Player.tsx'
import type { PlayerControl } from '../player/Player.tsx'
import { PointsCard } from '../points/PointsCard.tsx'
import { TranscriptCard } from '../transcript/TranscriptCard.tsx'
import { RecordingDetails } from './RecordingDetails.tsx'

/** One recording beside its list: the film, where it belongs, what is known of it. */
export function RecordingDrawer({
  row,
  onClose,
}: Readonly<{ row: RecordingRow | undefined; onClose: () => void }>) {
  const wide = useWide(760)
  return (
    <Drawer
      open={row !== undefined}
      onClose={onClose}
      size={wide ? 680 : '100%'}
      title={row?.fileName}
      destroyOnHidden
    >
      {row && <Opened key={row.id} row={row} />}
    </Drawer>
  )
}

function Opened({ row }: Readonly<{ row: RecordingRow }>) {
  const { t: at } = useSearch({ from: '/shell/recordings' })
  const [now, setNow] = useState(0)
  const control = useRef<PlayerControl>(null)
  const { id, caseId } = row
  const file = useRoute(getCase, { params: { id: caseId ?? '-' } }, { enabled: caseId !== undefined })
  const exactly = (): number => control.current?.at() ?? 0
  const seek = (seconds: number): void => control.current?.seek(seconds)
  return (
    <div className="recording-main">
      {row.storedAt !== undefined && (
        <section className="panel">
          <Player
            recording={{ ...row, from: row.madeFrom, playable: row.verdict ?? 'not-checked' }}
            at={at}
            onAt={() => undefined}
            onNow={setNow}
            control={control}
            pointNames={new Map(file.data?.keyContent.map((p) => [p.code, p.label]))}
          />
        </section>
      )}
      {caseId === undefined && <LinkForm recording={row} />}
      {file.data && <PointsCard id={id} wanted={file.data.keyContent} at={exactly} onSeek={seek} />}
      <TranscriptCard id={id} now={now} at={exactly} onSeek={seek} />
      {row.storedAt !== undefined && <EvidenceCard file={file.data} id={id} />}
      <RecordingDetails id={id} />
    </div>
  )
}
