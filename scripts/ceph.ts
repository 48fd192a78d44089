import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

const call = promisify(execFile)

export type Ceph = Readonly<{
  endpoint: string
  accessKey: string
  secretKey: string
  stop: () => Promise<void>
}>

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })

type Ports = Readonly<{ v2: number; v1: number; http: number }>

/** One of each daemon on loopback, one copy of everything, objects in memory. */
const configOf = (folder: string, fsid: string, { v2, v1, http }: Ports): string => `[global]
fsid = ${fsid}
mon initial members = a
mon host = [v2:127.0.0.1:${v2}/0,v1:127.0.0.1:${v1}/0]
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
auth allow insecure global id reclaim = true
keyring = ${folder}/keyring
paxos propose interval = 0.05
paxos min wait = 0.01
public network = 127.0.0.0/8
cluster network = 127.0.0.0/8
public addr = 127.0.0.1
ms bind ipv6 = false
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pgp num = 8
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon warn on pool no redundancy = false
mon max pg per osd = 2000
mon data = ${folder}/mon
mon data avail crit = 0
mon data avail warn = 1
osd data = ${folder}/osd
osd objectstore = memstore
memstore device bytes = 2147483648
osd max object name len = 460
osd max object namespace len = 64
run dir = ${folder}/run
admin socket = ${folder}/run/$cluster-$name.$pid.asok
pid file = ${folder}/run/$name.pid
log file = ${folder}/log/$name.log
crash dir = ${folder}/crash
rgw frontends = beast endpoint=127.0.0.1:${http}
rgw enable usage log = false
rgw enable ops log = false
rgw run sync thread = false
rgw rados pool pg num min = 8
`

const KEYS: readonly (readonly [string, ...string[]])[] = [
  ['mon.', 'mon', 'allow *'],
  ['client.admin', 'mon', 'allow *', 'osd', 'allow *'],
  ['osd.0', 'mon', 'allow profile osd', 'osd', 'allow *'],
  ['client.rgw', 'mon', 'allow rw', 'osd', 'allow rwx'],
]

const makeKeys = async (keyring: string): Promise<void> => {
  await call('ceph-authtool', ['--create-keyring', keyring])
  for (const [name, ...caps] of KEYS) {
    const pairs = caps.flatMap((what, i) => (i % 2 === 0 ? ['--cap', what, caps[i + 1] ?? ''] : []))
    await call('ceph-authtool', [keyring, '--gen-key', '-n', name, ...pairs])
  }
}

/** Polls, since a daemon does not say when it is ready. */
const until = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await holds().catch(() => false)) return
    await pause(100)
  }
  throw new Error(`${what} did not come up`)
}

const start = (command: string, args: readonly string[], log: string): ChildProcess => {
  const out = openSync(log, 'a')
  try {
    return spawn(command, [...args, '-f'], { stdio: ['ignore', out, out] })
  } finally {
    closeSync(out)
  }
}

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  await Promise.race([gone, pause(5_000, undefined, { ref: false })])
  child.kill('SIGKILL')
  await gone
}

const bringUp = async (folder: string, ports: Ports, children: ChildProcess[]): Promise<void> => {
  const conf = join(folder, 'ceph.conf')
  const fsid = randomUUID()
  for (const name of ['mon', 'osd', 'run', 'log', 'crash'])
    await mkdir(join(folder, name), { recursive: true })
  await writeFile(conf, configOf(folder, fsid, ports))
  await makeKeys(join(folder, 'keyring'))
  const map = join(folder, 'monmap')
  const monitor = `[v2:127.0.0.1:${ports.v2},v1:127.0.0.1:${ports.v1}]`
  await call('monmaptool', ['--create', '--addv', 'a', monitor, '--fsid', fsid, map])
  const keyring = join(folder, 'keyring')
  await call('ceph-mon', ['-c', conf, '-i', 'a', '--mkfs', '--monmap', map, '--keyring', keyring])
  const ceph = (...args: string[]) => call('ceph', ['-c', conf, '--connect-timeout', '2', ...args])
  const daemon = (name: string, ...args: string[]) =>
    children.push(start(name, ['-c', conf, ...args], join(folder, 'log', `${name}.out`)))
  daemon('ceph-mon', '-i', 'a')
  await until('ceph-mon', () => ceph('quorum_status').then(() => true))
  const osd = randomUUID()
  await ceph('osd', 'new', osd)
  await ceph('auth', 'import', '-i', keyring)
  await call('ceph-osd', ['-c', conf, '-i', '0', '--mkfs', '--osd-uuid', osd])
  daemon('ceph-osd', '-i', '0')
  await until('ceph-osd', async () => (await ceph('osd', 'stat')).stdout.includes('1 up'))
  daemon('radosgw', '-n', 'client.rgw')
  await until('radosgw', () => fetch(`http://127.0.0.1:${ports.http}/`).then((r) => r.ok))
}

/**
 * A store with Object Lock for tests: Ceph from Debian (ceph-mon, ceph-osd, radosgw, ceph-common), without its
 * manager. Its objects are in memory: keep them small.
 */
export const startCeph = async (folder: string): Promise<Ceph> => {
  const ports = { v2: await freePort(), v1: await freePort(), http: await freePort() }
  const [accessKey, secretKey] = [randomUUID(), randomUUID()]
  const children: ChildProcess[] = []
  const stop = async () => {
    for (const child of children.toReversed()) await end(child)
  }
  try {
    await bringUp(folder, ports, children)
    const user = [
      '--uid=liuhen',
      '--display-name=liuhen',
      `--access-key=${accessKey}`,
      `--secret-key=${secretKey}`,
    ]
    await call('radosgw-admin', ['-c', join(folder, 'ceph.conf'), 'user', 'create', ...user])
    return { endpoint: `http://127.0.0.1:${ports.http}`, accessKey, secretKey, stop }
  } catch (e) {
    const log = await readFile(join(folder, 'log', 'radosgw.out'), 'utf8').catch(() => '')
    await stop()
    throw new Error(`Ceph did not come up: ${log}`, { cause: e })
  }
}
