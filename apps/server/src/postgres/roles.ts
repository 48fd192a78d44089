import { createHmac } from 'node:crypto'
import type { Client } from 'pg'
import { escapeIdentifier, escapeLiteral } from 'pg'

/**
 * owner migrates and rebuilds · app is the API and the handlers of jobs · sequencer gives indexes · shredder deletes
 * payloads after lawful disposal · portal reads `published` · jobs owns the job queue's own schema.
 */
export const DATABASE_ROLES = ['owner', 'app', 'sequencer', 'shredder', 'portal', 'jobs'] as const
export type DatabaseRole = (typeof DATABASE_ROLES)[number]
export type DatabaseUrls = Readonly<Record<DatabaseRole, string>>

export const roleName = (role: DatabaseRole): string => `liuhen_${role}`

/** A role's password follows from the installation's secret, so that every machine of it knows the same ones. */
const passwordOf = (secret: string, role: DatabaseRole): string =>
  createHmac('sha256', secret).update(`liuhen.role.v1\n${role}`).digest('base64url')

/** The same server and database as `adminUrl`, as another role. */
export const databaseUrls = (adminUrl: string, secret: string, database?: string): DatabaseUrls => {
  const urlFor = (role: DatabaseRole): string => {
    const url = new URL(adminUrl)
    url.username = roleName(role)
    url.password = passwordOf(secret, role)
    if (database !== undefined) url.pathname = `/${database}`
    return url.href
  }
  return {
    owner: urlFor('owner'),
    app: urlFor('app'),
    sequencer: urlFor('sequencer'),
    shredder: urlFor('shredder'),
    portal: urlFor('portal'),
    jobs: urlFor('jobs'),
  }
}

const LOCK = 7_304_001

/** Makes the roles, or gives them their passwords again. `admin` may create roles. */
export const ensureRoles = async (admin: Client, secret: string): Promise<void> => {
  await admin.query('SELECT pg_advisory_lock($1)', [LOCK])
  try {
    for (const role of DATABASE_ROLES) {
      const name = roleName(role)
      const known = await admin.query('SELECT FROM pg_roles WHERE rolname = $1', [name])
      const verb = known.rowCount === 0 ? 'CREATE' : 'ALTER'
      const password = escapeLiteral(passwordOf(secret, role))
      await admin.query(`${verb} ROLE ${escapeIdentifier(name)} LOGIN NOINHERIT PASSWORD ${password}`)
      // Names without a schema are projections; those of the record, the log and the portal are always written out.
      await admin.query(`ALTER ROLE ${escapeIdentifier(name)} SET search_path = app`)
      await admin.query(
        `ALTER ROLE ${escapeIdentifier(name)} SET idle_in_transaction_session_timeout = '120s'`,
      )
    }
  } finally {
    await admin.query('SELECT pg_advisory_unlock($1)', [LOCK])
  }
}

/** Lets the owner and the job queue build in this database. `admin` is connected to it. */
export const openDatabase = async (admin: Client): Promise<void> => {
  const { rows } = await admin.query<{ name: string }>('SELECT current_database() AS name')
  const database = escapeIdentifier(rows[0]?.name ?? 'postgres')
  await admin.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`)
  const everybody = DATABASE_ROLES.map((role) => escapeIdentifier(roleName(role))).join(', ')
  await admin.query(`GRANT CONNECT ON DATABASE ${database} TO ${everybody}`)
  await admin.query(`GRANT CREATE ON DATABASE ${database} TO ${roleName('owner')}, ${roleName('jobs')}`)
}
