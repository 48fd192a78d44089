import type { FileReport, NotCheckedWhy } from '@liuhen/ledger/package/verify-file'

const NOT_CHECKED: Readonly<Record<NotCheckedWhy, string>> = {
  'no-answer': '没有得到网站的答复，什么也没有核验。这不表示文件有问题，请稍后再试。',
  'not-yet': '网站说日志已经收到，但是还没有签入检查点，通常不超过1分钟。请稍后再试。',
  'no-record': '网站没有给出完整的证明，没有得出结论。请稍后再试；一直如此的，请向机关查询。',
  revoked: '签署日志的公钥已经吊销，不能凭它得出结论。请向机关取得现用的公钥。',
  square: '纸上的检查点是不是网站这份日志早先的样子，没有查明。原因：',
}

/** What the page that checks a file says; for people who have never heard of digests. */
export const WORDS = {
  hashing: (name: string): string => `正在本机计算“${name}”的摘要……文件没有上传。`,
  asking: '摘要已算出，正在取得证明并逐项核验……',
  unreadable: '读取文件失败，请确认文件没有被移动或占用，然后重新选择。',
  done: '核验结束，结果在本页开头。',
  badDigest: 'SHA-256 摘要是64位十六进制字符（0-9、a-f），请检查是否多了空格或者少了字符。',
  nothing: '请先选择文件，或者填写摘要，或者粘贴二维码的文字。',
  badPolicy: (why: string): string => `公钥没有读懂：${why}。请粘贴机关公布的公钥原文，不要少字。`,
  noCurves: '这个浏览器太旧，不能计算时间戳和国密的签名；请换一个新版浏览器',
  label: (no: string): string =>
    `您扫描的是清单中第 ${no} 项的标签。请核对标签上的名称、数量与当事人手中的清单一致。`,
  squareOpened:
    '您是从文书上的二维码来的。请选择这份文书的电子文件；要核对日志有没有改写过去，请把扫描得到的全部文字粘贴到“更严格的核验”里。',

  pass: '与日志记录一致',
  passCorrected: '与日志记录一致，但已经更正',
  passSquare: '日志由二维码里的检查点延续而来',
  fail: '核验不成立',
  absent: '本网站查不到这个文件',
  open: '未核验',
  openSquare: '二维码没有核成，没有得出结论',
  passNoCheckpoint: '与日志记录一致；日志没有与纸质文书比对',

  passSays: (at: string): string =>
    `这个文件在 ${at} 记入日志，此后一个字节都没有改动。这是您的浏览器自己算出来的。`,
  openSquareSays:
    '文件与网站现在给出的日志对得上，但是纸上的检查点是不是这份日志早先的样子，没有查明。改写过的日志也能做到这一步，所以不要当作已经核验。原因：',
  noCheckpointSays:
    '您粘贴的二维码文字里没有检查点（早先制发的文书没有；也可能没有粘贴完整），所以文书制发以后日志有没有改写，没有查明。',
  correctedSays: (at: string): string =>
    `机关说这份文书在 ${at} 已经更正，现以更正件为准；它仍是当时制发的原件。更正件请向机关索取。`,
  passSquareSays: '从文书制发到现在，日志里早先的内容没有改写。这是您的浏览器自己算出来的。',
  failSays:
    '网站给出的证明与文件、与公钥或者与二维码对不上。请不要采信，保存好文件并打印本页，向机关或者它的监督机关反映。',
  otherPaper: '文件和二维码不是同一份文书',
  otherPaperSays:
    '您选的文件和二维码不是同一份文书，请换一份再试：选二维码所在的那份文书的电子文件，或者扫描这份文书自己的二维码。',
  absentSays:
    '本网站只能查已经送达、公示的文书和录音录像。内部文书不公开，请用案卷包自带的核验页（verify/verify.html）核验。如果这是机关送达的文书，那么它可能被改动过，或者是转换、另存、截取出来的：请用机关发的原始文件再试，或者向机关查询。“查不到”只是本网站的答复，您的浏览器没有办法替您证实：能证明日志里有什么，不能证明没有什么。',
  absentPaper: '您的文件不是二维码所指的那一份',
  absentPaperSays: (number: string | undefined): string =>
    `二维码里的检查点是真的：签名成立，日志由它延续而来。${number === undefined ? '' : `二维码写的是“${number}”。`}但是本网站查不到您选的文件：二维码所指的文书已经送达的，您的文件就不是它的原件，内容有不同，或者是转换、另存出来的。请用机关发的原始文件再试；仍然查不到的，以纸质文书为准，并向机关查询。`,
  packageTitle: '这是案卷包，不是单个文件',
  packageSays:
    '本页只核验单个文件。案卷包请解开，用浏览器打开里面的 verify/verify.html，再选择这个案卷包逐项核验；也可以用本页下方“离线核验案卷包”里下载的核验页。',
  openSays: (why: NotCheckedWhy | undefined): string => NOT_CHECKED[why ?? 'no-record'],

  paperTitle: '公钥与纸质文书一致',
  paper:
    '签署日志的公钥，就是（或者依日志里的登记换自）签署这份纸质文书二维码的那一把。这份纸质文书确由机关送达的，就不必再比对指纹；要比对的，指纹如下。',
  compareTitle: '还差一步：确认公钥是谁的',
  compare:
    '核验用的是本网站给出的公钥。冒充的网站也能给出公钥，所以请把下面的指纹与机关另行公布的（公告栏、纸质文书）逐字比对；或者把抄来的公钥粘贴到“更严格的核验”里，再核验一次。',

  file: '文件',
  typed: '摘要是填写的，不是本页从文件算出的',
  kind: '类别',
  kinds: { document: '文书', recording: '音像记录' },
  said: '名称、文号',
  saidNote: '（网站的说法，没有核验；以文书上写的为准）',
  recordedAt: '记入日志的时间',
  place: '日志中的位置',
  placeOf: (index: number, size: number): string => `日志序号 ${index}（从 0 起，共 ${size} 条）`,
  sizeOf: (size: number): string => `共 ${size} 条`,
  log: '日志名称',
  key: '公钥指纹',
  keyTrusted: '与您提供的公钥一致',
  keyOnPaper: '与纸质文书的二维码一致',
  keyOpen: '由本网站给出，请核对',
  anchoring: '外部锚定',
  anchored: ({ anchoring, witnesses: { confirmed, named } }: FileReport): string =>
    ({
      UNANCHORED: '未锚定：没有外部见证，也没有认可的时间戳。掌握私钥的人如果另作一份日志，本页看不出来。',
      TIMESTAMPED: '已加盖时间戳：在时间戳所示的时间，日志里已经有它。',
      WITNESSED: `已有外部见证（${confirmed}/${named}）：${named} 个见证方中有 ${confirmed} 个见过同一份日志。`,
    })[anchoring],
  anchorsOpen: '见证方、时间戳签发者由本网站列出。',
  digest: 'SHA-256',

  meaning: '这个结果说明了什么，没有说明什么',
  technical: '技术细节：位置、公钥指纹、摘要',
  ifItHolds: (proves: string): string => `如果成立，可以证明：${proves}`,
  means: '说明了什么',
  meansNot: '没有说明什么',
  meansList: [
    '您手中的文件，与机关当时记入日志的是同一份，一个字节都没有差。',
    '记录在日志里的位置，由日志的签名确认；以后改动或者删去它，都会与这个签名矛盾。',
  ],
  meansNotList: (kind: 'document' | 'recording'): readonly string[] => [
    '文件里写的、拍的内容是否属实，处罚是否合法、适当。',
    ...(kind === 'document' ? ['这份文书后来有没有被更正、撤销；只能以机关的答复为准。'] : []),
    '记入日志之前，文件有没有改动过。',
    '本页的核验程序有没有被人换过：它也来自本网站。不信任网站的，请用从别处取得的核验程序核验案卷包。',
  ],
  items: (n: number): string => `逐项结果（${n} 项）`,
  result: { PASS: '成立', FAIL: '不成立', 'NOT CHECKED': '未核' },
} as const
