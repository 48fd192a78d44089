import type { Actor } from '@liuhen/domain/event'
import type { Refusal } from '@liuhen/domain/refusal'
import type { FastifyRequest } from 'fastify'
import type { Tx } from '../postgres/transaction.ts'
import type { Digester, FileDigest } from '../blobs/digest-file.ts'
import type { BlobDeps } from '../blobs/put-blob.ts'
import type { TargetedUpload } from './upload-rows.ts'

/** Runs in the transaction that the target opens, beside the target's own events. */
export type AlsoInTransaction = (tx: Tx) => Promise<void>

export type Admission = Readonly<{ targetId: string; mime: string; declaredSha256?: string }>

/** What uploads are for. Uploads know bytes; the target knows what they mean. */
export type UploadTarget = Readonly<{
  admit: (
    actor: Actor,
    asked: Readonly<{ metadata: ReadonlyMap<string, string>; lengthBytes: number }>,
  ) => Promise<Admission | Refusal>
  /** Bytes whose meaning is said when they are joined: may this sender bring any? */
  admitPart: (actor: Actor) => true | Refusal
  /** The bytes are in the store: writes its event and `also` in one transaction. Repeated after a crash. */
  stored: (upload: TargetedUpload, digest: FileDigest, also: AlsoInTransaction) => Promise<void>
  /** The bytes came whole and are not those that were declared. */
  rejected: (upload: TargetedUpload, digest: FileDigest, also: AlsoInTransaction) => Promise<void>
}>

export type UploadDeps = BlobDeps &
  Readonly<{
    digester: Digester
    target: UploadTarget
    /** Who sends; absent when nobody is signed in. */
    authenticate: (request: FastifyRequest) => Promise<Actor | undefined>
    now: () => Date
    maxBytes: number
    /** Days that an unfinished upload is kept. */
    keepDays: number
  }>
