import { styleText } from 'node:util'
import { neutralise } from './neutralise.ts'

/** What lines and tables are kept within, also on wider screens: long lines are hard to read. */
const maxColumns = 100
const minColumns = 60

type Format = Parameters<typeof styleText>[0]
/** A format of `styleText`, or several. */
export type Style = Extract<Format, string> | readonly Extract<Format, string>[]

export interface Terminal {
  /** Somebody is looking: standard output is a terminal. */
  readonly isInteractive: boolean
  readonly columns: number
  /** Colour on a terminal only, and never with NO_COLOR. */
  paint(style: Style, text: string): string
  /** One line, or several. */
  print(text: string): void
  /** One JSON value on a line of its own. */
  printJson(value: unknown): void
}

export interface TerminalOptions {
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }
}

/** Where a command writes what it found. Faults go elsewhere: see report-fault.ts. */
export function createTerminal({ output }: TerminalOptions): Terminal {
  const isInteractive = output.isTTY === true
  return {
    isInteractive,
    columns: isInteractive
      ? Math.max(minColumns, Math.min(maxColumns, output.columns || maxColumns))
      : maxColumns,
    paint: (style, text) => styleText([style].flat(), text, { stream: output }),
    print: (text) => void output.write(`${text}\n`),
    printJson: (value) => void output.write(`${JSON.stringify(value)}\n`)
  }
}

/** Label and value in two columns, wrapped. Values may come from mail: they are neutralised. */
export function factLines(terminal: Terminal, facts: readonly (readonly [string, string])[]): string {
  const width = Math.max(...facts.map(([label]) => label.length)) + 2
  return facts
    .map(([label, value]) => {
      const lines = wrap(neutralise(value), terminal.columns - width - 2)
      const head = terminal.paint('dim', label.padEnd(width))
      return lines.map((line, index) => `  ${index === 0 ? head : ' '.repeat(width)}${line}`).join('\n')
    })
    .join('\n')
}

/** Breaks at blanks; a word longer than the line is cut. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((whole) => cut(whole, columns))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (displayWidth(longer) <= columns) line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line]
}

function cut(word: string, columns: number): readonly string[] {
  if (displayWidth(word) <= columns) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const character of word) {
    if (displayWidth(piece + character) > columns) {
      pieces.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...pieces, piece]
}

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u
const zero = /\p{Mark}|\u200d|\ufe0f/u

/** Columns that the text takes: East Asian wide characters take two (Unicode TR 11), combining marks none. */
export function displayWidth(text: string): number {
  let columns = 0
  for (const character of text) columns += zero.test(character) ? 0 : wide.test(character) ? 2 : 1
  return columns
}
