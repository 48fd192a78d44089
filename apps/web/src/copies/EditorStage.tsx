import { useRef, useState } from 'react'
import type { KeyboardEvent, PointerEvent, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { Box } from '@liuhen/domain/derivative/spec'
import { ViewerMark } from '../player/ViewerMark.tsx'
import { between, keyed, shownAt } from './edit-areas.ts'
import type { Drawn } from './edit-areas.ts'
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

type Point = Readonly<{ x: number; y: number }>
type Hand =
  | Readonly<{ does: 'draw'; from: Point; to: Point }>
  | Readonly<{ does: 'move' | 'size'; n: number; box: Box; from: Point }>

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
  const [hand, setHand] = useState<Hand>()
  const pointOf = (e: PointerEvent): Point => {
    const r = stage.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1)
    const share = (value: number) => Math.max(0, Math.min(1, value))
    return { x: share((e.clientX - r.left) / r.width), y: share((e.clientY - r.top) / r.height) }
  }
  const grasp = (e: PointerEvent, next: Hand): void => {
    e.stopPropagation()
    media.current?.pause()
    stage.current?.setPointerCapture(e.pointerId)
    setHand(next)
  }
  const onMove = (e: PointerEvent): void => {
    if (hand === undefined) return
    const to = pointOf(e)
    if (hand.does === 'draw') return setHand({ ...hand, to })
    const [dx, dy] = [to.x - hand.from.x, to.y - hand.from.y]
    const { box } = hand
    onPlace(
      hand.n,
      hand.does === 'move'
        ? { ...box, x: clampTo(box.x + dx, 1 - box.w), y: clampTo(box.y + dy, 1 - box.h) }
        : { ...box, w: Math.min(1 - box.x, box.w + dx), h: Math.min(1 - box.y, box.h + dy) },
    )
  }
  const onUp = (): void => {
    const isDrawn = hand?.does === 'draw' && Math.abs(hand.to.x - hand.from.x) > 0.01
    if (isDrawn) onAdd(between(hand.from, hand.to))
    setHand(undefined)
  }
  return (
    <div
      className="editor-stage"
      ref={stage}
      style={{ aspectRatio: String(ratio), maxWidth: `calc(50vh * ${ratio})` }}
      data-picture={picture}
      onPointerDown={(e) => picture && grasp(e, { does: 'draw', from: pointOf(e), to: pointOf(e) })}
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
            grasp(e, { does, n: area.n, box, from: pointOf(e) })
          }}
          onBox={(next) => onPlace(area.n, next)}
          onChoose={() => onChoose(area.n)}
          onRemove={() => props.onRemove(area.n)}
        />
      ))}
      {hand?.does === 'draw' && (
        <span className="area area-drawing" style={placed(between(hand.from, hand.to))} />
      )}
    </div>
  )
}

const clampTo = (value: number, most: number): number => Math.max(0, Math.min(value, most))

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
