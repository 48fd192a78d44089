import { z } from 'zod'
import { defineRoute } from '../route.ts'

/** State of the transparency log; the tiles themselves are static files under /log. */
export const logState = defineRoute({
  id: 'logState',
  method: 'GET',
  path: '/log',
  title: '日志状态',
  tag: '证明',
  access: 'public',
  response: z.object({
    origin: z.string(),
    size: z.int(),
    rootHash: z.string(),
    checkpoint: z.string(),
    vkey: z.string(),
    fingerprint: z.string(),
    /** Every key that the log ever had, the current one first; times are RFC 3339. */
    keys: z.array(
      z.object({
        vkey: z.string(),
        fingerprint: z.string(),
        state: z.enum(['current', 'overlap', 'former', 'revoked']),
        since: z.string().optional(),
        until: z.string().optional(),
        signsUntil: z.string().optional(),
        revokedSince: z.string().optional(),
      }),
    ),
    /** Key of the SM2 line under the checkpoint, when the log has one. */
    sm2: z.object({ vkey: z.string(), fingerprint: z.string() }).optional(),
    pending: z.int(),
    oldestPendingSeconds: z.number(),
    mmdSeconds: z.int(),
    anchoring: z.enum(['UNANCHORED', 'TIMESTAMPED', 'WITNESSED']),
    /** The newest time stamp (RFC 3161), and the size of the checkpoint that it is over. */
    stamped: z
      .object({ size: z.int(), at: z.string(), authority: z.string(), certificate: z.string() })
      .optional(),
    /** Who watches from outside; `size` is the newest checkpoint that enough of them cosigned, 0 when none. */
    witnesses: z.object({
      confirmed: z.int(),
      named: z.int(),
      size: z.int(),
      each: z.array(
        z.object({
          name: z.string(),
          vkey: z.string(),
          size: z.int(),
          cosignedAt: z.string().optional(),
          /** Its last answer was no; status 422 says that the log was rewritten. */
          refused: z.object({ at: z.string(), size: z.int(), status: z.int(), why: z.string() }).optional(),
        }),
      ),
    }),
  }),
})
/** What the log promised for a command of one's own agency, and, once it is kept, the proofs. */
export const getReceipt = defineRoute({
  id: 'getReceipt',
  method: 'GET',
  path: '/log/receipts/:commandId',
  title: '入账回执',
  tag: '证明',
  access: 'signed-in',
  params: z.object({ commandId: z.uuid() }),
  response: z.object({
    /** Signed note (vectors: liuhen.receipt.v1). */
    receipt: z.string(),
    /** One tlog-proof for each leaf that is under a checkpoint, in the order of the receipt. */
    proofs: z.array(z.string()),
  }),
  refusals: ['not-found'],
})
export const findByHash = defineRoute({
  id: 'findByHash',
  method: 'GET',
  path: '/log/blobs/:sha256',
  title: '按摘要核验文件',
  tag: '证明',
  access: 'public',
  params: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/, '摘要为64位十六进制') }),
  response: z.object({
    found: z.boolean(),
    kind: z.enum(['document', 'recording']).optional(),
    title: z.string().optional(),
    number: z.string().optional(),
    recordedAt: z.string().optional(),
    /** Another paper has taken its place since then. */
    correctedAt: z.string().optional(),
    proof: z.string().optional(),
    /** What the leaf commits to in public, for whoever holds the bytes: so that they need not believe this answer. */
    record: z.object({ entry: z.string(), salt: z.string(), payload: z.string() }).optional(),
    /** The first time stamp over the file, with the proof that the checkpoint of `proof` goes on from what was stamped. */
    stamp: z
      .object({
        size: z.int(),
        token: z.string(),
        checkpoint: z.string(),
        consistency: z.array(z.string()),
        certificate: z.string(),
      })
      .optional(),
  }),
})
