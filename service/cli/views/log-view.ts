import { z } from 'zod'
import { neutralise } from './neutralise.ts'
import { wrap, type Terminal } from './terminal.ts'

/** A destination for the log that a person reads: time, event and facts, a line each event where it fits. */
export function logView(terminal: Terminal): { write(line: string): void } {
  return {
    write: (line) => {
      const entry = entrySchema.safeParse(JSON.parse(line))
      if (entry.success) terminal.print(toLines(entry.data, terminal))
    }
  }
}

const entrySchema = z.looseObject({ level: z.number(), time: z.number(), event: z.string() })

/** pino's levels. */
const warnLevel = 40
const errorLevel = 50

function toLines({ level, time, event, ...facts }: z.output<typeof entrySchema>, terminal: Terminal): string {
  const colour = level >= errorLevel ? 'red' : level >= warnLevel ? 'yellow' : 'dim'
  const clock = new Date(time).toTimeString().slice(0, 'hh:mm:ss'.length)
  const told = Object.entries(facts).map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`
  )
  const head = `${terminal.paint('dim', clock)} ${terminal.paint(colour, neutralise(event))}`
  const rest = neutralise(told.join(', '))
  if (rest === '') return head
  if (clock.length + event.length + rest.length + 3 <= terminal.columns) return `${head}  ${rest}`
  return [head, ...wrap(rest, terminal.columns - indent.length).map((line) => indent + line)].join('\n')
}

const indent = '         '
