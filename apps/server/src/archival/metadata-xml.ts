import type { Described } from '@liuhen/domain/archival/describe'
import type { ArchivalScheme } from '@liuhen/domain/archival/scheme'
import { utf8 } from '@liuhen/ledger/bytes'
import { escapeText } from '../package-contents/xml.ts'

const lines = ({ no, name, text, of }: Described, indent: string): string[] => {
  const number = no === undefined ? '' : ` 编号="${no}"`
  if (of === undefined) return [`${indent}<${name}${number}>${escapeText(text ?? '')}</${name}>`]
  return [`${indent}<${name}${number}>`, ...of.flatMap((e) => lines(e, `${indent}  `)), `${indent}</${name}>`]
}

/** One object in the words, numbers and order of its scheme. The same input gives the same bytes. */
export const metadataXml = (scheme: ArchivalScheme, elements: readonly Described[]): Uint8Array =>
  utf8(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<元数据 标准="${escapeText(scheme.standard)}" 名称="${escapeText(scheme.title)}">`,
      ...elements.flatMap((e) => lines(e, '  ')),
      '</元数据>',
      '',
    ].join('\n'),
  )
