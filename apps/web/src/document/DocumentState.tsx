import type { DocumentView } from '@liuhen/api/schema/document-view'

/** How far a paper has come and whose turn it is, as the server says it. */
export function DocumentState({ document }: Readonly<{ document: DocumentView }>) {
  return (
    <span className="document-state">
      <span className={`doc-chip doc-chip-${document.state}`}>{document.stateName}</span>
    </span>
  )
}
