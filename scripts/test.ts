import { installDebianPackages } from './debian.ts'
import { run, runAll } from './run.ts'

/** Every test: pure, on real PostgreSQL, and end to end in a real browser. Does its own set-up. */
await runAll([
  { name: 'Debian packages', run: () => installDebianPackages() },
  { name: 'web build', run: () => run('node', ['scripts/build-web.ts']) },
  { name: 'all tests', run: () => run('vitest', ['run']) },
])
