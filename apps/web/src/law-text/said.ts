import type { Reason } from '@liuhen/law/evaluation'

type Said = Readonly<{ message: string; facts?: Reason['facts'] | undefined }>

/** A reason in words, and who of several has not received the paper: names stand beside its message, which is kept, and never in it. */
export const said = ({ message, facts }: Said): string =>
  facts?.['wanting'] === undefined ? message : `${message}（${facts['wanting']}）`
