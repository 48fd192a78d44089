import { retentionTerm } from '../case-file/retention.ts'
import type { FileItem } from '../case-file/arrange.ts'
import type { OpenCase } from '../case/state.ts'
import { chinaClock, chinaDate } from '../document/china-time.ts'
import type { Known } from './describe.ts'

/** The case that an object belongs to, as it stood when the package was recorded. */
export type CaseOfObject = Readonly<{
  state: OpenCase
  agency: Readonly<{ id: string; name: string; code: string }>
}>

/** An act of the record: who did what to the object, and when. */
export type Act = Readonly<{
  id: string
  /** As the scheme calls it. */
  act: string
  at: string
  /** As the record calls it. */
  detail: string
  /** Nobody is a person when the system acted of itself. */
  by: Readonly<{ id: string; name: string; isPerson: boolean }>
}>

/** To the second, in China. */
export const archivalTime = (at: string): string => `${chinaDate(at)}T${chinaClock(at)}+08:00`

const VOLUMES = { main: '正卷', sub: '副卷' } as const

/** Year, term and number of the file: what archiving gives. Each volume is a file of its own and counts its items from 1. */
export const knownOfPlace = (
  { archive }: OpenCase,
  item: Pick<FileItem, 'no' | 'audience' | 'pageFrom' | 'pageTo'> | undefined,
  volume: 'main' | 'sub',
): Known => {
  if (archive === undefined) return {}
  const { archiveNo, keptUntil, at } = archive
  const volumeNo = `${archiveNo}-${VOLUMES[volume]}`
  const placed = item?.audience === volume ? item : undefined
  return {
    year: archiveNo.slice(0, 4),
    term: keptUntil === undefined ? '永久' : retentionTerm(chinaDate(at), keptUntil),
    volumeNo,
    itemNo: placed && String(placed.no),
    archivalCode: placed && `${volumeNo}-${placed.no}`,
    pageNos:
      placed === undefined || placed.pageFrom === 0
        ? undefined
        : placed.pageFrom === placed.pageTo
          ? String(placed.pageFrom)
          : `${placed.pageFrom}-${placed.pageTo}`,
  }
}

/** The agency, and everybody who acted on the object, each once. */
export const agentsOf = ({ agency }: CaseOfObject, acts: readonly Act[]): readonly Known[] => {
  const people = new Map(acts.map(({ by }) => [by.id, by]))
  return [
    { id: agency.id, kind: '单位', name: agency.name, code: agency.code },
    ...[...people.values()].map(({ id, name, isPerson }) => ({
      id,
      kind: isPerson ? '个人' : undefined,
      name,
    })),
  ]
}

export const actsAsKnown = (acts: readonly Act[], object: string): readonly Known[] =>
  acts.map(({ id, act, at, detail, by }) => ({ id, act, at: archivalTime(at), detail, object, agent: by.id }))

/** 人名 is of people; a shop or an organisation is in the title. */
export const personIn = ({ party }: OpenCase): string | undefined =>
  party?.kind === 'person' ? party.name : undefined

export const notesOf = (notes: readonly (string | undefined)[]): readonly Known[] =>
  notes.flatMap((text) => (text === undefined ? [] : [{ text }]))
