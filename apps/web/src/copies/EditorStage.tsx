import { useRef, useState } from 'react'
import type { KeyboardEvent, PointerEvent, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { Box } from '@liuhen/domain/derivative/spec'
import { ViewerMark } from '../player/ViewerMark.tsx'
import { keyed, shownAt } from './edit-areas.ts'
import type { Drawn } from './edit-areas.ts'
import { useHand } from './use-hand.ts'
import type { Scrub } from './use-scrub.ts'

type Props = Readonly<{
  media: RefObject<HTMLVideoElement | null>
  src: string
  picture: boolean
  areas: readonly Drawn[]
  now: number
  chosen: number | undefined
  /** How covered areas look when they are not being drawn. */
  look: 'black' | 'pixelate' | 'blur' | undefined
  events: Scrub['events']
  onAdd: (box: Box) => void
  onPlace: (n: number, box: Box) => void
  onChoose: (n: number) => void
  onRemove: (n: number) => void
}>

const percent = (share: number): string => `${share * 100}%`
const placed = ({ x, y, w, h }: Box) => ({
  left: percent(x),
  top: percent(y),
  width: percent(w),
  height: percent(h),
})
const whole = (share: number): number => Math.round(share * 100)

/** The picture with its areas: drawn, moved and sized by hand or by key. */
export function EditorStage(props: Props) {
  const { media, src, picture, areas, now, chosen, look, events, onAdd, onPlace, onChoose } = props
  const { t } = useTranslation('copies')
  const stage = useRef<HTMLDivElement>(null)
  const [ratio, setRatio] = useState(16 / 9)
  const { drawn, grasp, onMove, onUp } = useHand(stage, media, { onAdd, onPlace })
  return (
    <div
      className="editor-stage"
      ref={stage}
      style={{ aspectRatio: String(ratio), maxWidth: `calc(50vh * ${ratio})` }}
      data-picture={picture}
      onPointerDown={(e) => picture && grasp(e)}
      onPointerMove={onMove}
      onPointerUp={onUp}
    >
      <video
        ref={media}
        src={src}
        preload="auto"
        playsInline
        aria-label={t('editor.stage')}
        {...events}
        onLoadedMetadata={(e) => {
          const { videoWidth, videoHeight } = e.currentTarget
          if (videoWidth > 0 && videoHeight > 0) setRatio(videoWidth / videoHeight)
          events.onLoadedMetadata()
        }}
      />
      <ViewerMark />
      {shownAt(areas, now, chosen).map(({ area, box, covers }) => (
        <AreaBox
          key={area.n}
          area={area}
          box={box}
          covers={covers}
          look={look}
          chosen={area.n === chosen}
          onGrasp={(e, does) => {
            onChoose(area.n)
            grasp(e, { does, n: area.n, box })
          }}
          onBox={(next) => onPlace(area.n, next)}
          onChoose={() => onChoose(area.n)}
          onRemove={() => props.onRemove(area.n)}
        />
      ))}
      {drawn && <span className="area area-drawing" style={placed(drawn)} />}
    </div>
  )
}

type BoxProps = Readonly<{
  area: Drawn
  box: Box
  covers: boolean
  look: Props['look']
  chosen: boolean
  onGrasp: (e: PointerEvent, does: 'move' | 'size') => void
  onBox: (box: Box) => void
  onChoose: () => void
  onRemove: () => void
}>

function AreaBox({ area, box, covers, look, chosen, onGrasp, onBox, onChoose, onRemove }: BoxProps) {
  const { t } = useTranslation('copies')
  const onKey = (e: KeyboardEvent): void => {
    const next = keyed(box, e.key, e.shiftKey)
    if (next === undefined && e.key !== 'Delete') return
    e.preventDefault()
    if (next === undefined) onRemove()
    else onBox(next)
  }
  const seen = covers && look !== undefined ? ` area-${look}` : ''
  return (
    <button
      type="button"
      className={`area${chosen ? ' area-chosen' : ''}${covers ? '' : ' area-off'}${seen}`}
      style={placed(box)}
      aria-pressed={chosen}
      aria-label={t('editor.areaAt', {
        n: area.n,
        x: whole(box.x),
        y: whole(box.y),
        w: whole(box.w),
        h: whole(box.h),
      })}
      onKeyDown={onKey}
      onFocus={onChoose}
      onPointerDown={(e) => onGrasp(e, 'move')}
    >
      <span className="area-name" aria-hidden>
        {area.n}
      </span>
      <span className="area-corner" aria-hidden onPointerDown={(e) => onGrasp(e, 'size')} />
    </button>
  )
}
