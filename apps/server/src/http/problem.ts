import type { Problem } from '@liuhen/api/schema/page'
import type { Refusal, RefusalCode } from '@liuhen/domain/refusal'

/** Exhaustive by its type: a new refusal code does not compile without a status and a title. */
const OF_REFUSAL: Readonly<Record<RefusalCode, readonly [status: number, title: string]>> = {
  'law-gate': [409, '依据规定，现在还不能办理'],
  'not-permitted': [403, '没有办理这一事项的权限'],
  'wrong-state': [409, '目前的状态不能这样办理'],
  'stale-version': [409, '内容已经变化'],
  'not-found': [404, '没有找到'],
  duplicate: [409, '已经存在'],
  incomplete: [422, '内容还不完整，或者填写有误'],
  'bad-evidence': [422, '数据校验没有通过'],
}

/** What goes wrong before a handler decides anything. */
const OF_REQUEST = {
  'invalid-input': [400, '填写的内容有误', '请按提示改正后重新提交。'],
  'no-key': [400, '请求缺少 Idempotency-Key', '请为每次操作带一个新的 UUID；重试同一操作时用同一个。'],
  'key-reused': [422, '同一个 Idempotency-Key 用在了不同的请求上', '请为新的操作换一个新的 UUID。'],
  'not-signed-in': [401, '还没有登录，或者登录已过期', '请重新登录。'],
  'must-change-password': [403, '首次登录须先修改口令', '请修改口令后继续。'],
  'wrong-role': [403, '您的岗位不能办理这一事项', '请由有相应岗位的人员办理，或者找系统管理员调整岗位。'],
  'foreign-origin': [403, '请求来自别的网站', '请从本系统的页面操作。'],
  'no-route': [404, '没有这个地址', '请检查地址，或者从首页进入。'],
  'too-large': [413, '提交的内容太大', '请减少内容；录音录像请用上传功能。'],
  'wrong-type': [415, '提交的格式不对', '请以 application/json 提交。'],
  outage: [503, '系统暂时不能处理', '请稍后重试；持续出现请联系系统管理员。'],
  internal: [500, '系统内部错误', '请记下请求编号，联系系统管理员。'],
} as const satisfies Record<string, readonly [number, string, string]>
export type RequestProblem = keyof typeof OF_REQUEST

export const refusalProblem = (refusal: Refusal, requestId: string): Problem => {
  const [status, usual] = OF_REFUSAL[refusal.code]
  return {
    type: `urn:liuhen:${refusal.code}`,
    title: refusal.title ?? usual,
    status,
    code: refusal.code,
    ...(refusal.reasons[0] === undefined ? {} : { detail: refusal.reasons[0].message }),
    reasons: refusal.reasons.map((r) => ({ ...r, citations: [...r.citations] })),
    requestId,
  }
}

export const requestProblem = (
  code: RequestProblem,
  requestId: string,
  fields?: Problem['fields'],
): Problem => {
  const [status, title, todo] = OF_REQUEST[code]
  return {
    type: `urn:liuhen:${code}`,
    title,
    status,
    code,
    detail: todo,
    reasons: [{ code, effect: 'refuse', message: `${title}。`, todo, citations: [] }],
    ...(fields === undefined ? {} : { fields }),
    requestId,
  }
}
