import { join } from 'node:path'
import { equalBytes } from '@liuhen/ledger/bytes'
import { appendEntries, edgeFiles, edgeRoot, emptyEdge, type Edge, type LogFile } from '@liuhen/ledger/edge'
import { consistencyRanges } from '@liuhen/ledger/merkle'
import { rangesFromTiles, TILE_WIDTH } from '@liuhen/ledger/tiles'
import { nodeHashes } from '../event-store/seal-event.ts'
import type { Tx } from '../postgres/transaction.ts'
import { readEdge, tileReader, writeDurably, writeLogFiles } from './log-folder.ts'
import type { Signer } from './signer.ts'

const { sha256 } = nodeHashes
const CHUNK = 2_048

/** The log must not go on: what it holds disagrees with what was signed. Somebody has to look. */
export class LogHaltedError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'LogHaltedError'
  }
}

export type Publisher = Readonly<{ sequencer: Tx; folder: string; signer: Signer }>
export type Published = Readonly<{ edge: Edge; note: string }>

const entriesFrom = async (sequencer: Tx, start: number, end: number): Promise<Uint8Array[]> => {
  const { rows } = await sequencer.query<{ entry: Buffer }>(
    `SELECT e.entry FROM log.leaf l JOIN record.event e USING (position)
     WHERE l.leaf_index >= $1 AND l.leaf_index < $2 ORDER BY l.leaf_index`,
    [start, end],
  )
  if (rows.length !== end - start) throw new LogHaltedError(`日志 ${start}–${end} 之间缺少条目，请运行核验。`)
  return rows.map((row) => row.entry)
}

/** Carries the edge on to a size: writes the tiles that became full, and at the end the partial ones. */
export const growTo = async (publisher: Publisher, from: Edge, size: number): Promise<Edge> => {
  let edge = from
  while (edge.size < size) {
    const end = Math.min(edge.size + CHUNK, size)
    const grown = appendEntries(sha256, edge, await entriesFrom(publisher.sequencer, edge.size, end))
    const full = grown.files.filter((file: LogFile) => file.tile.width === TILE_WIDTH)
    await writeLogFiles(publisher.folder, full)
    edge = grown.edge
  }
  await writeLogFiles(publisher.folder, edgeFiles(edge))
  return edge
}

type Signed = { size: number; root: Buffer; note: string }

/** The edge at the last signed size, from the files or, when they are lost, from the record. */
export const loadPublished = async (publisher: Publisher): Promise<Published | undefined> => {
  const { rows } = await publisher.sequencer.query<Signed>(
    'SELECT size, root, note FROM log.published ORDER BY size DESC LIMIT 1',
  )
  const last = rows[0]
  if (last === undefined) return undefined
  const kept = await readEdge(publisher.folder, last.size)
  const sound = kept !== undefined && equalBytes(edgeRoot(sha256, kept), last.root)
  const edge = sound ? kept : await growTo(publisher, emptyEdge, last.size)
  if (!equalBytes(edgeRoot(sha256, edge), last.root)) {
    throw new LogHaltedError(
      `数据库里的记录与 ${last.size} 条时签过名的根不一致，记录被改动过，请停止使用并核验。`,
    )
  }
  return { edge, note: last.note }
}

const askToSign = async (publisher: Publisher, edge: Edge, root: Uint8Array): Promise<string> => {
  const { signer, folder } = publisher
  const status = await signer.status()
  if (status.size > edge.size) {
    throw new LogHaltedError(
      `签名器已签署至 ${status.size} 条，现在只有 ${edge.size} 条：数据库回到了旧备份。请换新的日志名后重新开始。`,
    )
  }
  const ranges = consistencyRanges(status.size, edge.size)
  const proof = await rangesFromTiles(sha256, { read: tileReader(folder), size: edge.size }, ranges)
  const answer = await signer.sign({ size: edge.size, root, proof })
  if ('refused' in answer) {
    throw new LogHaltedError(
      `签名器拒绝签名（${answer.refused}）：日志与以前签过的不一致，请停止使用并核验。`,
    )
  }
  return answer.note
}

/** Tiles, then signature, then the checkpoint row, then the checkpoint file: readers never see a promise without its tiles. */
export const publish = async (publisher: Publisher, last: Published | undefined): Promise<Published> => {
  const { rows } = await publisher.sequencer.query<{ size: number }>('SELECT size FROM log.state')
  const size = rows[0]?.size ?? 0
  if (last !== undefined && last.edge.size === size) return last
  const edge = await growTo(publisher, last?.edge ?? emptyEdge, size)
  const root = edgeRoot(sha256, edge)
  const note = await askToSign(publisher, edge, root)
  // One statement: whoever is killed after it leaves no event that seems to wait.
  await publisher.sequencer.query(
    `WITH signed AS (INSERT INTO log.checkpoint (size, root, note) VALUES ($1, $2, $3) RETURNING size)
     UPDATE log.state SET unsigned_since = NULL FROM signed WHERE state.size = signed.size`,
    [size, root, note],
  )
  await writeDurably(join(publisher.folder, 'checkpoint'), note)
  return { edge, note }
}
