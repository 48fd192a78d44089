import { Problem } from '@liuhen/api/schema/page'
import type { Reason } from '@liuhen/api/schema/evaluation'

/** The one error of the web: what the server said (RFC 9457), or that it could not be reached. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string | undefined
  readonly reasons: readonly Reason[]
  readonly fields: readonly Readonly<{ path: string; message: string }>[]
  readonly requestId: string | undefined
  constructor(problem: Partial<Problem> & Readonly<{ status: number; code: string }>, cause?: unknown) {
    super(problem.title ?? problem.code, { cause })
    this.name = 'ApiProblem'
    this.status = problem.status
    this.code = problem.code
    this.detail = problem.detail
    this.reasons = problem.reasons ?? []
    this.fields = problem.fields ?? []
    this.requestId = problem.requestId
  }
  /** The server's own title; absent when no server spoke. */
  get title(): string | undefined {
    return this.message === this.code ? undefined : this.message
  }
}

export const unreachable = (cause: unknown): ApiProblem =>
  new ApiProblem({ status: 0, code: 'unreachable' }, cause)

/** Reads the answer of a failed call. What is not a problem document is still one, with the status alone. */
export async function problemOf(answer: Response): Promise<ApiProblem> {
  const body: unknown = await answer.json().catch(() => undefined)
  const parsed = Problem.safeParse(body)
  if (parsed.success) return new ApiProblem(parsed.data)
  return new ApiProblem({ status: answer.status, code: `http-${answer.status}` })
}

export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem ? error : new ApiProblem({ status: 0, code: 'unexpected' }, error)

/** Whether it only warns: the same is done when a reason is stated. */
export const isWarned = (error: unknown): boolean =>
  error !== null && error !== undefined && asProblem(error).reasons.some((r) => r.effect === 'warn')
