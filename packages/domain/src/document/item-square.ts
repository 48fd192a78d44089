/**
 * What the square on the label of a thing says: the page where its list is checked, the digest of that paper, and which row
 * of which document it is. The row is counted from 1, as printed; an issued paper never changes, so it stays the same thing.
 */
export type ItemSquare = Readonly<{
  documentId: string
  row: number
  /** SHA-256 of the archival PDF of the list, in hex. */
  sha256: string
  /** Public page where a paper is checked. */
  portal?: string
}>

/** A plain address, so that any phone opens it; without a portal three lines that a person can compare. */
export const itemSquare = ({ documentId, row, sha256, portal }: ItemSquare): string =>
  portal === undefined
    ? `liuhen.item.v1\n${documentId}/${row}\n${sha256}`
    : `${portal.replace(/\/$/, '')}/check?sha256=${sha256}#${documentId}/${row}`
