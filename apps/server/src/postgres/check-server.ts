import { DatabaseError, escapeIdentifier } from 'pg'
import { connect } from './pool.ts'

const OLDEST = 150_000

type Found = {
  version: number
  version_name: string
  user_name: string
  database: string
  encoding: string
  may_create_roles: boolean
  owns_database: boolean
}

const FIND = `SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS version_name,
  current_user AS user_name, d.datname AS database, pg_encoding_to_char(d.encoding) AS encoding,
  u.rolsuper OR u.rolcreaterole AS may_create_roles, pg_has_role(d.datdba, 'USAGE') AS owns_database
  FROM pg_database d, pg_roles u WHERE d.datname = current_database() AND u.rolname = current_user`

/** What stands in the way, each with what the database's administrator does about it. */
export const problemsOf = (found: Found): readonly string[] => {
  const user = escapeIdentifier(found.user_name)
  const database = escapeIdentifier(found.database)
  const problems: readonly (readonly [boolean, string])[] = [
    [found.version < OLDEST, `PostgreSQL 版本是 ${found.version_name}，需要 15 以上，请升级。`],
    [
      found.encoding !== 'UTF8',
      `数据库 ${database} 的编码是 ${found.encoding}，请另建 UTF8 的库：CREATE DATABASE liuhen OWNER ${user} ENCODING 'UTF8' TEMPLATE template0;`,
    ],
    [
      !found.may_create_roles,
      `用户 ${user} 不能建立角色，请由数据库管理员执行：ALTER ROLE ${user} CREATEROLE;`,
    ],
    [
      !found.owns_database,
      `用户 ${user} 不是数据库 ${database} 的属主，请由数据库管理员执行：ALTER DATABASE ${database} OWNER TO ${user};`,
    ],
  ]
  return problems.flatMap(([holds, message]) => (holds ? [message] : []))
}

const ADVICE: Readonly<Record<string, string>> = {
  '28P01': '密码不对，请核对 DATABASE_URL 中的用户名和密码。',
  '28000': '服务器不让这个用户从这台机器登录，请核对用户名，并在 pg_hba.conf 中放行。',
  '3D000':
    "数据库不存在，请由数据库管理员执行：CREATE DATABASE 库名 OWNER 用户名 ENCODING 'UTF8' TEMPLATE template0;",
  '42501':
    '权限不够。本系统的六个角色（liuhen_ 开头）可能是由别的用户建的，请改用那个用户，或者由数据库管理员启动一次。',
  '53300': '连接数已满，请把 max_connections 调到 100 以上。',
  ECONNREFUSED: '连接不上，请核对地址和端口，并确认 PostgreSQL 已经启动。',
  ENOENT: '连接不上，请核对套接字目录，并确认 PostgreSQL 已经启动。',
  ENOTFOUND: '找不到这个主机名，请核对 DATABASE_URL 中的地址。',
  ETIMEDOUT: '连接超时，请核对地址和防火墙。',
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof DatabaseError || (error instanceof Error && 'code' in error)
    ? String(error.code)
    : undefined

/** Says in the words of whoever set DATABASE_URL why its server cannot be used; the driver's own words stay as cause. */
export const explainServer = (error: unknown): Error => {
  const advice = ADVICE[codeOf(error) ?? '']
  const said = error instanceof Error ? error.message : String(error)
  if (advice === undefined) return error instanceof Error ? error : new Error(said)
  return new Error(`DATABASE_URL 指定的数据库用不了：${advice}（${said}）`, { cause: error })
}

/** Everything that is missing at once, before anything is touched. */
export const checkServer = async (url: string): Promise<void> => {
  const client = await connect(url, 'liuhen check')
  try {
    const { rows } = await client.query<Found>(FIND)
    const problems = rows[0] === undefined ? [] : problemsOf(rows[0])
    if (problems.length > 0)
      throw new Error(`DATABASE_URL 指定的数据库用不了：\n${problems.map((p) => `  · ${p}`).join('\n')}`)
  } finally {
    await client.end()
  }
}
