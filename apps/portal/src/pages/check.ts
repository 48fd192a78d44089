import type { FoundFile, LogState } from '../ask-server.ts'
import { type Html, html } from '../html.ts'
import type { Page } from '../layout.ts'
import { chinaTime, keyList } from './keys.ts'
import { CHECK_SCRIPTS } from '../verifier.ts'

const KIND = { document: '文书', recording: '音像记录' } as const
const anchoringOf = ({ anchoring, witnesses: { confirmed, named, size } }: LogState): string =>
  ({
    UNANCHORED: '未锚定（尚无外部见证，仅能证明与本机关日志一致）',
    TIMESTAMPED: '已加盖可信时间戳',
    WITNESSED: `已有外部机构见证（${confirmed}/${named}），确认到第 ${size} 条`,
  })[anchoring]

/** `unavailable` is not "not found": the answer is then that nothing was checked. */
export type Checked = Readonly<{ sha256: string; answer: FoundFile | 'unavailable' }>

const details = (f: FoundFile): Html =>
  html`${f.kind === undefined ? '' : `类别：${KIND[f.kind]}。`}${f.title === undefined ? '' : `名称：${f.title}。`}${
    f.number === undefined ? '' : `文号：${f.number}。`
  }${f.recordedAt === undefined ? '' : `记录时间：${chinaTime(f.recordedAt)}。`}`

const UNVERIFIED =
  '这只是网站的答复，您的浏览器没有核验。请允许本页运行脚本后重新打开，或者用另一台设备核验。'

/** What a browser without scripts is told: an answer, and that it is no more than one. */
const repeated = ({ sha256, answer }: Checked): Html => {
  if (answer === 'unavailable')
    return html`<div class="verdict unknown" role="status"><h2>未核验</h2><p>核验服务暂时没有应答，没有得出任何结论。请稍后再试。</p></div>`
  const corrected = answer.correctedAt
  const said = !answer.found
    ? '网站答复：本网站查不到这个文件（只能查已送达、公示的文书和录音录像）'
    : corrected === undefined
      ? '网站答复：日志里有这个文件'
      : `网站答复：日志里有这个文件，但在 ${chinaTime(corrected)} 已经更正，现以更正件为准`
  return html`<div class="verdict unknown" role="status"><h2>${said}</h2><p>${details(answer)}</p><p>${UNVERIFIED}</p><p class="hash">${sha256}</p></div>`
}

const TERM_LIST = [
  ['摘要', '由文件的全部内容算出的一串字符。文件改动一个字，摘要就完全不同；由摘要反推不出文件。'],
  ['日志', '机关记录每件事的流水，只能在末尾增加。序号从 0 开始：序号 0 是第一条。'],
  ['检查点', '日志某一时刻的总摘要，由机关签名。以前的内容改动过，就与早先的检查点对不上。'],
  ['公钥、公钥指纹', '机关签名用一把不公开的私钥，公钥用来核对签名；指纹是公钥的摘要，便于逐字比对。'],
  ['锚定', '请机关以外的见证方或者时间戳机构确认检查点，使机关自己也不能另作一份日志。'],
] as const

const TERMS = html`<details id="terms"><summary>名词解释：${TERM_LIST.map(([name]) => name).join('、')}</summary>
<dl class="keys">${TERM_LIST.map(([name, says]) => html`<div><dt>${name}</dt><dd class="words">${says}</dd></div>`)}</dl></details>`

const logPanel = (state: LogState | undefined, hasFiles: boolean): Html => html`
<details class="proof" open><summary><h2>透明日志</h2></summary>
${
  state === undefined
    ? html`<p>日志状态暂时取不到，请稍后再试。</p>`
    : html`<dl><div><dt>日志名称</dt><dd>${state.origin}</dd></div>
<div><dt>已记录事件</dt><dd>${state.size} 个</dd></div>
<div><dt>锚定</dt><dd>${anchoringOf(state)}</dd></div></dl>
<details id="keys"><summary>日志的公钥与指纹（${state.keys.length} 把）</summary>
<p>请把公钥指纹与机关另行公布的指纹（公告栏、纸质文书）核对：仅凭本网站给出的指纹，不能证明网站没有被冒充。</p>
${keyList(state.keys)}
${state.sm2 === undefined ? undefined : html`<dl class="keys"><div><dt>国密公钥指纹（SM2）</dt><dd class="key">${state.sm2.fingerprint}</dd><dd><details><summary>公钥原文</summary><code>${state.sm2.vkey}</code></details></dd></div></dl>`}
</details>`
}
${TERMS}
${hasFiles ? html`<p class="links"><a href="/log/checkpoint">查看最新检查点</a></p>` : undefined}</details>`

const offlinePanel = (sha256: string): Html => html`
<details class="proof" open><summary><h2>离线核验案卷包</h2></summary>
<p>收到整个案卷包（光盘、U盘）的，可以在不联网的电脑上逐项核验：下载核验页，用浏览器打开，选择案卷包，粘贴上面的验证公钥。案卷包里也附有同一页。</p>
<dl><div><dt>核验页的 SHA-256</dt><dd class="key">${sha256}</dd></div></dl>
<p class="links"><a href="/verify.html">下载核验页 verify.html</a></p></details>`

export const checkPage = (input: {
  checked?: Checked
  state: LogState | undefined
  hasFiles: boolean
  /** SHA-256 of the page for download. */
  verifier?: string
  wrong?: string
}): Page => ({
  title: '文件核验',
  path: '/check',
  ...(input.verifier !== undefined && { scripts: CHECK_SCRIPTS.map((name) => `/assets/${name}`) }),
  body: html`
<h1>文件核验</h1>
<section id="report" aria-label="核验结果" tabindex="-1"></section>
${
  input.wrong === undefined
    ? undefined
    : html`<div class="verdict unknown" role="alert"><h2>摘要格式不对</h2><p>SHA-256 摘要是64位十六进制字符（0-9、a-f），请检查是否多了空格或者少了字符。</p></div>`
}
${input.checked === undefined ? undefined : input.verifier === undefined ? repeated(input.checked) : html`<noscript>${repeated(input.checked)}</noscript>`}
<p class="lead">收到本机关的文书（PDF）或者录音录像，可以在这里核对：它是不是本机关记录的那一份，有没有改动。核对由您的浏览器自己计算，文件<strong>不会上传</strong>，也不轻信本网站的答复。</p>
<p class="lead" id="label" hidden></p>
<section class="drop" id="drop" hidden>
<input id="file" type="file" accept=".pdf,video/*,audio/*,image/*"><label for="file">选择文件，或者把文件拖到这里</label>
<progress id="progress" max="1" value="0" aria-label="计算进度" hidden></progress>
<p id="state" role="status" aria-live="polite"></p>
</section>
<form class="search" id="form" action="/check" method="get">
<label for="sha256">或者填写文件的 SHA-256 摘要（64位十六进制，可用 sha256sum、certutil -hashfile 计算）</label>
<div><input id="sha256" name="sha256" maxlength="80" value="${input.checked?.sha256 ?? input.wrong ?? ''}" spellcheck="false" autocomplete="off"><button>核验</button></div>
<details class="more" id="more" hidden><summary>更严格的核验（可选）</summary>
<label for="square">文书上的二维码：用手机扫描，把得到的全部文字粘贴在这里，可以核对日志有没有改写过去</label>
<textarea id="square" rows="4" spellcheck="false" autocomplete="off"></textarea>
<label for="policy">机关另行公布的公钥：从公告栏、纸质文书上抄来，不要从本页复制</label>
<textarea id="policy" rows="2" spellcheck="false" autocomplete="off"></textarea>
<button id="again" type="submit">核验</button>
</details>
</form>
${logPanel(input.state, input.hasFiles)}
${input.verifier === undefined ? undefined : offlinePanel(input.verifier)}`,
})
