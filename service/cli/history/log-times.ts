const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A line and its moment (epoch ms); null: the line names none. */
export type TimeOfLine = (line: string) => number | null

/** `2026-11-22T08:15:00.123456+01:00`, `2026-11-22 08:15:00 +0100`; without a zone by this machine's clock. */
const isoTime = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?(?: ?(Z|[+-]\d\d:?\d\d))?\b/u
/** RFC 3164: `Nov 22 08:15:00`, without a year, by the clock of the machine that wrote it. */
const syslogTime = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)\b/u

/** Times of a log's lines, which come in order. `firstYear`: of the first line, where lines name none. */
export function createTimeOfLine(firstYear: number): TimeOfLine {
  let year = firstYear
  let lastMonth = -1
  return (line) => {
    const iso = isoOf(line)
    if (iso !== null) return iso
    const [, name = '', ...numbers] = syslogTime.exec(line) ?? []
    const month = months.indexOf(name)
    if (month === -1) return null
    if (isNewYear(lastMonth, month)) year += 1
    lastMonth = month
    const [day = 1, hour = 0, minute = 0, second = 0] = numbers.map(Number)
    return valid(new Date(year, month, day, hour, minute, second).getTime())
  }
}

/**
 * Which year a log without years begins in: its last line is from the year in which that was no more than a day after `writtenAt` (epoch ms, of
 * the file), and each December before a January is one back.
 */
export function createFirstYear(writtenAt: number): { see(line: string): void; year(): number } {
  let lastMonth = -1
  let newYears = 0
  let last: { readonly month: number; readonly day: number } | null = null
  return {
    see(line) {
      const [, name = '', day = ''] = syslogTime.exec(line) ?? []
      const month = months.indexOf(name)
      if (month === -1) return
      if (isNewYear(lastMonth, month)) newYears += 1
      lastMonth = month
      last = { month, day: Number(day) }
    },
    year() {
      const written = new Date(writtenAt)
      const lastYear = written.getFullYear()
      if (last === null) return lastYear
      const isAhead = new Date(lastYear, last.month, last.day).getTime() > writtenAt + dayMs
      return lastYear - Number(isAhead) - newYears
    }
  }
}

const dayMs = 86_400_000

/** Lines of several processes may stand a little out of order; a year does not begin in the middle. */
function isNewYear(before: number, month: number): boolean {
  return before - month > 6
}

function isoOf(line: string): number | null {
  const [, date = '', time = '', zone] = isoTime.exec(line) ?? []
  if (date === '') return null
  return valid(Date.parse(`${date}T${time}${zone === undefined ? '' : withColon(zone)}`))
}

function withColon(zone: string): string {
  return zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone
}

function valid(at: number): number | null {
  return Number.isFinite(at) ? at : null
}
