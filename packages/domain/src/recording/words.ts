import type { ChainVerdict } from '@liuhen/ledger/chain/finding'
import type { ChainCheck, CheckResult, InterruptionCause, Medium, RecordingEvent } from './events.ts'

/** What happened to a recording, as the case's timeline tells it. */
export const RECORDING_WORDS: Readonly<Record<RecordingEvent['type'], string>> = {
  RecordingRegistered: '登记',
  RecordingStored: '入库',
  RecordingTransferRejected: '传输内容与登记不一致，已隔离',
  RecordingChecked: '检查能否播放',
  RecordingLabelled: '标明案号、当事人和承办人',
  RecordingLinked: '归入案件',
  RecordingPointsMarked: '标注摄录要点',
  RecordingLegibilityConfirmed: '核验文书名称和当事人面貌是否清晰',
  RecordingPlaybackConfirmed: '回放确认',
  RecordingLedgered: '登记音像台账',
  RecordingInterrupted: '登记记录中断',
  RecordingChainKept: '登记现场录制的切片链',
  RecordingChainChecked: '核验现场录制的切片链',
  RecordingTranscribed: '整理文字记录',
  RecordingLinePinned: '标定笔录在音像中的位置',
  RecordingMarkedEvidence: '标为证据',
  ContentShredded: '随案卷依法销毁办案内容',
  ContentGone: '（已依法销毁）',
  RecordingDestroyed: '依法销毁',
}

export const MEDIUM_WORDS: Readonly<Record<Medium, string>> = {
  video: '录像',
  audio: '录音',
  photo: '照片',
  surveillance: '视频监控',
}

export const PLAYABLE_WORDS: Readonly<Record<CheckResult['verdict'], string>> = {
  playable: '可以播放',
  broken: '不能正常播放',
  'not-checked': '没有检查',
}

export const INTERRUPTION_WORDS: Readonly<Record<InterruptionCause, string>> = {
  'device-fault': '设备故障',
  weather: '天气恶劣',
  battery: '电量不足',
  storage: '存储空间不足',
  other: '其他原因',
}

export const CHAIN_WORDS: Readonly<Record<ChainVerdict, string>> = {
  ok: '完整',
  altered: '内容被改动',
  spliced: '有拼接',
  duplicated: '有重复',
  reordered: '次序被打乱',
  gap: '有缺失',
  'clock-jump': '录制中时钟被调动',
  unterminated: '没有结束记录',
  unlike: '与登记不一致',
  'ingest-hash-only': '密钥未获认可',
}

export const CHAIN_KEY_WORDS: Readonly<Record<ChainCheck['keyStatus'], string>> = {
  unknown: '签名密钥没有登记',
  requested: '签名密钥还没有批准',
  approved: '签名密钥已经批准',
  revoked: '签名密钥已经停用',
}
