import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

/**
 * Builds the web into apps/web/dist and prints what a first visit downloads. `--quiet` prints the first load alone;
 * `--if-missing` builds only where nothing was built yet.
 */
const web = fileURLToPath(new URL('../apps/web/', import.meta.url))
const quiet = process.argv.includes('--quiet')

if (process.argv.includes('--if-missing') && existsSync(`${web}dist/index.html`)) process.exit(0)

await build({ configFile: `${web}vite.config.ts`, logLevel: 'warn' })

const kb = (bytes: number): string => `${(bytes / 1000).toFixed(0)} kB`
const gzipped = (path: string): number => gzipSync(readFileSync(`${web}dist/${path}`)).length

const html = readFileSync(`${web}dist/index.html`, 'utf8')
const first = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((m) => m[1] ?? '')
const files = readdirSync(`${web}dist/assets`).map((name) => ({
  name,
  sizeBytes: gzipped(`assets/${name}`),
  first: first.includes(`assets/${name}`),
}))
if (!quiet)
  for (const { name, sizeBytes, first: isFirst } of files.toSorted((a, b) => b.sizeBytes - a.sizeBytes))
    console.log(`${isFirst ? 'first' : 'later'}  ${kb(sizeBytes).padStart(8)}  ${name}`)
const total = files.filter((file) => file.first).reduce((sum, file) => sum + file.sizeBytes, 0)
console.log(`web built: the first load is ${kb(total)} gzipped, ${files.length} files in all`)
