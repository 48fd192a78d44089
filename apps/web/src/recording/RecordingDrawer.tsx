import { useSearch } from '@tanstack/react-router'
import { Drawer } from 'antd'
import type { RecordingRow } from '@liuhen/api/routes/recordings'
import { useWide } from '../shell/use-wide.ts'
import { LinkForm } from './LinkForm.tsx'
import { Player } from '../player/Player.tsx'
import { RecordingDetails } from './RecordingDetails.tsx'

/** One recording beside its list: the film, where it belongs, what is known of it. */
export function RecordingDrawer({
  row,
  onClose,
}: Readonly<{ row: RecordingRow | undefined; onClose: () => void }>) {
  const wide = useWide(760)
  const { t: at } = useSearch({ from: '/shell/recordings' })
  return (
    <Drawer
      open={row !== undefined}
      onClose={onClose}
      size={wide ? 680 : '100%'}
      title={row?.fileName}
      destroyOnHidden
    >
      {row && (
        <div className="recording-main">
          {row.storedAt !== undefined && (
            <Player
              recording={{ ...row, from: row.madeFrom, playable: row.verdict ?? 'not-checked' }}
              at={at}
              onAt={() => undefined}
            />
          )}
          {row.caseId === undefined && <LinkForm recording={row} />}
          <RecordingDetails id={row.id} />
        </div>
      )}
    </Drawer>
  )
}
