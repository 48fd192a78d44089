import type { Readable } from 'node:stream'
import type { Actor } from '@liuhen/domain/event'
import type { Refusal } from '@liuhen/domain/refusal'
import type { BodyOf, ParamsOf, QueryOf, ResponseOf, Route } from '@liuhen/api/route'
import type { Session } from '../auth/session.ts'

/** A file as the answer of a route with `bytes`. */
export type BytesResponse = Readonly<{
  bytes: Uint8Array | Readable
  /** Name under which a browser saves it; without it the browser shows it. */
  fileName?: string
  sizeBytes?: number
  headers?: Readonly<Record<string, string>>
  /** 200 unless said otherwise: 206 for a part, 416 for a part that is not there. */
  status?: 200 | 206 | 416
}>

/** What every handler is told of its request. */
export type PublicContext = Readonly<{
  requestId: string
  /** The caller's Idempotency-Key on command routes; a new UUID elsewhere. */
  commandId: string
  /** The record's time, simulated in a demonstration. */
  now: string
  /** Where the request comes from, for throttling. */
  address: string
  /** Request headers that a handler may need: range, if-none-match. */
  header(name: string): string | undefined
  /** Signs the browser in or, without a token, out. */
  setSession(token: string | undefined): void
}>

/** A command as a slice wants it: under which key, by whom, and which route, so that an attempt can be recorded. */
export type RouteCommand = Readonly<{ commandId: string; actor: Actor; what: string }>

export type Context = PublicContext &
  Readonly<{ actor: Actor; agencyId: string; session: Session; command: RouteCommand }>

type Input<R> = Readonly<{ params: ParamsOf<R>; query: QueryOf<R>; body: BodyOf<R> }>
type Answer<R> = ResponseOf<R> | Refusal | BytesResponse
type Handle<C, R> = (context: C, input: Input<R>) => Promise<Answer<R>> | Answer<R>

/** A route with what answers it; made by `bind` and `bindPublic` only. */
export type Binding = Readonly<{ route: Route }> &
  (
    | Readonly<{ open: true; handle: (context: PublicContext, input: Input<Route>) => unknown }>
    | Readonly<{ open: false; handle: (context: Context, input: Input<Route>) => unknown }>
  )

/** Binds a route that only signed-in people reach; the handler gets who they are from the session and nowhere else. */
export const bind = <R extends Route>(route: R, handle: Handle<Context, R>): Binding => {
  if (route.access === 'public') throw new Error(`${route.id} is public: use bindPublic`)
  // The input was read by this route's own schemas, so it is of its own types.
  return { route, open: false, handle: (context, input) => handle(context, input as Input<R>) }
}

/** Binds a route that anybody reaches. */
export const bindPublic = <R extends Route>(route: R, handle: Handle<PublicContext, R>): Binding => {
  if (route.access !== 'public') throw new Error(`${route.id} is not public: use bind`)
  return { route, open: true, handle: (context, input) => handle(context, input as Input<R>) }
}
