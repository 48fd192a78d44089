export type Check =
  | 'package'
  | 'manifest-form'
  | 'file-digest'
  | 'listing'
  | 'bag-info'
  | 'policy'
  | 'log-key'
  | 'checkpoint'
  | 'witness'
  | 'timestamp'
  | 'entry'
  | 'commitment-sha256'
  | 'commitment-sm3'
  | 'stream'
  | 'export'
  | 'payload-bound'
  | 'blob'
  | 'media'
  | 'media-sm3'
  | 'sidecar'
  | 'summary'
  | 'da-t-70'
  | 'tools'
  | 'clip-proof'
  | 'clip-file'
  | 'clip-source'
  | 'clip-chunks'
  | 'clip-samples'
  | 'clip-order'
  | 'clip-between'

type Text = Readonly<{ title: string; proves: string; doesNotProve: string }>

const text = (title: string, proves: string, doesNotProve: string): Text => ({ title, proves, doesNotProve })

/** What each check means to somebody who reads the report, and what it must not be taken for. */
export const CHECK_TEXTS: Readonly<Record<Check, Text>> = {
  package: text('卷包结构', '卷包可以读取，必备文件齐全。', '不证明文件内容真实。'),
  'manifest-form': text(
    '清单写法',
    '清单按唯一的规范写法书写，没有藏匿内容的余地。',
    '不证明清单所列文件存在。',
  ),
  'file-digest': text(
    '文件摘要',
    '文件与清单记载的 SHA-256 一致，制包之后没有改动。',
    '清单可以与文件一起被重新制作，单凭本项不证明出处。',
  ),
  listing: text('清单完整', '包内文件与清单一一对应，不多也不少。', '不证明应当入包的文件都已入包。'),
  'bag-info': text('件数与字节数', '载荷的件数和字节数与包信息一致。', '不证明内容真实。'),
  policy: text('信任策略', '所用的公钥由核验人自己提供。', '不证明公钥的保管没有疏漏。'),
  'log-key': text(
    '存证公钥',
    '包内公钥与核验所用的公钥一致。',
    '包内自带的公钥本身不可信，须与机关公布的指纹比对。',
  ),
  checkpoint: text(
    '检查点签名',
    '存证日志在此规模时的全部内容已由该公钥签名确认，之后改动任何一条都会被发现。',
    '没有外部见证时，不排除掌握私钥的人另行签出一份不同的日志。',
  ),
  witness: text('外部见证', '策略要求的见证方确认过同一份日志。', '不证明见证之前的时间。'),
  timestamp: text('可信时间戳', '检查点在时间戳所示时间之前已经存在。', '不证明事件发生的时间。'),
  entry: text(
    '事件入账',
    '该事件的存证条目原样存在于检查点所确认的日志之中。',
    '不证明事件所述内容符合事实，只证明记录之后没有改动。',
  ),
  'commitment-sha256': text(
    '内容承诺 (SHA-256)',
    '披露的内容就是入账时承诺的内容，一字未改。',
    '不证明内容符合事实。',
  ),
  'commitment-sm3': text('内容承诺 (SM3)', '披露的内容与入账时的国密 SM3 承诺一致。', '不证明内容符合事实。'),
  stream: text(
    '事件连续',
    '同一案件或者同一录像的事件从第一条起连续无缺，前后相扣，次序未变。',
    '不证明每件应当记录的事都作了记录。',
  ),
  export: text(
    '导出登记',
    '导出行为本身已入账，包内各事件流到导出时为止全部在内，末尾没有删减。',
    '不证明导出之后没有新的事件。',
  ),
  'payload-bound': text(
    '载荷入账',
    '导出登记记载了载荷清单的摘要，每一份文书和音像都已固定在日志之中。',
    '不证明文书内容符合事实。',
  ),
  blob: text(
    '文书与音像',
    '文件正是事件所指的那一份，摘要和大小一致。',
    '不证明拍摄或者书写的内容符合事实。',
  ),
  media: text('音像分块清单', '音像的整体摘要与逐块摘要一致，可以逐段核对。', '不证明摄录现场没有布置。'),
  sidecar: text(
    '音像旁的字幕和切片链',
    '字幕与导出登记的清单一致；切片链是事件记载的那一份。',
    '不证明字幕听写得准确。',
  ),
  'media-sm3': text('音像整体摘要 (SM3)', '音像与记载的国密 SM3 摘要一致。', '不证明摄录现场没有布置。'),
  summary: text('案件摘要', '摘要和元数据格式规范，可以读取。', '摘要只供阅读，事实以事件为准。'),
  tools: text(
    '随包说明与脚本',
    '随包的说明和核验脚本与本程序所附的版本相同。',
    '不证明本程序本身可信，请从机关或者第三方取得核验程序。',
  ),
  'da-t-70': text(
    '四性检测',
    '卷包附有导出系统的四性检测结论，且没有不合格项。',
    '检测由导出系统自行完成，本核验没有重做。',
  ),
  'clip-proof': text('片段证明', '证明文件可以读取，写法规范，没有夹带别的文件。', '不证明片段的内容。'),
  'clip-file': text('片段文件', '片段就是证明所指的那个文件。', '单凭本项不证明它来自原件。'),
  'clip-source': text(
    '片段的来源',
    '原件入库和制作片段两件事都已入账，说的正是这个原件和这个片段。',
    '不证明原件入库之前没有改动。',
  ),
  'clip-chunks': text(
    '原件的块',
    '所列的块在原件的分块树中，位置和内容与入库时登记的一致。',
    '不证明没有列出的块是什么内容。',
  ),
  'clip-samples': text(
    '逐个样本',
    '片段里每一帧画面、每一段声音的编码数据，都与原件中的相应字节完全相同。',
    '不证明片段文件自己写的播放时间和解码参数；播放速度以原件为准。',
  ),
  'clip-order': text('样本次序', '片段的次序就是原件的次序，没有颠倒，没有重复。', '不证明中间没有略去。'),
  'clip-between': text(
    '中间没有略去',
    '从各轨都已开始，到有一轨结束，原件在这中间的画面和声音全部在片段里；此外首尾只差轨道交错的少量字节（至多 512 KiB，也不超过片段的四分之一）。',
    '不证明片段之前、之后原件还有什么。',
  ),
}
