import type { Route } from '@liuhen/api/route'
import { requestFields } from '@liuhen/api/openapi'

const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)

const STYLE = `body{font:15px/1.7 system-ui,"Noto Sans SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
h2{margin-top:2.5rem;border-bottom:1px solid #ddd}h3{margin:1.6rem 0 .2rem}code{background:#f3f4f6;padding:.1rem .3rem;border-radius:3px}
table{border-collapse:collapse;margin:.4rem 0}td,th{border:1px solid #ddd;padding:.15rem .6rem;text-align:left;vertical-align:top}
.m{display:inline-block;min-width:4.2rem;font-weight:600}small{color:#555}`

const accessOf = (route: Route): string =>
  route.access === 'public' ? '任何人' : route.access === 'signed-in' ? '登录后' : route.access.join('、')

const fieldRows = (route: Route): string =>
  requestFields(route)
    .map(
      (f) =>
        `<tr><td>${f.where}</td><td><code>${escape(f.name)}</code></td><td>${escape(f.type)}</td><td>${f.required ? '必填' : ''}</td></tr>`,
    )
    .join('')

const section = (route: Route): string => {
  const rows = fieldRows(route)
  const table =
    rows === '' ? '' : `<table><tr><th>位置</th><th>名称</th><th>类型</th><th></th></tr>${rows}</table>`
  const key = route.command ? '；须带 <code>Idempotency-Key</code>' : ''
  const refusals =
    route.refusals.length === 0
      ? ''
      : `<small>可能拒绝：${route.refusals.map((c) => `<code>${c}</code>`).join(' ')}</small>`
  return `<h3 id="${route.id}"><span class="m">${route.method}</span> <code>/api${escape(route.path)}</code></h3>
<div>${escape(route.title)}。<small>可用：${escape(accessOf(route))}${key}</small></div>${table}${refusals}`
}

/** The list of routes for people, from the same definitions as everything else. */
export const docsPage = (routes: readonly Route[]): string => {
  const tags = [...new Set(routes.map((route) => route.tag))]
  const parts = tags.map(
    (tag) =>
      `<h2>${escape(tag)}</h2>${routes
        .filter((r) => r.tag === tag)
        .map(section)
        .join('')}`,
  )
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>留痕 接口说明</title><style>${STYLE}</style>
<h1>留痕 接口说明</h1><p>机器可读：<a href="/api/openapi.json">OpenAPI 3.1</a>。错误一律为 RFC 9457 <code>application/problem+json</code>，含代码、理由、依据和下一步。</p>${parts.join('')}</html>`
}
