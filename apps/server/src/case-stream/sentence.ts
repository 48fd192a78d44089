import { RANK_NAMES } from '@liuhen/law/evaluate/words'
import type { CaseEvent } from '@liuhen/domain/case/events'
import { CHANNEL_NAMES, SOURCE_NAMES, serviceWay, wordFor } from '@liuhen/domain/case/words'
import { isShredded, SHREDDED, withoutContent } from '@liuhen/domain/case/shredded'
import type { FactPerson } from '@liuhen/law/fact'
import type { CaseTerms } from './terms.ts'

/** What a sentence needs besides the event: the case's words, and what kind of document an id is. */
export type Telling = Readonly<{ terms: Terms; documentName: (id: string) => string }>
type Terms = Pick<CaseTerms, 'stepName' | 'sceneName' | 'flagName' | 'factName'>

const names = (people: readonly FactPerson[]): string => people.map((p) => p.name ?? '未具名').join('、')
const because = (reason: string | undefined): string => (reason === undefined ? '' : `，理由：${reason}`)
const at = (place: string | undefined): string => (place === undefined ? '' : `，地点：${place}`)
const with_ = (people: readonly FactPerson[]): string =>
  people.length === 0 ? '' : `，参加人：${names(people)}`
const rank = (code: string): string => wordFor(RANK_NAMES, code)

const inPlace = (one: Readonly<{ name: string }> | undefined): string =>
  one === undefined ? '' : `（代${one.name}）`

const ofDocument = (e: Extract<CaseEvent, { type: `Document${string}` }>, t: Telling): string => {
  const title = `《${t.documentName(e.data.public.documentId)}》`
  switch (e.type) {
    case 'DocumentSubmitted':
      if (e.data.public.corrects === true && e.data.public.version === 1) return `提交${title}的更正件`
      return e.data.public.version === 1 ? `提交${title}` : `重新提交${title}（第${e.data.public.version}稿）`
    case 'DocumentApproved': {
      const who = `${rank(e.data.public.rank)}${e.data.internal.by.name ?? ''}${inPlace(e.data.internal.standsInFor)}`
      // The handler's own opinion approves nothing.
      return e.data.public.rank === 'handler'
        ? `${who}对${title}签署意见：${e.data.internal.opinion}`
        : `${who}批准${title}：${e.data.internal.opinion}`
    }
    case 'DocumentReturned':
      return `${rank(e.data.public.rank)}${e.data.internal.by.name ?? ''}${inPlace(e.data.internal.standsInFor)}退回${title}：${e.data.internal.opinion}`
    case 'DocumentSigned': {
      const { by, refusal } = e.data.internal
      const who = by?.name ?? e.data.personal?.name ?? '签名人'
      return refusal === undefined
        ? `${who}在${title}上签名${e.data.personal?.fingermark === undefined ? '' : '、捺印'}`
        : `${who}拒绝在${title}上签名：${refusal.reason}`
    }
    case 'DocumentIssued':
      return `${title}制发${e.data.public.number === undefined ? '' : `，文号${e.data.public.number}`}`
    case 'DocumentVoided': {
      const { number } = e.data.public
      return `${e.data.internal.by.name ?? ''}作废${title}${number === undefined ? '' : `（${number}，文号不再使用）`}${because(e.data.internal.reason)}`
    }
    case 'DocumentCorrected':
      return `${title}经批准更正，更正件生效；原文书留存`
    case 'DocumentRendered':
      return `${title}生成存档 PDF，共${e.data.public.pages}页`
    case 'DocumentServed': {
      const to = e.data.personal?.recipient
      return `${serviceWay(e.data.public.mode)?.name ?? e.data.public.mode}${title}${to === undefined ? '' : `，受送达人：${to}`}`
    }
    case 'DocumentServiceRetracted':
      return `撤销${title}的一次送达登记：${e.data.internal.reason}`
  }
}

const ofCase = (e: Exclude<CaseEvent, { type: `Document${string}` }>, t: Terms): string => {
  switch (e.type) {
    case 'LeadRegistered':
      return `登记线索 ${e.data.public.leadNo}（${SOURCE_NAMES[e.data.public.source]}）：${e.data.internal.title}`
    case 'RegisterOpened':
      return `开立台账 ${e.data.public.registerNo}：${e.data.internal.title}`
    case 'PartyNamed':
      return `登记当事人：${e.data.personal?.name ?? SHREDDED}`
    case 'HandlersAssigned':
      return `指派承办人：${names(e.data.internal.handlers) || SHREDDED}`
    case 'CaseFlagged': {
      const { flag, on } = e.data.public
      return `${on ? '标记' : '取消标记'}“${t.flagName(flag)}”${because(e.data.internal.reason)}`
    }
    case 'CaseNumbered':
      return `案件编号 ${e.data.public.caseNo}`
    case 'StepBegun': {
      const { officers, place } = e.data.internal
      return `开始“${t.stepName(e.data.public.step)}”${with_(officers)}${at(place)}`
    }
    case 'StepCompleted':
      return `完成“${t.stepName(e.data.public.step)}”${with_(e.data.internal.officers)}`
    case 'WarningOverridden': {
      const { messages, reason } = e.data.internal
      return `经提示“${messages.join('；')}”后继续办理${because(reason)}`
    }
    case 'FactNoted': {
      const { note } = e.data.internal
      return `记载：${t.factName(e.data.public.name)}${note === undefined ? '' : `，${note}`}`
    }
    case 'RecordingLinked': {
      const { scene, step } = e.data.public
      return `“${t.stepName(step)}”归入音像记录：${t.sceneName(scene)}`
    }
    case 'RecordingNoted':
      return `音像记录补充：${e.data.public.what}`
    case 'DutyExcused':
      return `说明期限或义务未履行的原因：${e.data.internal.reason}`
    case 'SettingsAdopted': {
      const { withheld } = e.data.public
      return `适用本机关新批准的制度设置${withheld.length === 0 ? '' : '；会使保存期提前届满的，不对本案适用'}`
    }
    case 'CaseFileAssembled':
      return `组卷，共${e.data.public.items.length}件`
    case 'CaseArchived':
      return `归档，档号 ${e.data.public.archiveNo}，${e.data.public.why}`
    case 'DisclosurePublished':
      return `公示决定摘要（${wordFor(CHANNEL_NAMES, e.data.public.channel)}）`
    case 'DisclosureWithdrawn':
      return `撤下公示${because(e.data.public.reason)}`
    case 'PackageExported':
      return `导出可验证案卷包，接收单位：${e.data.internal.recipient}，用途：${e.data.internal.purpose}`
    case 'ContentShredded':
      return `依法销毁此前 ${e.data.public.events.length} 条的内容，销毁批次 ${e.data.public.number}；登记和日志条目继续保存`
  }
}

const isOfDocument = (e: CaseEvent): e is Extract<CaseEvent, { type: `Document${string}` }> =>
  e.type.startsWith('Document')

/** One Chinese sentence for an event; a new type does not compile until it has one. */
export const sentenceOf = (e: CaseEvent, t: Telling): string => {
  if (!isShredded(e)) return isOfDocument(e) ? ofDocument(e, t) : ofCase(e, t.terms)
  const left = sentenceOf(withoutContent(e), t)
  return left.includes(SHREDDED) ? left : `${left}；其余内容已依法销毁`
}
