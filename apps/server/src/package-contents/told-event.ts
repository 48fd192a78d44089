import { CaseEventData, type CaseEventType } from '@liuhen/domain/case/events'
import { RECORDING_WORDS } from '@liuhen/domain/recording/words'

/** An event as the reading pages of a package tell it: nothing but what every recipient may know. */
export type ToldEvent = Readonly<{
  id: string
  streamId: string
  version: number
  type: string
  at: string
  recordedAt: string
  agent: string
  index: number
  /** Of an approval: by which rank. */
  rank?: string
  /** What it is about, where the recipient may know: a paper, a recording, a step, a fact. */
  about?: string
  /** The whole of it in the system's own words, where the recipient may read all that they say. */
  sentence?: string
}>

const TITLES: Readonly<Record<CaseEventType, string>> = {
  LeadRegistered: '登记线索',
  RegisterOpened: '开立台账',
  PartyNamed: '登记当事人',
  HandlersAssigned: '指派承办人',
  CaseFlagged: '标记案件',
  CaseNumbered: '案件编号',
  StepBegun: '开始环节',
  StepCompleted: '完成环节',
  WarningOverridden: '说明理由后继续',
  FactNoted: '记载事实',
  DocumentSubmitted: '提交文书',
  DocumentApproved: '批准文书',
  DocumentReturned: '退回文书',
  DocumentSigned: '文书签名',
  DocumentIssued: '制发文书',
  DocumentVoided: '作废文书',
  DocumentCorrected: '更正件生效',
  DocumentRendered: '生成存档 PDF',
  DocumentServed: '送达文书',
  DocumentServiceRetracted: '撤销送达登记',
  RecordingLinked: '关联音像记录',
  RecordingNoted: '登记音像情况',
  DutyExcused: '登记逾期或免除理由',
  SettingsAdopted: '适用新的制度设置',
  CaseFileAssembled: '组卷',
  CaseArchived: '归档',
  DisclosurePublished: '公示决定摘要',
  DisclosureWithdrawn: '撤下公示',
  PackageExported: '导出案卷包',
  ContentShredded: '依法销毁案卷内容',
}

const RECORDING: Readonly<Record<string, string>> = RECORDING_WORDS

const isCaseType = (type: string): type is CaseEventType => type in CaseEventData

export const titleOf = ({ type, rank }: Pick<ToldEvent, 'type' | 'rank'>, ofCase: boolean): string => {
  // The handler's own opinion approves nothing.
  if (ofCase && type === 'DocumentApproved' && rank === 'handler') return '承办人签署意见'
  return ofCase && isCaseType(type) ? TITLES[type] : (RECORDING[type] ?? type)
}

/** What the system writes of itself, and the frame in which people act: a reading page folds these away. */
const FRAME: ReadonlySet<string> = new Set([
  'StepBegun',
  'StepCompleted',
  'DocumentRendered',
  'RecordingLinked',
  'RecordingNoted',
  'SettingsAdopted',
  'RecordingRegistered',
  'RecordingStored',
  'RecordingChecked',
  'RecordingLabelled',
  'RecordingLedgered',
  'RecordingChainKept',
  'RecordingChainChecked',
])

export const isFrame = ({ type }: Pick<ToldEvent, 'type'>): boolean => FRAME.has(type)
