import type { DocumentView } from '@liuhen/api/schema/document-view'

type Reasons = DocumentView['why']['sign']

/** The first reason in words: why not, and what to do. Sentences of different sources end with a full stop or not. */
export const whyOf = (
  reasons: Reasons | true,
  say: (reason: Readonly<{ message: string; todo: string }>) => string,
): string | undefined => {
  const reason = reasons === true ? undefined : reasons?.[0]
  const bare = (text: string): string => text.replace(/\u3002$/, '')
  return reason && say({ message: bare(reason.message), todo: bare(reason.todo) })
}
