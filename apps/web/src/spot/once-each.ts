/** What is known of a command that was sent before. */
type Sent<I> = Readonly<{ input: I; key: string; outcome: 'unknown' | 'refused' | 'done'; id?: string }>

export type Send<I> = (input: I, key: string) => Promise<string | undefined>

type How<I> = Readonly<{
  newKey: () => string
  /** Whether the server said no; any other failure leaves open whether it was done. */
  isRefusal: (error: unknown) => boolean
  same: (a: I, b: I) => boolean
}>

/**
 * Commands by name, each carried out once. Where an answer was lost, exactly what was sent is sent again with its key,
 * however the clock or the form have moved on meanwhile: the server knows it, and answers what it answered then.
 */
export function onceEach<I>({ newKey, isRefusal, same }: How<I>) {
  const sent = new Map<string, Sent<I>>()
  const attempt = async (name: string, input: I, key: string, send: Send<I>): Promise<string> => {
    sent.set(name, { input, key, outcome: 'unknown' })
    try {
      const id = (await send(input, key)) ?? ''
      sent.set(name, { input, key, outcome: 'done', id })
      return id
    } catch (error) {
      if (isRefusal(error)) sent.set(name, { input, key, outcome: 'refused' })
      throw error
    }
  }
  return {
    isDone: (name: string): boolean => sent.get(name)?.outcome === 'done',
    /** `forGood`: done once, it is not done again with another input; the first answer stands. */
    once: async (name: string, input: I, send: Send<I>, forGood = false): Promise<string> => {
      const open = sent.get(name)
      if (open?.outcome === 'unknown') await attempt(name, open.input, open.key, send)
      const before = sent.get(name)
      if (before?.outcome === 'done' && (forGood || same(before.input, input))) return before.id ?? ''
      return attempt(name, input, newKey(), send)
    },
  }
}
