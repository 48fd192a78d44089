import { run, runAll } from './run.ts'

/** Before each commit: types, lint, format and the pure tests. Under a minute. */
await runAll([
  { name: 'lock file', run: () => run('npm', ['ci', '--dry-run', '--ignore-scripts', '--loglevel=error']) },
  { name: 'types', run: () => run('tsc', ['-b']) },
  { name: 'lint', run: () => run('oxlint', ['--type-aware', '--deny-warnings']) },
  { name: 'format', run: () => run('biome', ['format', '.']) },
  { name: 'conformance', run: () => run('node', ['scripts/conformance.ts', '--check']) },
  { name: 'pure tests', run: () => run('vitest', ['run', '--project', 'pure']) },
])
