import { printDatetime } from '@liuhen/domain/document/china-time'
import type { DaT70 } from '@liuhen/ledger/package/documents'
import { esc, mark, row, table, type Tone } from './page.ts'

/** What was found: a word or two, how they are to be taken, and what there is to say besides. */
export type Found = Readonly<{ words: string; tone: Tone; more?: string | undefined }>

/** What the maker of a package found when it was made, for the page that people read. It proves nothing by itself. */
export type Verdicts = Readonly<{
  at: string
  daT70: DaT70
  /** Witnesses that the agency asks, and those whose signature stands under the checkpoint. */
  witnesses: Readonly<{ named: number; confirmed: readonly string[] }>
  isStamped: boolean
  /** Size and root of the checkpoint. */
  log: Readonly<{ origin: string; size: number; root: string }>
  streams: readonly Readonly<{ name: string; streamId: string; head: number; leafHash: string }>[]
  events: number
  /** Checkpoints that were given out before and are proved to be beginnings of this log. */
  issued: number
  recordings: ReadonlyMap<string, Readonly<{ playback: Found; chain?: Found }>>
  hasSm3: boolean
}>

const GROUPS = {
  authenticity: '真实性',
  integrity: '完整性',
  usability: '可用性',
  security: '安全性',
} as const
const RESULTS = {
  passed: { words: '合格', tone: 'ok' },
  failed: { words: '不合格', tone: 'bad' },
  'not-checked': { words: '未检', tone: 'open' },
} as const satisfies Record<DaT70['items'][number]['result'], Found>

/** In Chinese first, then as the verifier calls it: WITNESSED (k of n), TIMESTAMPED, UNANCHORED. */
export const anchoringSaid = (v: Pick<Verdicts, 'witnesses' | 'isStamped'>): Found => {
  const { named, confirmed } = v.witnesses
  if (confirmed.length > 0)
    return { words: `有外部见证（WITNESSED，${confirmed.length}/${named}）`, tone: 'ok' }
  return v.isStamped
    ? { words: '有可信时间戳（TIMESTAMPED）', tone: 'ok' }
    : { words: '未锚定（UNANCHORED）', tone: 'open' }
}

const anchoringMeans = ({ witnesses: { named, confirmed }, isStamped }: Verdicts): string => {
  const stamp = isStamped ? '，另有可信时间戳' : ''
  if (confirmed.length > 0)
    return `${named} 个外部见证方中有 ${confirmed.length} 个确认：${confirmed.join('、')}${stamp}`
  const witness = named === 0 ? '没有设外部见证方' : `${named} 个外部见证方都还没有确认`
  return isStamped ? `有可信时间戳；${witness}` : `${witness}，也没有可信时间戳`
}

const card = (title: string, { words, tone }: Found, more: string): string =>
  `<div class="card ${tone}"><span>${esc(title)}</span><b>${esc(words)}</b><span>${esc(more)}</span></div>`

const countOf = ({ daT70 }: Verdicts, result: keyof typeof RESULTS): number =>
  daT70.items.filter((i) => i.result === result).length

const fourProperties = (v: Verdicts): string => {
  const [passed, failed, open] = (['passed', 'failed', 'not-checked'] as const).map((r) => countOf(v, r))
  const found: Found =
    failed === 0 ? { words: `${passed} 项合格`, tone: 'ok' } : { words: `${failed} 项不合格`, tone: 'bad' }
  const rest = failed === 0 ? `不合格 0 项，未检 ${open} 项` : `合格 ${passed} 项，未检 ${open} 项`
  return card('四性检测（DA/T 70）', found, rest)
}

const worst = (tones: readonly Tone[]): Tone =>
  (['bad', 'open'] as const).find((tone) => tones.includes(tone)) ?? 'ok'

const films = (v: Verdicts): string => {
  const all = [...v.recordings.values()]
  if (all.length === 0) return card('音像记录', { words: '没有', tone: 'ok' }, '本包没有音像记录')
  const playable = all.filter((r) => r.playback.tone === 'ok').length
  const tone = worst(all.map((r) => r.playback.tone))
  const chained = all.filter((r) => r.chain?.tone === 'ok').length
  const broken = all.filter((r) => r.chain?.tone === 'bad').length
  const chains = all.some((r) => r.chain !== undefined)
    ? `切片链完整 ${chained} 段，有问题 ${broken} 段，没有签名 ${all.length - chained - broken} 段`
    : '逐段结论见“音像记录”'
  return card('音像记录', { words: `${playable}/${all.length} 段可以播放`, tone }, chains)
}

const CONTINUITY = '2-5'

const streams = (v: Verdicts): string => {
  const joined = v.daT70.items.find((i) => i.code === CONTINUITY)?.result ?? 'not-checked'
  const more = `${v.streams.length} 个事件流${joined === 'passed' ? '，前后相扣，没有缺号' : ''}`
  return card('事件', { words: `${v.events} 条`, tone: RESULTS[joined].tone }, more)
}

/** Four cards, and what they are worth. */
export const verdictCards = (v: Verdicts, hasVerifyPage: boolean): string => {
  const how = hasVerifyPage
    ? '请打开 <a href="verify/verify.html">verify/verify.html</a>，或者用 <code>liuhen verify</code>，自己再核验一遍'
    : '请用 <code>liuhen verify</code> 自己再核验一遍'
  return `<p class="say">下面是制包机关的系统在${printDatetime(v.at)}制包时得出的结果，只说明它当时查到了什么，不能代替核验。${how}；两者不一致的，以您自己的核验为准。</p>
<div class="cards">${[fourProperties(v), card('外部锚定', anchoringSaid(v), anchoringMeans(v)), streams(v), films(v)].join('\n')}</div>`
}

export const foundMark = ({ words, tone, more }: Found): string =>
  `${mark(tone, words)}${more === undefined ? '' : ` <span class="from">${esc(more)}</span>`}`

const logLines = (v: Verdicts): string =>
  table(
    ['事件流', '末条', '末条的摘要（导出登记所记）'],
    v.streams.map((s) =>
      row([
        `${esc(s.name)}<br><code>${esc(s.streamId)}</code>`,
        ['k', `第 ${s.head} 条`],
        `<code>${esc(s.leafHash)}</code>`,
      ]),
    ),
  )

const fourPropertiesTable = ({ daT70 }: Verdicts): string =>
  table(
    ['编号', '检测项', '结果', '说明'],
    (['authenticity', 'integrity', 'usability', 'security'] as const).flatMap((group) => [
      `<tr class="group"><th colspan="4" scope="colgroup">${GROUPS[group]}</th></tr>`,
      ...daT70.items
        .filter((i) => i.group === group)
        .map((i) =>
          row([['k', esc(i.code)], ['k', esc(i.name)], ['k', foundMark(RESULTS[i.result])], esc(i.detail)]),
        ),
    ]),
  )

/** Every item behind the cards. */
export const verdictDetails = (v: Verdicts): string => `<h3>日志和事件流</h3>
<p>日志 <code>${esc(v.log.origin)}</code>，制包时共 ${v.log.size} 条，根 <code>${esc(v.log.root)}</code>。导出登记写明各事件流到哪一条为止；少一条，核验时就会发现。</p>
${logLines(v)}
<p class="note">${
  v.issued === 0
    ? '以前没有为本案发出过印有检查点的文书或者卷包。'
    : `以前印在文书上、附在卷包里发出的 ${v.issued} 个检查点，都附有它们是本日志前一段的证明（proofs/issued）。`
}${v.hasSm3 ? '全部文件另有国密 SM3 的清单（manifest-sm3.txt）。' : ''}</p>
<h3>四性检测（DA/T 70-2018）</h3>
<p class="note">没有检测的写“未检”，不算合格。</p>
${fourPropertiesTable(v)}`
