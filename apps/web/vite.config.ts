import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'
import { parse } from 'yaml'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const LAW = here('../../law/')

const read = (path: string) => parse(readFileSync(`${LAW}${path}`, 'utf8'))
const folder = (path: string): string[] =>
  readdirSync(`${LAW}${path}`).filter((name) => !name.startsWith('_'))

type Named = { code: string; name: string }
type Marked = { flags?: { flag: string; label: string }[] }

/** What a screen needs of the law before any server answers: workdays, and the words for scenes and marks. */
const lawWords = () => ({
  calendars: folder('calendars').map((name) => read(`calendars/${name}`)),
  scenes: Object.fromEntries(read('scenes.yaml').scenes.map(({ code, name }: Named) => [code, name])),
  flags: Object.fromEntries(
    ['modules', 'procedures'].flatMap((path) =>
      folder(path).flatMap((name) => {
        const { flags = [] }: Marked = read(`${path}/${name}`)
        return flags.map(({ flag, label }) => [flag, label])
      }),
    ),
  ),
  filePapers: read('case-file.yaml').order.unnumbered,
  prefixes: Object.fromEntries(
    folder('packs').map((pack) => [read(`packs/${pack}/clauses.yaml`).prefix, pack]),
  ),
})

const MODULE = 'virtual:law-words'

/** These few words travel in the bundle; everything else of the law is asked of the server. */
const law = (): Plugin => ({
  name: 'liuhen-law-words',
  resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
  load: (id) => (id === `\0${MODULE}` ? `export default ${JSON.stringify(lawWords())}` : undefined),
})

const ICON = /[\\/]icons[\\/]es[\\/]components[\\/]AntdIcon(?:Light)?\.js$/
const ENGLISH = '"aria-label": icon.name'
const SILENT = '"aria-hidden": restProps["aria-label"] === undefined ? true : undefined'

/** Icons call themselves by their English file names; one that is not given a name stays silent, also inside antd. */
const silentIcons = (): Plugin => ({
  name: 'liuhen-silent-icons',
  transform(code, id) {
    if (!ICON.test(id.split('?')[0] ?? '')) return undefined
    if (!code.includes(ENGLISH)) return this.error('the icons of antd are named in another way now')
    return { code: code.replace(ENGLISH, SILENT), map: null }
  },
})

const WORKER = 'field-worker.js'
const FIELD = here('src/field/FieldPage.tsx')
/** What starts by itself and is named by no import. */
const BESIDE = /\/(?:disk-worker|hash-worker)-[^/]+\.js$/
const PUBLIC = ['/field.webmanifest', '/favicon.svg', '/icon-192.png', '/icon-512.png']

type Chunk = Readonly<{
  type: 'chunk'
  imports: readonly string[]
  isEntry: boolean
  facadeModuleId: string | null
  viteMetadata?: Readonly<{ importedCss: ReadonlySet<string> }> | undefined
}>
type Built = Readonly<Record<string, Readonly<{ type: 'asset' }> | Chunk>>

/** Everything that the field recorder needs to start without a network, by what its chunks import. */
const fieldFiles = (built: Built): readonly string[] => {
  const seen = new Set<string>()
  const visit = (name: string): void => {
    const chunk = built[name]
    if (seen.has(name) || chunk?.type !== 'chunk') return
    seen.add(name)
    for (const css of chunk.viteMetadata?.importedCss ?? []) seen.add(css)
    chunk.imports.forEach(visit)
  }
  for (const [name, chunk] of Object.entries(built))
    if (chunk.type === 'chunk' && name !== WORKER && (chunk.isEntry || chunk.facadeModuleId === FIELD))
      visit(name)
  const beside = Object.keys(built).filter((name) => BESIDE.test(name))
  return [...[...seen, ...beside].map((name) => `/${name}`).toSorted(), ...PUBLIC]
}

/** The service worker of the field recorder: built from its own file, with the names of what it keeps put in. */
const fieldWorker = (): Plugin => ({
  name: 'liuhen-field-worker',
  apply: 'build',
  buildStart() {
    this.emitFile({ type: 'chunk', id: here('src/field/service-worker.ts'), fileName: WORKER })
  },
  generateBundle(_options, built) {
    const worker = built[WORKER]
    if (worker?.type !== 'chunk') return this.error('the service worker of the field recorder was not built')
    const files = fieldFiles(built)
    if (!files.some((name) => name.includes('FieldPage')))
      return this.error('the field recorder was not built')
    const version = createHash('sha256').update(files.join()).digest('hex').slice(0, 12)
    worker.code = worker.code
      .replace('__FIELD_FILES__', JSON.stringify(files))
      .replace('__FIELD_VERSION__', version)
  },
})

const target = process.env['LIUHEN_API'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  root: here('.'),
  plugins: [react(), law(), silentIcons(), fieldWorker()],
  optimizeDeps: { rolldownOptions: { plugins: [silentIcons()] } },
  server: { host: '127.0.0.1', proxy: { '/api': { target }, '^/log/': { target } } },
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 900,
  },
  worker: { format: 'es' },
})
