import type { Refusal, RefusalCode } from '@liuhen/domain/refusal'
import type { Received } from './receive-chunks.ts'

export type UploadProblemCode =
  | Exclude<Received['kind'], 'written' | 'repeated'>
  | 'no-length'
  | 'defer-length'
  | 'part-unfinished'
  | 'part-taken'
  | 'parts-too-large'
  | 'final-is-joined'
  | 'no-offset'
  | 'malformed'
  | 'not-found'
  | 'not-as-declared'
  | 'signed-out'
  | 'version'
  | 'disk-full'
  | 'disk-lost-bytes'

/** RFC 9457. The statuses are those that tus 1.0.0 names; 460 is its own. */
export type Problem = Readonly<{
  type: string
  status: number
  code: string
  title: string
  reasons: Refusal['reasons']
}>

const TABLE: Readonly<Record<UploadProblemCode, readonly [status: number, title: string]>> = {
  conflict: [409, '续传位置与服务器记录不符，请查询（HEAD）后从服务器给出的位置继续。'],
  busy: [423, '另一个连接正在写入这个上传，请稍后查询（HEAD）并继续。'],
  'wrong-checksum': [460, '这一块数据的校验值不符，已丢弃，请重新发送这一块。'],
  'too-long': [413, '发送的数据超过登记的文件大小，请核对文件。'],
  'too-large': [413, '数据超过允许的大小，请改用更小的分块（带校验的分块不超过 16 MiB）。'],
  'cut-off': [400, '连接中断，这一块没有收全，请重新发送。'],
  gone: [410, '这个上传已经结束，不能继续，请重新建立上传。'],
  'no-length': [400, '请用 Upload-Length 说明文件大小（大于 0 的整数）。'],
  'defer-length': [400, '不接受 Upload-Defer-Length：请在建立上传时用 Upload-Length 说明文件大小。'],
  'part-unfinished': [409, '还有分片没有传完，请先传完每一片，再合并。'],
  'part-taken': [409, '这些分片已经合并到另一个文件，请重新上传分片。'],
  'parts-too-large': [413, '您尚未合并的分片合计超过允许的大小，请先合并或者删除已有的分片。'],
  'final-is-joined': [403, '这个上传由分片合并而成，不能再写入或者删除。'],
  'no-offset': [400, '请用 Upload-Offset 说明续传位置。'],
  malformed: [400, '请求头格式不对。'],
  'not-found': [404, '没有这个上传，请重新建立上传。'],
  'not-as-declared': [460, '收到的文件与登记的摘要不一致，已隔离保存，请从原设备重新上传。'],
  'signed-out': [401, '请先登录。'],
  version: [412, '只支持 tus 1.0.0。'],
  'disk-full': [507, '服务器磁盘已满，这一块没有保存。请通知系统管理员腾出空间，然后从断点继续。'],
  'disk-lost-bytes': [500, '服务器磁盘出错，这个上传不能继续。请通知系统管理员检查磁盘，然后重新上传。'],
}

export const problem = (code: UploadProblemCode, detail?: string): Problem => {
  const [status, title] = TABLE[code]
  return { type: 'about:blank', status, code, title: detail ?? title, reasons: [] }
}

const STATUS: Readonly<Record<RefusalCode, number>> = {
  'law-gate': 409,
  'not-permitted': 403,
  'wrong-state': 409,
  'stale-version': 409,
  'not-found': 404,
  duplicate: 409,
  incomplete: 400,
  'bad-evidence': 400,
}

export const refused = (r: Refusal): Problem => ({
  type: 'about:blank',
  status: STATUS[r.code],
  code: r.code,
  title: r.reasons[0]?.message ?? '上传被拒绝。',
  reasons: r.reasons,
})
