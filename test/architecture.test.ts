import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

const walk = (dir: string): string[] =>
  readdirSync(dir).flatMap((name) => {
    if (name === 'node_modules' || name === 'dist') return []
    const path = join(dir, name)
    return statSync(path).isDirectory() ? walk(path) : [path]
  })

const sources = ['packages', 'apps']
  .flatMap((dir) => walk(join(root, dir)))
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
const isTest = (path: string): boolean => /\.(test|e2e|authz)\.tsx?$/.test(path)
const production = sources.filter((path) => !isTest(path))
const text = (path: string): string => readFileSync(path, 'utf8')
const name = (path: string): string => relative(root, path)

/** Import specifiers of a file; dynamic ones too. */
const importsOf = (path: string): string[] =>
  [...text(path).matchAll(/(?:\bfrom|^import|\bimport\()\s*'([^'\s]+)'/gm)].map((m) => m[1] ?? '')

const roomOf = (path: string): string => name(path).split('/').slice(0, 2).join('/')

/** Workspace room that a specifier leads to, or the npm package it names. */
const targetOf = (path: string, specifier: string): string => {
  if (specifier.startsWith('@liuhen/')) return `packages/${specifier.split('/')[1]}`
  if (specifier.startsWith('.')) return roomOf(resolve(dirname(path), specifier))
  return specifier.startsWith('@')
    ? specifier.split('/').slice(0, 2).join('/')
    : (specifier.split('/')[0] ?? '')
}

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'packages/ledger': [],
  'packages/law': [],
  'packages/domain': ['packages/ledger', 'packages/law'],
  'packages/api': ['packages/ledger', 'packages/law', 'packages/domain'],
  'apps/server': ['packages/ledger', 'packages/law', 'packages/domain', 'packages/api'],
  'apps/portal': ['packages/ledger', 'packages/api'],
  'apps/web': ['packages/ledger', 'packages/law', 'packages/domain', 'packages/api'],
  'apps/verifier': ['packages/ledger'],
  'apps/cli': [
    'packages/ledger',
    'packages/law',
    'packages/domain',
    'packages/api',
    'apps/server',
    'apps/portal',
  ],
}
const PURE_MAY_IMPORT = new Set(['zod', 'yaml', '@noble/hashes', '@noble/curves'])

/** Ids of law/ that cannot be mistaken for an ordinary word. */
const lawNames: ReadonlySet<string> = new Set([
  ...readdirSync(join(root, 'law/documents')).filter((id) => id.includes('-')),
  ...readdirSync(join(root, 'law/packs')),
  ...readdirSync(join(root, 'law/procedures')).flatMap((file) =>
    [...text(join(root, 'law/procedures', file)).matchAll(/^ {2}- id: ([a-z]+(?:-[a-z]+)+)$/gm)].map(
      (m) => m[1] ?? '',
    ),
  ),
])

const lawNamesIn = (source: string): string[] =>
  [...source.matchAll(/'([a-z0-9-]+)'/g)].map((m) => m[1] ?? '').filter((id) => lawNames.has(id))

/** Slices of the server, and the slices on which each stands. */
const STANDS_ON: Readonly<Record<string, readonly string[]>> = {
  agency: [],
  person: [],
  case: [],
  document: [],
  'case-file': [],
  disclosure: ['case-file'],
  // Archives describe what a package holds, and a package encloses what they describe.
  package: ['archival'],
  archival: ['package'],
  recording: [],
  stores: [],
  numbers: [],
  device: [],
  register: ['case'],
  field: ['recording'],
  docking: ['recording'],
  playback: ['recording'],
  derivative: ['recording', 'playback', 'agency'],
  disposal: ['derivative', 'playback', 'stores', 'agency'],
}
const sliceOf = (path: string): string | undefined => {
  const folder = /^apps\/server\/src\/([^/]+)\//.exec(name(path))?.[1]
  return folder !== undefined && folder in STANDS_ON ? folder : undefined
}

describe('the house', () => {
  it('has rooms that import only the rooms below them', () => {
    const wrong = production.flatMap((path) =>
      importsOf(path)
        .map((specifier) => targetOf(path, specifier))
        .filter((to) => /^(packages|apps)\//.test(to) && to !== roomOf(path))
        .filter((to) => !(MAY_IMPORT[roomOf(path)] ?? []).includes(to))
        .map((to) => `${name(path)} imports ${to}`),
    )
    expect(wrong).toEqual([])
  })

  it('keeps its packages pure: only the allowed libraries, no clock, no randomness', () => {
    const pure = production.filter((path) => name(path).startsWith('packages/'))
    const imports = pure.flatMap((path) =>
      importsOf(path)
        .filter((s) => !s.startsWith('.') && !s.startsWith('@liuhen/'))
        .filter((s) => !PURE_MAY_IMPORT.has(targetOf(path, s)))
        .map((s) => `${name(path)} imports ${s}`),
    )
    const impure = pure
      .filter((path) =>
        /Date\.now\(|new Date\(\)|Math\.random\(|\bprocess\.|globalThis\.crypto/.test(text(path)),
      )
      .map(name)
    expect([...imports, ...impure]).toEqual([])
  })

  it('has no import cycles', () => {
    const edges = new Map(
      production.map((path) => [
        path,
        [...text(path).matchAll(/^\s*(?:import|export)(?!\s+type)[^'"]*from\s+'(\.[^']+)'/gm)].map((m) =>
          resolve(dirname(path), m[1] ?? ''),
        ),
      ]),
    )
    const done = new Set<string>()
    const cycles: string[] = []
    const visit = (path: string, trail: readonly string[]): void => {
      const at = trail.indexOf(path)
      if (at >= 0) cycles.push([...trail.slice(at), path].map(name).join(' → '))
      if (at >= 0 || done.has(path)) return
      for (const next of edges.get(path) ?? []) visit(next, [...trail, path])
      done.add(path)
    }
    for (const path of edges.keys()) visit(path, [])
    expect(cycles).toEqual([])
  })

  it('has slices in the server that reach only into those on which they stand', () => {
    const crossings = production.flatMap((path) =>
      importsOf(path)
        .filter((s) => s.startsWith('.'))
        .map((s) => [sliceOf(path), sliceOf(resolve(dirname(path), s)), name(path), s] as const)
        .filter(([from, to]) => from !== undefined && to !== undefined && from !== to)
        .filter(([from = '', to = '']) => STANDS_ON[from]?.includes(to) !== true)
        .map(([, , path_, s]) => `${path_} imports ${s}`),
    )
    expect(crossings).toEqual([])
    expect(sliceOf(join(root, 'apps/server/src/case/get-case.ts'))).toBe('case')
  })

  it('has no barrels, no catch-all files and no file over 400 lines', () => {
    const barrels = production.filter((path) => {
      const lines = text(path)
        .split('\n')
        .filter((l) => l.trim() !== '' && !l.trim().startsWith('//'))
      return lines.length > 0 && lines.every((l) => /^export .* from /.test(l))
    })
    const vague = production.filter((path) => /\/(utils|helpers|common|manager|misc)\.tsx?$/.test(path))
    const long = sources.filter((path) => text(path).split('\n').length > 401)
    expect([...barrels, ...vague, ...long].map(name)).toEqual([])
  })

  it('names no document, step or regulation in code: what they do is in law/', () => {
    const rooms = ['packages/law/', 'packages/domain/', 'packages/api/', 'apps/server/', 'apps/portal/']
    const wrong = production
      .filter((path) => rooms.some((room) => name(path).startsWith(room)))
      .flatMap((path) => lawNamesIn(text(path)).map((id) => `${name(path)} names ${id}`))
    expect(wrong).toEqual([])
    // The guard guards.
    expect(lawNamesIn("if (doc.type === 'penalty-decision' || pack === 'zoumaling') return")).toEqual([
      'penalty-decision',
      'zoumaling',
    ])
  })

  it('destroys bytes in one place only', () => {
    const calls = (source: string): boolean => /bytes\.destroy\(|blobs\.store\.destroy\(/.test(source)
    const destroyers = production
      .filter((path) => name(path).startsWith('apps/server/src') && calls(text(path)))
      .map(name)
    expect(destroyers).toEqual(['apps/server/src/disposal/destroy-copies.ts'])
  })

  it('writes originals in one place only', () => {
    const writers = production
      .filter(
        (path) =>
          name(path).startsWith('apps/server/src') && /blobs\/sha256|'sha256',\s*hex/.test(text(path)),
      )
      .map(name)
      .filter((n) => !n.startsWith('apps/server/src/blobs/'))
    expect(writers).toEqual([])
  })
})
