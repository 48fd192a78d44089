import { useEffect, useRef } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { Button } from 'antd'
import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { pixelOf, sightOf, toGround, zoomed, type Sight } from './ground.ts'
import { North, ScaleBar, Sign, type Square } from './MapSigns.tsx'

type Props = Readonly<{
  squares: readonly Square[]
  /** The operator's own map as a path in ground metres. */
  base: string | undefined
  sight: Sight
  size: Readonly<{ width: number; height: number }>
  onSight: (sight: Sight) => void
  onOpen: (id: string) => void
}>

const NEARER = 0.6
const STEP_PX = 80

/** The sheet: dragged, turned nearer by wheel, buttons and keys; every sign is a button. */
export function MapPicture({ squares, base, sight, size, onSight, onOpen }: Props) {
  const { t } = useTranslation('library')
  const svg = useRef<SVGSVGElement>(null)
  const held = useRef<Readonly<{ x: number; y: number; from: Sight }> | undefined>(undefined)
  useWheel(svg, (by, at) => onSight(zoomed(sight, by, size, at)))
  const move = (dx: number, dy: number, from: Sight = sight): void =>
    onSight({
      ...from,
      middle: { x: from.middle.x - dx * from.perPixel, y: from.middle.y - dy * from.perPixel },
    })
  const onKey = (event: KeyboardEvent): void => {
    const acts: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => move(STEP_PX, 0),
      ArrowRight: () => move(-STEP_PX, 0),
      ArrowUp: () => move(0, STEP_PX),
      ArrowDown: () => move(0, -STEP_PX),
      '+': () => onSight(zoomed(sight, NEARER, size)),
      '=': () => onSight(zoomed(sight, NEARER, size)),
      '-': () => onSight(zoomed(sight, 1 / NEARER, size)),
    }
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  const choose = (square: Square): void =>
    square.id === undefined ? onSight(sightOf(square, size)) : onOpen(square.id)
  const onMove = (event: PointerEvent): void => {
    const { current } = held
    if (current && event.buttons === 1)
      move(event.clientX - current.x, event.clientY - current.y, current.from)
  }
  const scale = 1 / sight.perPixel
  const shift = `translate(${size.width / 2} ${size.height / 2}) scale(${scale}) translate(${-sight.middle.x} ${-sight.middle.y})`
  return (
    <div className="map-sheet" role="group" aria-label={t('map.label')} onKeyDown={onKey}>
      <svg
        ref={svg}
        width={size.width}
        height={size.height}
        onPointerDown={(event) => {
          held.current = { x: event.clientX, y: event.clientY, from: sight }
        }}
        onPointerMove={onMove}
        onPointerUp={() => {
          held.current = undefined
        }}
      >
        {base !== undefined && <path className="map-base" d={base} transform={shift} />}
        {squares.map((square) => (
          <Sign
            key={`${square.longitude} ${square.latitude}`}
            square={square}
            at={pixelOf(sight, size, toGround(square.longitude, square.latitude))}
            perPixel={sight.perPixel}
            onChoose={() => choose(square)}
          />
        ))}
      </svg>
      <Nearness onZoom={(by) => onSight(zoomed(sight, by, size))} />
      <North />
      <ScaleBar sight={sight} />
    </div>
  )
}

function Nearness({ onZoom }: Readonly<{ onZoom: (by: number) => void }>) {
  const { t } = useTranslation('library')
  return (
    <div className="map-buttons">
      <Button icon={<PlusOutlined />} aria-label={t('map.nearer')} onClick={() => onZoom(NEARER)} />
      <Button icon={<MinusOutlined />} aria-label={t('map.farther')} onClick={() => onZoom(1 / NEARER)} />
    </div>
  )
}

/** React listens to wheels passively, and the page would scroll with the sheet. */
function useWheel(
  element: Readonly<{ current: SVGSVGElement | null }>,
  onWheel: (by: number, at: Readonly<{ x: number; y: number }>) => void,
): void {
  const latest = useRef(onWheel)
  useEffect(() => {
    latest.current = onWheel
  })
  useEffect(() => {
    const { current } = element
    if (!current) return undefined
    const turn = (event: WheelEvent): void => {
      event.preventDefault()
      const box = current.getBoundingClientRect()
      latest.current(event.deltaY > 0 ? 1.25 : 0.8, {
        x: event.clientX - box.left,
        y: event.clientY - box.top,
      })
    }
    current.addEventListener('wheel', turn, { passive: false })
    return () => current.removeEventListener('wheel', turn)
  }, [element])
}
