import type { Described } from '@liuhen/domain/archival/describe'
import { findElement } from '@liuhen/domain/archival/describe'
import { archivalTime, type CaseOfObject } from '@liuhen/domain/archival/known-case'
import {
  DATA_CLOSING,
  DATA_OPENING,
  EEP_OPENING,
  EEP_VERSION,
  ENCODING_OPENING,
  OBJECT_CLOSING,
  OBJECT_OPENING,
} from '@liuhen/ledger/package/eep-rule'
import { escapeText } from '../package-contents/xml.ts'
import type { DescribedDocument } from './describe-package.ts'

/**
 * An encapsulation package of DA/T 48-2009 (EEP) around one paper: what stands before and behind the paper's base64.
 * `opening` is outside of what is signed; 被签名对象 is `head`, the base64, and `tail`.
 */
export type EepFrame = Readonly<{ opening: string; head: string; tail: string }>

/** The standard's own words: there are these two, of a package as it was first made and of one that was changed since. */
const ORIGINAL = '本封装包包含电子文件数据及其元数据，原始封装，未经修改'

export const element = (name: string, text: string | undefined): string =>
  text === undefined || text === '' ? '' : `<${name}>${escapeText(text)}</${name}>\n`

const written = ({ name, text, of }: Described): string =>
  of === undefined ? element(name, text) : `<${name}>\n${of.map(written).join('')}</${name}>\n`

type Find = (no: string) => Described | undefined

/** An element of DA/T 46 where the record holds it. Left out are those that DA/T 48 has elsewhere. */
const taken = (find: Find, no: string, elsewhere: readonly string[] = []): string => {
  const e = find(no)
  if (e === undefined) return ''
  return written({ ...e, ...(e.of && { of: e.of.filter((inner) => !elsewhere.includes(inner.no ?? '')) }) })
}

const dataHead = (find: Find): string =>
  [
    `<文件数据>\n<文档>\n${element('文档标识符', '修改0-文档1')}`,
    taken(find, 'M19'),
    element('文档主从声明', '主文档'),
    taken(find, 'M22'),
    `${ENCODING_OPENING}\n`,
    taken(find, 'M46', ['M51']),
    element(
      '编码描述',
      '编码数据是计算机文件的 Base64 编码（IETF RFC 2045），不折行；按反编码关键字还原计算机文件及其扩展名',
    ),
    element('反编码关键字', 'base64-pdf'),
    DATA_OPENING,
  ].join('')

/** The agency keeps no such carrier: DA/T 48 wants the element, so it stands there and is empty. */
const places = (find: Find): string =>
  `<存储位置>\n${taken(find, 'M66')}${taken(find, 'M67') || '<脱机载体编号/>\n'}${taken(find, 'M68')}${taken(find, 'M69')}</存储位置>\n`

const fileEntity = ({ description, known }: DescribedDocument): string => {
  const find: Find = (no) => findElement(description.elements, no)
  const notes = Array.isArray(known['notes']) ? description.elements.filter((e) => e.no === 'M75') : []
  return [
    '<文件实体块>\n<文件实体>\n',
    ...['M1', 'M2', 'M7'].map((no) => taken(find, no)),
    taken(find, 'M8', ['M19']),
    taken(find, 'M21'),
    taken(find, 'M40', ['M42']),
    places(find),
    taken(find, 'M70') || '<权限管理/>\n',
    taken(find, 'M51'),
    ...notes.map(written),
    dataHead(find),
  ].join('')
}

const relations = ({ document, description }: DescribedDocument): string =>
  description.elements
    .filter((e) => e.name === '实体关系')
    .map((e) => {
      const text = (no: string) => e.of?.find((inner) => inner.no === no)?.text
      return [
        '<文件实体关系>\n',
        element('文件标识符', document.documentId),
        element('被关联文件标识符', text('M85')),
        element('关系', text('M87')),
        element('关系描述', text('M88')),
        '</文件实体关系>\n',
      ].join('')
    })
    .join('')

const businessEntities = ({ document, acts }: DescribedDocument): string =>
  acts
    .map(({ id, act, at, detail, by }) =>
      [
        '<业务实体>\n',
        element('业务标识符', id),
        element('机构人员标识符', by.id),
        element('文件标识符', document.documentId),
        element('业务状态', '历史行为'),
        element('业务行为', act),
        element('行为时间', archivalTime(at)),
        element('行为描述', detail),
        '</业务实体>\n',
      ].join(''),
    )
    .join('')

type Agent = Readonly<{ id: string; kind?: string | undefined; name: string; code?: string }>

const agent = ({ id, kind, name, code }: Agent): string =>
  [
    '<机构人员实体>\n',
    element('机构人员标识符', id),
    element('机构人员类型', kind),
    element('机构人员名称', name),
    element('组织机构代码', code),
    '</机构人员实体>\n',
  ].join('')

const agents = ({ acts }: DescribedDocument, { id, name, code }: CaseOfObject['agency']): string => {
  const people = new Map(acts.map(({ by }) => [by.id, { ...by, kind: by.isPerson ? '个人' : undefined }]))
  return [{ id, kind: '单位', name, code }, ...people.values()].map(agent).join('')
}

/** Why a paper cannot be encapsulated as the standard wants it; nothing where it can. */
export const whyNoEep = ({ description, acts }: DescribedDocument): string | undefined => {
  if (description.lacking.length > 0) return `缺 ${description.lacking.join('、')}`
  if (findElement(description.elements, 'M17') === undefined) return '没有编入卷内目录，没有件号'
  return acts.length === 0 ? '没有业务行为' : undefined
}

/** `at` is when the package is made. Throws for a paper of which `whyNoEep` says something. */
export const eepFrame = (d: DescribedDocument, agency: CaseOfObject['agency'], at: string): EepFrame => {
  const why = whyNoEep(d)
  if (why !== undefined) throw new Error(`no EEP of ${d.path}: ${why}`)
  return {
    opening: [
      EEP_OPENING,
      element(
        '封装包格式描述',
        '本EEP根据中华人民共和国档案行业标准DA/T 48-2009《基于XML的电子文件封装规范》生成',
      ),
      element('版本', EEP_VERSION),
    ].join(''),
    head: [
      `${OBJECT_OPENING}\n`,
      element('封装包类型', '原始型'),
      element('封装包类型描述', ORIGINAL),
      element('封装包创建时间', at),
      element('封装包创建单位', agency.name),
      '<封装内容>\n',
      fileEntity(d),
    ].join(''),
    tail: [
      `${DATA_CLOSING}\n</编码>\n</文档数据>\n</文档>\n</文件数据>\n</文件实体>\n`,
      relations(d),
      '</文件实体块>\n<业务实体块>\n',
      businessEntities(d),
      '</业务实体块>\n<机构人员实体块>\n',
      agents(d, agency),
      `</机构人员实体块>\n</封装内容>\n${OBJECT_CLOSING}`,
    ].join(''),
  }
}
