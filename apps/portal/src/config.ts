/** Everything the portal reads from its environment. The supervisor sets it; a portal on another machine gets it by hand. */
export type PortalConfig = Readonly<{
  host: string
  port: number
  /** Connection as the role that reads `published` and nothing else. */
  databaseUrl: string
  /** Address of the main server, asked for what its public routes say of the log; absent: checks say "not available". */
  apiUrl?: string
  /** Folder of the log's public files (checkpoint and tiles). */
  logDir?: string
}>

export const readPortalConfig = (env: Readonly<Record<string, string | undefined>>): PortalConfig => {
  const databaseUrl = env['LIUHEN_PORTAL_DATABASE_URL']
  if (databaseUrl === undefined)
    throw new Error('请设置 LIUHEN_PORTAL_DATABASE_URL（公示库只读账号的连接地址）')
  const port = Number(env['LIUHEN_PORTAL_PORT'] ?? '8081')
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('LIUHEN_PORTAL_PORT 应为 0 至 65535 的整数')
  const apiUrl = env['LIUHEN_PORTAL_API_URL']
  const logDir = env['LIUHEN_PORTAL_LOG_DIR']
  return Object.freeze({
    host: env['LIUHEN_HOST'] ?? '127.0.0.1',
    port,
    databaseUrl,
    ...(apiUrl === undefined ? {} : { apiUrl: apiUrl.replace(/\/$/, '') }),
    ...(logDir === undefined ? {} : { logDir }),
  })
}
