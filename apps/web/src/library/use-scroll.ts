import { useEffect, useRef, useState } from 'react'

const SETTLES_MS = 90

/** How far a box is scrolled, where it came to rest last, and how large it is: what flies past is not asked for. */
export function useScroll() {
  const box = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const [rest, setRest] = useState(0)
  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const onScroll = (): void => {
      setTop(element.scrollTop)
      clearTimeout(timer)
      timer = setTimeout(() => setRest(element.scrollTop), SETTLES_MS)
    }
    const watcher = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    )
    element.addEventListener('scroll', onScroll, { passive: true })
    watcher.observe(element)
    return () => {
      clearTimeout(timer)
      watcher.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [])
  return { box, top, rest, ...size }
}
