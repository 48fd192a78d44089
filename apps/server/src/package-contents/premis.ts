import { utf8 } from '@liuhen/ledger/bytes'
import { titleOf, type ToldEvent } from './told-event.ts'
import { escapeText } from './xml.ts'

export type PremisFile = Readonly<{
  path: string
  sha256: string
  sizeBytes: number
  mime: string
  title: string
}>
export type PremisInput = Readonly<{
  caseId: string
  agency: Readonly<{ id: string; name: string }>
  files: readonly PremisFile[]
  events: readonly ToldEvent[]
}>

const tag = (name: string, text: string): string => `<${name}>${escapeText(text)}</${name}>`
const identifier = (kind: string, type: string, value: string): string =>
  `<${kind}Identifier>${tag(`${kind}IdentifierType`, type)}${tag(`${kind}IdentifierValue`, value)}</${kind}Identifier>`

const object = (f: PremisFile): string =>
  [
    '<object xsi:type="file">',
    identifier('object', 'path', f.path),
    '<objectCharacteristics><fixity>',
    tag('messageDigestAlgorithm', 'SHA-256'),
    tag('messageDigest', f.sha256),
    '</fixity>',
    tag('size', String(f.sizeBytes)),
    `<format><formatDesignation>${tag('formatName', f.mime)}</formatDesignation></format>`,
    '</objectCharacteristics>',
    tag('originalName', f.title),
    '</object>',
  ].join('')

const event = (e: ToldEvent, caseId: string): string =>
  [
    '<event>',
    identifier('event', 'UUID', e.id),
    tag('eventType', titleOf(e, e.streamId === caseId)),
    tag('eventDateTime', e.at),
    `<eventDetailInformation>${tag('eventDetail', `${e.type} ${e.streamId} v${e.version}，日志序号 ${e.index}，记录于 ${e.recordedAt}${e.about === undefined ? '' : `，${e.about}`}`)}</eventDetailInformation>`,
    `<linkingAgentIdentifier>${tag('linkingAgentIdentifierType', 'name')}${tag('linkingAgentIdentifierValue', e.agent)}</linkingAgentIdentifier>`,
    '</event>',
  ].join('')

const agent = (type: string, name: string): string =>
  `<agent>${identifier('agent', 'name', name)}${tag('agentName', name)}${tag('agentType', type)}</agent>`

/** metadata/premis.xml: PREMIS 3.0 with the files and the events of the package. The same input gives the same bytes. */
export const premisXml = (p: PremisInput): Uint8Array => {
  const people = [...new Set(p.events.map((e) => e.agent))].filter((name) => name !== p.agency.name)
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<premis xmlns="http://www.loc.gov/premis/v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0">',
    ...p.files.map(object),
    ...p.events.map((e) => event(e, p.caseId)),
    agent('organization', p.agency.name),
    ...people.map((name) => agent('person', name)),
    '</premis>',
  ]
  return utf8(`${lines.join('\n')}\n`)
}
