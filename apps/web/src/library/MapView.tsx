import { useEffect, useRef, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { libraryMap } from '@liuhen/api/routes/library'
import { useRoute } from '../api/use-route.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { boxOf, sidesOf, sightOf, type Sight } from './ground.ts'
import { MapPicture } from './MapPicture.tsx'
import { filterOf, type LibrarySearch } from './search.ts'
import { useBaseMap } from './use-base-map.ts'
import './map.css'

/** A sign needs so many pixels; squares are about as wide. */
const SQUARE_PX = 44
const SETTLES_MS = 350

type Props = Readonly<{ search: LibrarySearch; onOpen: (id: string) => void }>

/** Where recordings were made, on a sheet of our own: nothing is asked of anybody's map. */
export function MapView({ search, onOpen }: Props) {
  const { t } = useTranslation('library')
  const navigate = useNavigate({ from: '/recordings' })
  const { frame, size } = useSize()
  // At first all of the places are fitted into the shorter side.
  const across = search.box === undefined ? Math.min(size.width, size.height) : size.width
  const columns = Math.min(80, Math.max(4, Math.round(across / SQUARE_PX)))
  const { placed: _, ...filter } = filterOf(search)
  const read = useRoute(
    libraryMap,
    { query: { ...filter, columns } },
    { keep: true, enabled: size.width > 0 },
  )
  const baseMap = useBaseMap()
  const bounds = read.data?.bounds
  const [moved, setMoved] = useState<Sight | undefined>()
  const first = bounds && size.width > 0 ? sightOf(bounds, size) : undefined
  const sight = moved ?? first
  const forget = useAddress(search.box, moved, size)
  const all = (): void => {
    setMoved(undefined)
    forget()
    void navigate({ search: (old) => ({ ...old, box: undefined }), replace: true })
  }
  return (
    <>
      <MapTools counts={read.data} inSight={sight && boxOf(sidesOf(sight, size))} onAll={all} />
      {read.error && <ProblemView error={read.error} onRetry={() => void read.refetch()} />}
      {baseMap.broken && <Alert type="warning" showIcon title={t('map.baseBroken')} />}
      <div className="map-frame" ref={frame}>
        {read.isPending && !read.error && <Waiting rows={6} />}
        {read.data?.placed === 0 && <Nothing title={t('map.none')} hint={t('map.noneHint')} />}
        {sight && read.data && (
          <MapPicture
            squares={read.data.squares}
            base={baseMap.path}
            sight={sight}
            size={size}
            onSight={setMoved}
            onOpen={onOpen}
          />
        )}
      </div>
      <p className="faint library-foot">{t(baseMap.path === undefined ? 'map.note' : 'map.noteBase')}</p>
    </>
  )
}

type ToolsProps = Readonly<{
  counts: Readonly<{ placed: number; unplaced: number }> | undefined
  /** The sides of what is in sight. */
  inSight: string | undefined
  onAll: () => void
}>

/** How many have a place, and the list of those in sight or of those without one. */
function MapTools({ counts, inSight, onAll }: ToolsProps) {
  const { t } = useTranslation('library')
  const navigate = useNavigate({ from: '/recordings' })
  const { placed = 0, unplaced = 0 } = counts ?? {}
  const list = (placedOnes: 'yes' | 'no', box: string | undefined): void =>
    void navigate({ search: (old) => ({ ...old, view: undefined, placed: placedOnes, box }) })
  return (
    <div className="library-tools">
      <span>{counts && t('map.count', { placed, unplaced })}</span>
      {unplaced > 0 && (
        <Button type="link" onClick={() => list('no', undefined)}>
          {t('map.listUnplaced')}
        </Button>
      )}
      {placed > 0 && <Button onClick={() => list('yes', inSight)}>{t('map.listThese')}</Button>}
      {placed > 0 && <Button onClick={onAll}>{t('map.all')}</Button>}
    </div>
  )
}

type Size = Readonly<{ width: number; height: number }>

/** The address follows when the sheet rests, so that it can be sent and the squares fit what is in sight; forgets what it asked. */
function useAddress(box: string | undefined, moved: Sight | undefined, size: Size) {
  const navigate = useNavigate({ from: '/recordings' })
  const asked = useRef(box)
  useEffect(() => {
    if (moved === undefined) return undefined
    const timer = setTimeout(() => {
      const next = boxOf(sidesOf(moved, size))
      if (next === asked.current) return
      asked.current = next
      void navigate({ search: (old) => ({ ...old, box: next }), replace: true })
    }, SETTLES_MS)
    return () => clearTimeout(timer)
  }, [moved, size, navigate])
  return (): void => {
    asked.current = undefined
  }
}

function useSize() {
  const frame = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    const element = frame.current
    if (!element) return undefined
    const watcher = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    )
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [])
  return { frame, size }
}
