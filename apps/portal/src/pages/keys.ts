import type { KeyPeriod } from '@liuhen/ledger/keys/periods'
import { type Html, html } from '../html.ts'

/** yyyy-MM-dd HH:mm as the clock in China shows it. */
export const chinaTime = (instant: string): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(instant))

const used = ({ since, until }: KeyPeriod): string =>
  `${since === undefined ? '自日志开始' : `自 ${chinaTime(since)} `}${until === undefined ? '起' : `至 ${chinaTime(until)}`}`

const stateOf = (key: KeyPeriod): string => {
  const { state, signsUntil = '', revokedSince = '' } = key
  if (state === 'current') return `在用（${used(key)}）`
  if (state === 'overlap') return `${used(key)} 使用；到 ${chinaTime(signsUntil)} 为止仍同时签名`
  if (state === 'former') return `以前使用（${used(key)}）`
  return `已吊销：${chinaTime(revokedSince)} 以后的签名不可信（${used(key)} 使用）`
}

const keyView = (
  key: KeyPeriod,
): Html => html`<div><dt>${stateOf(key)}</dt><dd class="key">${key.fingerprint}</dd><dd>
<details><summary>公钥原文</summary><code>${key.vkey}</code></details></dd></div>`

/** Every key of the log with its time: whoever has an earlier package looks for the key of that time. */
export const keyList = (keys: readonly KeyPeriod[]): Html =>
  html`<dl class="keys">${keys.map(keyView)}</dl>${
    keys.length > 1
      ? html`<p>这份日志换过公钥。早先的案卷包、文书，用当时那一把公钥核验；与现用的不同，不等于伪造。每次换钥都记在日志里，由前后两把公钥共同签名（<a href="/log/keys.json">换钥登记</a>）。</p>`
      : undefined
  }`
