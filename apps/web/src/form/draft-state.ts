export type FormData = Readonly<Record<string, unknown>>

/** A draft on the screen: what was typed, what the server holds, and what goes on between the two. */
export type DraftState = Readonly<{
  data: FormData
  /** The server's revision that this draft builds on. */
  revision: number
  savedAt: string | undefined
  /** How many changes were made, how many of them are under way, how many are safe. */
  edits: number
  sent: number
  saved: number
  status: 'clean' | 'dirty' | 'saving' | 'failed' | 'refused' | 'conflict'
}>

export type DraftAction =
  | Readonly<{ type: 'edit'; id: string; value: unknown }>
  | Readonly<{ type: 'sending' }>
  | Readonly<{ type: 'saved'; revision: number; savedAt: string }>
  /** It could not be sent: it will be tried again. */
  | Readonly<{ type: 'failed' }>
  /** The server will not have it as it is: it waits for another text. */
  | Readonly<{ type: 'refused' }>
  | Readonly<{ type: 'conflict' }>
  /** A person settled it, on top of what the server holds now: what comes of it is sent. */
  | Readonly<{ type: 'settled'; data: FormData; revision: number; savedAt: string | undefined }>
  /** The server's draft is taken, and what was typed is left. */
  | Readonly<{ type: 'theirs'; data: FormData; revision: number; savedAt: string | undefined }>

/** A draft that the browser kept and the server has not: it goes on, or it waits for a person. */
export const openLeft = (state: DraftState, data: FormData, status: 'dirty' | 'conflict'): DraftState => ({
  ...state,
  data,
  edits: 1,
  status,
})

export const openDraft = (data: FormData, revision: number, savedAt: string | undefined): DraftState => ({
  data,
  revision,
  savedAt,
  edits: 0,
  sent: 0,
  saved: 0,
  status: 'clean',
})

/** Nothing is sent before something was typed; what was typed while sending is sent next; a conflict waits for a person. */
export function draftReducer(state: DraftState, action: DraftAction): DraftState {
  switch (action.type) {
    case 'edit': {
      const waits = state.status === 'saving' || state.status === 'conflict'
      return {
        ...state,
        data: { ...state.data, [action.id]: action.value },
        edits: state.edits + 1,
        status: waits ? state.status : 'dirty',
      }
    }
    case 'sending':
      return { ...state, sent: state.edits, status: 'saving' }
    case 'saved':
      return {
        ...state,
        revision: action.revision,
        savedAt: action.savedAt,
        saved: state.sent,
        status: state.edits > state.sent ? 'dirty' : 'clean',
      }
    case 'failed':
    case 'refused':
    case 'conflict':
      return { ...state, status: action.type }
    case 'theirs':
      return openDraft(action.data, action.revision, action.savedAt)
    case 'settled':
      return {
        ...openDraft(action.data, action.revision, action.savedAt),
        edits: state.edits + 1,
        status: 'dirty',
      }
  }
}
