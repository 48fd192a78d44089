/** What a file under law/ is, told by its path. The folder may be called anything; only what follows it counts. */
export type FileKind =
  | 'pack'
  | 'clauses'
  | 'provisions'
  | 'module'
  | 'procedure'
  | 'document'
  | 'calendar'
  | 'scenes'
  | 'settings'
  | 'conflicts'
  | 'approval'

const KINDS: readonly (readonly [RegExp, FileKind])[] = [
  [/(^|\/)packs\/[^/]+\/pack\.yaml$/, 'pack'],
  [/(^|\/)packs\/[^/]+\/clauses\.yaml$/, 'clauses'],
  [/(^|\/)national\/[^/]+\.yaml$/, 'provisions'],
  [/(^|\/)modules\/[^/]+\.yaml$/, 'module'],
  [/(^|\/)procedures\/[^/]+\.yaml$/, 'procedure'],
  [/(^|\/)documents\/[^/]+\/document\.yaml$/, 'document'],
  [/(^|\/)calendars\/[^/]+\.yaml$/, 'calendar'],
  [/(^|\/)scenes\.yaml$/, 'scenes'],
  [/(^|\/)settings\.yaml$/, 'settings'],
  [/(^|\/)conflicts\.yaml$/, 'conflicts'],
  [/(^|\/)approval\.yaml$/, 'approval'],
]

/** Undefined for templates, test cases and readmes, which are not law. */
export const fileKindOf = (path: string): FileKind | undefined =>
  KINDS.find(([pattern]) => pattern.test(path))?.[1]

export const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/')
