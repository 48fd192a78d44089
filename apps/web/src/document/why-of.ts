type Said = Readonly<{ message: string; todo: string }>

/** The first reason in words: why not, and what to do. Sentences of different sources end with a full stop or not. */
export const whyOf = (
  reasons: readonly Said[] | true | undefined,
  say: (reason: Said) => string,
): string | undefined => {
  const reason = reasons === true ? undefined : reasons?.[0]
  const bare = (text: string): string => text.replace(/\u3002$/, '')
  return reason && say({ message: bare(reason.message), todo: bare(reason.todo) })
}
