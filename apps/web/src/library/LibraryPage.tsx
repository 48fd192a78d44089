import { useState } from 'react'
import { CloudUploadOutlined } from '@ant-design/icons'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Segmented, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { registerRecording } from '@liuhen/api/routes/recordings'
import { useRoleGate } from '../session/use-role-gate.ts'
import { PageHead } from '../shell/PageHead.tsx'
import { UntaggedQueue } from '../classify/UntaggedQueue.tsx'
import { paths } from '../paths.ts'
import { UploadDrawer } from '../recording/UploadDrawer.tsx'
import '../recording/recording.css'
import { LibraryFilters } from './LibraryFilters.tsx'
import { LibraryList } from './LibraryList.tsx'
import { MapView } from './MapView.tsx'
import { OpenedRecording } from './OpenedRecording.tsx'
import './library.css'
import { VIEWS } from './search.ts'
import { TimelineView } from './TimelineView.tsx'

const SHOWN = [...VIEWS, 'unlinked'] as const
type Shown = (typeof SHOWN)[number]

/** 音像库: every recording that one may see, as a list, as pictures, along the time and on the ground, and what nobody has filed. */
export function LibraryPage() {
  const { t } = useTranslation('library')
  const { t: r } = useTranslation('recording')
  const { t: w } = useTranslation('words')
  const search = useSearch({ from: '/shell/recordings' })
  const navigate = useNavigate({ from: '/recordings' })
  const shown: Shown = search.state === 'unlinked' ? 'unlinked' : (search.view ?? 'list')
  const [uploading, setUploading] = useState(false)
  const gate = useRoleGate(registerRecording)
  const open = (f: string | undefined): void =>
    void navigate({ search: (old) => ({ ...old, f, t: undefined }) })
  const show = (next: Shown): void =>
    void navigate({
      search: (old) =>
        next === 'unlinked'
          ? { state: next }
          : {
              ...old,
              ids: undefined,
              view: next === 'list' ? undefined : next,
              state: old.state === 'unlinked' ? undefined : old.state,
            },
    })
  return (
    <div className="page library-page">
      <PageHead
        title={t('title')}
        note={t('note')}
        actions={
          <>
            <Link {...paths.playback()}>{r('toPlayback')}</Link>
            <Tooltip title={gate}>
              <Button
                type="primary"
                icon={<CloudUploadOutlined />}
                disabled={gate !== undefined}
                onClick={() => setUploading(true)}
              >
                {r('upload.open')}
              </Button>
            </Tooltip>
          </>
        }
      />
      <Segmented<Shown>
        aria-label={w('view')}
        className="queue"
        value={shown}
        options={SHOWN.map((value) => ({ value, label: t(`view.${value}`) }))}
        onChange={show}
      />
      {shown === 'unlinked' ? (
        <UntaggedQueue ids={search.ids} opened={search.f} onOpen={open} />
      ) : (
        <>
          <LibraryFilters />
          {(shown === 'list' || shown === 'grid') && (
            <LibraryList view={shown} search={search} onOpen={open} />
          )}
          {shown === 'timeline' && <TimelineView search={search} onOpen={open} />}
          {shown === 'map' && <MapView search={search} onOpen={open} />}
          <OpenedRecording id={search.f} onClose={() => open(undefined)} />
        </>
      )}
      <UploadDrawer open={uploading} onClose={() => setUploading(false)} target={undefined} />
    </div>
  )
}
