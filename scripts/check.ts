import { runTogether } from './run.ts'

/**
 * Before each commit: types, lint, format and the pure tests. Under a minute. `--without-tests` is for CI, which
 * runs the pure tests once, with all others.
 */
const withoutTests = process.argv.includes('--without-tests')

await runTogether([
  ...(withoutTests ? [] : [{ name: 'pure tests', command: ['vitest', 'run', '--project', 'pure'] } as const]),
  { name: 'types', command: ['tsc', '-b'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'lock file', command: ['npm', 'ci', '--dry-run', '--ignore-scripts', '--loglevel=error'] },
  { name: 'format', command: ['biome', 'format', '.'] },
  { name: 'conformance', command: ['node', 'scripts/conformance.ts', '--check'] },
])
