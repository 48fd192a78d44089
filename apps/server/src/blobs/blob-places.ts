import { join } from 'node:path'

/** All under one root, hence one file system: link(2) can move a file from one to the next. */
export const receivingPath = (root: string, id: string): string => join(root, 'receiving', id)
export const tombstonePath = (root: string, sha256: string, batchId: string): string =>
  join(root, 'destroyed', `${sha256}.${batchId}.json`)
export const quarantinePath = (root: string, id: string): string => join(root, 'quarantine', id)

/** A file on its way is called by its row's id, and by more behind a dot. */
export const ownerOf = (name: string): string => name.split('.')[0] ?? name
