import type { Box, Matrix } from './matrix.ts'

/** Red, green and blue from 0 to 255, and how much of it covers what lies beneath, from 0 to 1. */
export type Colour = Readonly<{ rgb: readonly [number, number, number]; alpha: number }>

export type Glyph = Readonly<{
  /** Its number in the typeface. */
  id: number
  /** What it says; one character as a rule, more where several are drawn as one. */
  text: string
  /** From its origin to that of the next, in millimetres before the matrix. */
  advance: number
}>

type Placed = Readonly<{
  /** Millimetres on the page; nothing is drawn outside. */
  box: Box
  /** A seal that darkens what it covers lies beneath the words: on white paper the picture is the same. */
  isBeneath: boolean
}>

export type TextObject = Placed &
  Readonly<{
    kind: 'text'
    /** The typeface's name in the PDF, with the mark of the subset. */
    font: string
    /** Millimetres. */
    size: number
    /** From the line, whose origin is the first glyph's, to the page. */
    matrix: Matrix
    glyphs: readonly Glyph[]
    fill: Colour
  }>

/** Points in millimetres on the page. `M` and `L` have one, `B` three, `Q` two, `C` none. */
export type Segment = Readonly<{
  verb: 'M' | 'L' | 'B' | 'Q' | 'C'
  points: readonly (readonly [number, number])[]
}>

export type Pen = Readonly<{
  colour: Colour
  width: number
  cap: 'Butt' | 'Round' | 'Square'
  join: 'Miter' | 'Round' | 'Bevel'
  miterLimit: number
  dash: readonly number[]
  dashOffset: number
}>

export type PathObject = Placed &
  Readonly<{
    kind: 'path'
    segments: readonly Segment[]
    fill?: Colour
    isEvenOdd: boolean
    pen?: Pen
  }>

export type ImageObject = Placed &
  Readonly<{
    kind: 'image'
    image: Image
    /** From the square of one by one, its origin at the upper left, to the page. */
    matrix: Matrix
    alpha: number
  }>

export type Image = Readonly<{ format: 'JPEG' | 'PNG'; bytes: Uint8Array }>

export type PageObject = TextObject | PathObject | ImageObject

/** Millimetres. */
export type DrawnPage = Readonly<{ width: number; height: number; objects: readonly PageObject[] }>

/** Something on a page that this copy cannot show as it is, by its name in PDF. Nothing is left out in silence. */
export class NotCarriedOver extends Error {}
