import { useEffect, useRef } from 'react'

type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>

const nameOf = (event: KeyboardEvent): string => {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return event.ctrlKey || event.metaKey ? `ctrl+${key}` : key
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

const dialogOpen = (): boolean =>
  document.querySelector('.ant-modal-wrap:not([style*="none"]) .ant-modal') !== null

/** Keyboard for a page. Plain letters are left alone while somebody types or a dialog is open. */
export function useKeys(keys: Keys, enabled = true): void {
  const current = useRef(keys)
  useEffect(() => {
    current.current = keys
  })
  useEffect(() => {
    if (!enabled) return undefined
    const onKey = (event: KeyboardEvent): void => {
      const name = nameOf(event)
      const act = current.current[name]
      if (!act || event.altKey || event.isComposing) return
      if (!name.startsWith('ctrl+') && (isTyping(event.target) || dialogOpen())) return
      event.preventDefault()
      act(event)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [enabled])
}
