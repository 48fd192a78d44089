import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createHash } from 'node:crypto'
import { build, type Plugin } from 'vite'

/**
 * Builds the page that verifies a package from a disc into one file, apps/verifier/dist/verify.html: two plain scripts
 * and a style in it, nothing from elsewhere. `--if-older` builds only where a source is newer:
 * what goes into packages is never the page of an earlier version.
 */
const here = (path: string): string => fileURLToPath(new URL(`../apps/verifier/${path}`, import.meta.url))
const OUT = here('dist/verify.html')
/** What goes onto every disc and is read by eyes that want to know what it does stays small. */
const MOST_BYTES = 500_000

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

export const buildVerifier = async (): Promise<string> => {
  const parts: Readonly<Record<string, string>> = {
    STYLE: readFileSync(here('src/page.css'), 'utf8'),
    CURVES: await script('curves.ts', 'es2020', []),
    PAGE: await script('main.ts', 'es2018', [standIns()]),
  }
  const html = readFileSync(here('src/page.html'), 'utf8').replace(
    /\/\* (STYLE|CURVES|PAGE) \*\//g,
    (_all, name: string) => parts[name] ?? '',
  )
  const sizeBytes = Buffer.byteLength(html)
  if (sizeBytes > MOST_BYTES) throw new Error(`verify.html has ${sizeBytes} bytes, more than ${MOST_BYTES}`)
  mkdirSync(here('dist'), { recursive: true })
  writeFileSync(OUT, html)
  return `verify.html built: ${Math.round(sizeBytes / 1000)} kB, SHA-256 ${createHash('sha256').update(html).digest('hex')}`
}

const SOURCES = ['apps/verifier/src/**/*', 'packages/ledger/src/**/*.ts', 'scripts/build-verifier.ts']
const isFresh = (): boolean => {
  if (!existsSync(OUT)) return false
  const built = statSync(OUT).mtimeMs
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  return SOURCES.flatMap((p) => globSync(p, { cwd })).every((f) => statSync(`${cwd}${f}`).mtimeMs <= built)
}

if (import.meta.main && !(process.argv.includes('--if-older') && isFresh()))
  console.log(await buildVerifier())
