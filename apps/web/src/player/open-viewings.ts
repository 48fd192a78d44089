type Told = () => Promise<void>

const open = new Set<Told>()

/** A player that is on the screen; the answer takes it off again. */
export const keepViewing = (tell: Told): (() => void) => {
  open.add(tell)
  return () => open.delete(tell)
}

/** Every player on the screen tells the server what was played up to this moment. */
export const tellViewings = async (): Promise<void> => {
  await Promise.all([...open].map((tell) => tell()))
}
