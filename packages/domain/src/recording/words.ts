import type { RecordingEvent } from './events.ts'

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
  RecordingDestroyed: '依法销毁',
}
