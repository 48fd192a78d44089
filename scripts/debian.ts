import { accessSync, constants } from 'node:fs'
import { run } from './run.ts'

type Package = Readonly<{ name: string; file: string }>

/** What tells, independently of us, whether a PDF and its copies are as they should be. */
export const PDF_TOOLS: readonly Package[] = [
  { name: 'poppler-utils', file: '/usr/bin/pdftotext' },
  { name: 'qpdf', file: '/usr/bin/qpdf' },
  { name: 'libxml2-utils', file: '/usr/bin/xmllint' },
]

/** What the whole test suite needs from Debian, and by which file we see that it is there. */
const NEEDED: readonly Package[] = [
  { name: 'chromium', file: '/usr/bin/chromium' },
  { name: 'fonts-noto-cjk', file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc' },
  { name: 'ffmpeg', file: '/usr/bin/ffprobe' },
  ...PDF_TOOLS,
  { name: 'openssl', file: '/usr/bin/openssl' },
  { name: 'bubblewrap', file: '/usr/bin/bwrap' },
  { name: 'softhsm2', file: '/usr/bin/softhsm2-util' },
  { name: 'opensc', file: '/usr/bin/pkcs11-tool' },
  { name: 'golang-go', file: '/usr/bin/go' },
  { name: 'golang-golang-x-mod-dev', file: '/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog/tlog.go' },
]

/** What the lane with an object store needs besides. */
export const OBJECT_STORE: readonly Package[] = [
  { name: 'ceph-mon', file: '/usr/bin/ceph-mon' },
  { name: 'ceph-osd', file: '/usr/bin/ceph-osd' },
  { name: 'radosgw', file: '/usr/bin/radosgw' },
  { name: 'ceph-common', file: '/usr/bin/ceph' },
]

const isThere = (file: string): boolean => {
  try {
    accessSync(file, constants.R_OK)
    return true
  } catch {
    return false
  }
}

/** Installs what is missing when we may; otherwise says in one line what to install. Resolves with an exit code. */
export const installDebianPackages = async (needed = NEEDED): Promise<number> => {
  const missing = needed.filter((p) => !isThere(p.file)).map((p) => p.name)
  if (missing.length === 0) return 0
  if (process.getuid?.() !== 0) {
    console.error(
      `Please install first: sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`,
    )
    return 1
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const updated = await run('apt-get', ['update', '-q'], env)
  if (updated !== 0) return updated
  return run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing], env)
}
