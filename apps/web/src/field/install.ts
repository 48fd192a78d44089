import { observed } from './observed.ts'

type Prompt = Event & Readonly<{ prompt(): Promise<unknown> }>

/** Set while the browser offers to put the recorder among the phone's own apps. */
export const installing = observed<Prompt | undefined>(undefined)

/** The page starts without a network from its second visit on. */
export const keepPage = async (): Promise<void> => {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    installing.set(event as Prompt)
  })
  await navigator.serviceWorker.register('/field-worker.js', { scope: '/field' }).catch(() => undefined)
}

/** Asks the phone not to clear what lies here; and says how much room there is. */
export const askForRoom = async (): Promise<Readonly<{ isKept: boolean; freeBytes: number | undefined }>> => {
  const isKept = (await navigator.storage.persisted()) || (await navigator.storage.persist())
  const { quota, usage } = await navigator.storage.estimate()
  return { isKept, freeBytes: quota === undefined ? undefined : quota - (usage ?? 0) }
}
