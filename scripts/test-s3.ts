import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCeph } from './ceph.ts'
import { installDebianPackages, OBJECT_STORE } from './debian.ts'
import { run } from './run.ts'

/**
 * `npm run test:s3`: the suites that need a real object store with Object Lock. Brings Ceph up for them and takes it down;
 * in every other run they are skipped and say so. Arguments choose suites; without any, all that name the store.
 */
const SUITES = ['src/s3', 'stores/bucket-', 'stores/move-store', 'fault/stores-move']

const installed = await installDebianPackages(OBJECT_STORE)
if (installed !== 0) process.exit(installed)
const folder = await mkdtemp(join(tmpdir(), 'liuhen-ceph-'))
const ceph = await startCeph(folder)
const chosen = process.argv.slice(2)
try {
  process.exitCode = await run(
    'vitest',
    ['run', '--project', 'int', ...(chosen.length > 0 ? chosen : SUITES)],
    {
      LIUHEN_TEST_S3: ceph.endpoint,
      LIUHEN_TEST_S3_ACCESS_KEY: ceph.accessKey,
      LIUHEN_TEST_S3_SECRET_KEY: ceph.secretKey,
      LIUHEN_TEST_CEPH_CONF: join(folder, 'ceph.conf'),
    },
  )
} finally {
  await ceph.stop()
  await rm(folder, { recursive: true, force: true })
}
