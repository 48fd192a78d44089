import type { ChainPart } from '@liuhen/ledger/chain/seal-record'
import type { CloseRecord, OpenRecord } from '@liuhen/ledger/chain/record'

/** What the page asks of the worker that writes. One run is one folder: its bytes, and its chain. */
export type DiskAsk =
  | Readonly<{ do: 'open'; chain: string; key: CryptoKey; part: Extract<ChainPart, { kind: 'open' }> }>
  | Readonly<{ do: 'segment'; chain: string; bytes: ArrayBuffer; wall: string; mono: number }>
  | Readonly<{ do: 'mark'; chain: string; part: Extract<ChainPart, { kind: 'mark' }> }>
  | Readonly<{ do: 'close'; chain: string; part: Extract<ChainPart, { kind: 'close' }> }>
  | Readonly<{ do: 'recover'; chain: string; keys: readonly KnownKey[]; wall: string }>
  | Readonly<{ do: 'list' }>
  | Readonly<{ do: 'remove'; chain: string }>

export type KnownKey = Readonly<{ publicKey: string; privateKey: CryptoKey }>

/** What lies in a folder that was found at a start. */
export type Found = Readonly<{
  open?: OpenRecord
  /** Its end, as it was or has just been signed; absent where no key of this phone could. */
  close?: CloseRecord
  sizes: readonly number[]
  marks: readonly Readonly<{ code: string; atSeconds: number }>[]
  /** Wall time of the last segment. */
  lastAt?: string
  link?: string
}>

export type DiskAnswer = Readonly<{
  open: Readonly<{ link: string }>
  segment: Readonly<{ bytes: number }>
  mark: undefined
  close: Readonly<{ link: string }>
  recover: Found
  list: readonly string[]
  remove: undefined
}>
