import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createHash } from 'node:crypto'
import { build, type Plugin } from 'vite'

/**
 * Builds the page that verifies a package from a disc into one file, apps/verifier/dist/verify.html: two plain scripts
 * and a style in it, nothing from elsewhere; and beside it check.js and curves.js, the scripts of the portal's page that
 * checks one file. `--if-older` builds only where a source is newer:
 * what goes into packages is never the page of an earlier version.
 */
const here = (path: string): string => fileURLToPath(new URL(`../apps/verifier/${path}`, import.meta.url))
const OUT = here('dist/verify.html')
const [CHECK, CURVES] = [here('dist/check.js'), here('dist/curves.js')]
/** What goes onto every disc and is read by eyes that want to know what it does stays small. */
const MOST_BYTES = 500_000
/** Fetched by phones for each file that somebody wants checked. */
const MOST_SCRIPT_BYTES = 300_000

/** Modules of the ledger that need BigInt, and what stands in for them in the script that every browser must read. */
const STAND_INS: readonly (readonly [RegExp, string])[] = [
  [/[\\/]seal[\\/]public-key\.ts$/, here('src/public-key.ts')],
  [/[\\/]@noble[\\/]curves[\\/]ed25519\.js$/, here('src/ed25519.ts')],
]

const standIns = (): Plugin => ({
  name: 'liuhen-stand-ins',
  enforce: 'pre',
  async resolveId(source, importer, options) {
    const found = await this.resolve(source, importer, { ...options, skipSelf: true })
    const other = STAND_INS.find(([pattern]) => found && pattern.test(found.id))?.[1]
    return other ?? found
  },
})

/** The text of one script: everything that `entry` needs, for a browser of this age. */
const script = async (entry: string, target: string, plugins: Plugin[]): Promise<string> => {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    plugins,
    build: {
      write: false,
      target,
      lib: { entry: here(`src/${entry}`), formats: ['iife'], name: 'liuhenPage' },
    },
  })
  const [result] = Array.isArray(built) ? built : [built]
  const chunk = result && 'output' in result ? result.output[0] : undefined
  if (chunk?.type !== 'chunk') throw new Error(`${entry} was not built`)
  // Inside a page a script ends at the first </script, wherever it stands.
  return chunk.code.replaceAll('</script', '<\\/script')
}

const write = (path: string, text: string, most: number): number => {
  const sizeBytes = Buffer.byteLength(text)
  if (sizeBytes > most) throw new Error(`${path} has ${sizeBytes} bytes, more than ${most}`)
  mkdirSync(here('dist'), { recursive: true })
  writeFileSync(path, text)
  return Math.round(sizeBytes / 1000)
}

export const buildVerifier = async (): Promise<string> => {
  const curves = await script('curves.ts', 'es2020', [])
  const parts: Readonly<Record<string, string>> = {
    STYLE: readFileSync(here('src/page.css'), 'utf8'),
    CURVES: curves,
    PAGE: await script('main.ts', 'es2018', [standIns()]),
  }
  const html = readFileSync(here('src/page.html'), 'utf8').replace(
    /\/\* (STYLE|CURVES|PAGE) \*\//g,
    (_all, name: string) => parts[name] ?? '',
  )
  const check = write(CHECK, await script('file/main.ts', 'es2018', [standIns()]), MOST_SCRIPT_BYTES)
  write(CURVES, `if (typeof BigInt === 'function') { ${curves} }`, MOST_SCRIPT_BYTES)
  const page = write(OUT, html, MOST_BYTES)
  return `verify.html built: ${page} kB, SHA-256 ${createHash('sha256').update(html).digest('hex')}; check.js ${check} kB`
}

const SOURCES = ['apps/verifier/src/**/*', 'packages/ledger/src/**/*.ts', 'scripts/build-verifier.ts']
const isFresh = (): boolean => {
  if (![OUT, CHECK, CURVES].every((path) => existsSync(path))) return false
  const built = Math.min(...[OUT, CHECK, CURVES].map((path) => statSync(path).mtimeMs))
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  return SOURCES.flatMap((p) => globSync(p, { cwd })).every((f) => statSync(`${cwd}${f}`).mtimeMs <= built)
}

if (import.meta.main && !(process.argv.includes('--if-older') && isFresh()))
  console.log(await buildVerifier())
