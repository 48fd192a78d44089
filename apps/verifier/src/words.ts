import type { Report } from '@liuhen/ledger/package/report'

/** What the page says, apart from what the report itself says. */
export const WORDS = {
  running: (percent: number): string => `正在核验：${percent}%`,
  broken: '核验程序没有能够运行到底。这不表示案卷包有问题：请换一个新版浏览器，或者用包内的 verify.sh 核验。',
  badPolicy: (why: string): string => `公钥没有读懂：${why}。请粘贴机关公布的公钥原文，不要少字。`,
  nothing: '请先选择案卷包。',
  verdict: { PASS: '核验成立', FAIL: '核验不成立' },
  verdictOf: (name: string, n: number): string => `${name}，共核验 ${n} 项`,
  origin: '日志名称',
  anchoring: '外部锚定',
  keys: '公钥',
  seals: '机关印章',
  fingerprint: '公钥指纹（SHA-256）',
  none: '没有读到',
  anchored: ({ anchoring, witnesses: { confirmed, named } }: Report): string =>
    ({
      UNANCHORED: '未锚定（UNANCHORED）：没有核验到外部见证或时间戳，不能排除掌握私钥的人另作一份日志',
      TIMESTAMPED: '已加盖时间戳（TIMESTAMPED）：策略认可的时间戳证明，包内全部事件在所示时间已经在日志里',
      WITNESSED: `已有外部见证（WITNESSED，${confirmed}/${named}）：信任策略所列的见证方中，有 ${confirmed} 个确认过同一份日志`,
    })[anchoring],
  keyOf: {
    TRUSTED: '与您提供的公钥一致',
    PACKAGED: '未核对：用的是包内公钥，只能证明前后一致',
    GIVEN: '是您提供的公钥，但是还不能凭它相信本包，见下面各项',
    OTHER: '包内公钥不是您提供的公钥',
  },
  keyGiven: '您提供的公钥的指纹（SHA-256）',
  keyInPackage: '包内公钥的指纹（SHA-256），未核对',
  noneOfLog: '没有一把属于这份日志',
  more: (n: number): string => `另有 ${n} 个文件不成立，见下面各项。`,
  sealsTrusted: '每份盖章文书都有您的信任策略认可的机关印章',
  sealsNotChecked: '未核对：有的文书没有信任策略认可的机关印章，见“印章证书”',
  compareTitle: '还差一步：确认公钥是谁的',
  compare:
    '请把下面的日志名称和公钥指纹，与机关另行公布的（公告栏、纸质文书、公示网站“核验”页）逐字比对；或者把机关公布的公钥粘贴在上面，再核验一次。包里的公钥不能证明自己。',
  result: { PASS: '成立', FAIL: '不成立', 'NOT CHECKED': '未核' },
  count: (n: number): string => `${n} 项`,
  failed: (n: number): string => `${n} 项不成立`,
  open: (n: number): string => `${n} 项未核`,
  proves: (passed: number, all: number): string =>
    passed === 0 ? '如果成立，可以证明：' : passed === all ? '证明了：' : `成立的 ${passed} 项证明了：`,
  doesNotProve: '没有证明：',
  passed: (n: number): string => `成立的 ${n} 项`,
  cut: (n: number): string => `另有 ${n} 项成立，未列出。`,
  noCurves: '这个浏览器太旧，不能计算印章的签名；请换一个新版浏览器，或者用 liuhen verify 核验',
  done: (seconds: string): string => `用时 ${seconds} 秒。没有向任何地方发送数据。`,
} as const
