import { AudioOutlined, EyeOutlined, PictureOutlined, VideoCameraOutlined } from '@ant-design/icons'
import { Checkbox } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { LibraryRow } from '@liuhen/api/routes/library'
import { sceneNames } from '../recording/scene-names.ts'
import { sizeOf } from '../recording/size.ts'
import { chinaClock, chinaSecond } from '../time/china.ts'
import { StateChips } from './StateChips.tsx'

const ICONS: Readonly<Record<LibraryRow['medium'], ReactNode>> = {
  video: <VideoCameraOutlined />,
  audio: <AudioOutlined />,
  photo: <PictureOutlined />,
  surveillance: <EyeOutlined />,
}

type Props = Readonly<{
  /** Absent while it is on its way. */
  row: LibraryRow | undefined
  view: 'list' | 'grid'
  index: number
  isCursor: boolean
  withPicture: boolean
  picked: ReadonlySet<string>
  onPick: (row: LibraryRow, on: boolean) => void
  onOpen: (row: LibraryRow) => void
}>

/** One recording of the list: picture, when and by whom, to what it belongs, and what is the matter with it. */
export function ItemCard({ row, view, index, isCursor, withPicture, picked, onPick, onOpen }: Props) {
  const { t } = useTranslation('library')
  if (row === undefined)
    return (
      <div className="library-item library-item-waiting" data-index={index} tabIndex={isCursor ? 0 : -1}>
        <span className="sr-only">{t('waiting')}</span>
      </div>
    )
  return (
    <div className="library-item" data-picked={picked.has(row.id)}>
      <Checkbox
        aria-label={t('pick', { name: row.fileName })}
        checked={picked.has(row.id)}
        onChange={(e) => onPick(row, e.target.checked)}
      />
      <button
        type="button"
        className="library-open"
        data-index={index}
        tabIndex={isCursor ? 0 : -1}
        onClick={() => onOpen(row)}
      >
        <Picture row={row} withPicture={withPicture} />
        <Words row={row} view={view} />
      </button>
    </div>
  )
}

function Picture({ row, withPicture }: Readonly<{ row: LibraryRow; withPicture: boolean }>) {
  // What was asked for once stays, also while the list moves on.
  const [asked, setAsked] = useState(withPicture)
  if (withPicture && !asked) setAsked(true)
  return (
    <span className="library-picture">
      {row.hasPoster && asked ? (
        <img src={`/api/recordings/${row.id}/poster`} alt="" loading="lazy" decoding="async" />
      ) : (
        <span aria-hidden>{ICONS[row.medium]}</span>
      )}
    </span>
  )
}

function Words({ row, view }: Readonly<{ row: LibraryRow; view: 'list' | 'grid' }>) {
  const { t } = useTranslation('library')
  const { t: r } = useTranslation('recording')
  const sceneName = sceneNames()
  const where =
    row.caseId === undefined
      ? r('notLinked')
      : [row.caseNo, row.scene === undefined ? undefined : sceneName(row.scene)]
          .filter((part) => part !== undefined)
          .join(' · ')
  const when =
    row.medium === 'photo'
      ? chinaSecond(row.madeFrom)
      : `${chinaSecond(row.madeFrom)}–${chinaClock(row.madeTo)}`
  if (view === 'grid')
    return (
      <span className="library-words">
        <span className="mono">{when}</span>
        <span className="library-one">{t('byWhom', { who: row.officerName, device: row.deviceId })}</span>
        <StateChips row={row} most={1} />
      </span>
    )
  return (
    <span className="library-words">
      <span className="library-when">
        <span className="mono">{when}</span>
        <span className="faint library-one">{row.fileName}</span>
      </span>
      <span className="library-who">
        <span className="library-one">{t('byWhom', { who: row.officerName, device: row.deviceId })}</span>
        <span className="faint library-one">
          {r(`medium.${row.medium}`)} · {sizeOf(row.sizeBytes)}
        </span>
      </span>
      <span className="library-where">
        <span className={row.caseId === undefined ? 'library-loose' : 'library-one'}>{where}</span>
        <span className="faint library-one">{row.caseTitle}</span>
      </span>
      <StateChips row={row} most={3} />
    </span>
  )
}
