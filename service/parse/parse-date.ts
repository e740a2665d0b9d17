const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** RFC 5322 section 4.3: obsolete zones; single letters mean unknown, -0000. */
const namedZones: Readonly<Record<string, number>> = {
  ut: 0, gmt: 0, utc: 0, z: 0, est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360, pst: -480, pdt: -420,
  cet: 60, cest: 120, bst: 60, ist: 330, jst: 540
} // prettier-ignore

const shape =
  /(\d{1,2})[\s-]+([a-z]{3,9})[\s-]+(\d{2,4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{4}|[a-z]{1,5})?/iu

/** Date field → epoch ms and the zone that it claims, in minutes east of UTC; null for anything that is no date (RFC 5322 section 3.3). */
export function parseDate(value: string): { readonly at: number; readonly zoneMinutes: number } | null {
  const found = shape.exec(value.slice(0, 200))?.slice(1)
  if (!found) return null
  const [day = '', monthName = '', year = '', ...time] = found
  const month = months.indexOf(monthName.slice(0, 3).toLowerCase())
  const clock = clockOf(time)
  if (month < 0 || !isWithin(day, 1, 31) || !clock) return null
  const { zoneMinutes, seconds } = clock
  return {
    at: Date.UTC(fullYear(year), month, Number(day)) + seconds * 1_000 - zoneMinutes * 60_000,
    zoneMinutes
  }
}

function clockOf([hour = '', minute = '', second = '0', zone = '']: readonly string[]):
  { readonly seconds: number; readonly zoneMinutes: number } | undefined {
  if (!isWithin(hour, 0, 23) || !isWithin(minute, 0, 59)) return undefined
  // RFC 5322 section 3.3 allows second 60, a leap second; no clock here has one.
  const seconds = Number(hour) * 3_600 + Number(minute) * 60 + Math.min(59, Number(second))
  return { seconds, zoneMinutes: minutesOf(zone) }
}

function isWithin(digits: string, least: number, most: number): boolean {
  return Number(digits) >= least && Number(digits) <= most
}

/** RFC 5322 section 4.3: two digits below 50 are 20xx, others 19xx; three digits count from 1900. */
function fullYear(text: string): number {
  const year = Number(text)
  if (text.length === 2) return year < 50 ? 2000 + year : 1900 + year
  return text.length === 3 ? 1900 + year : year
}

function minutesOf(zone: string): number {
  const offset = /^([+-])(\d{2})(\d{2})$/u.exec(zone)
  if (!offset) return namedZones[zone.toLowerCase()] ?? 0
  const minutes = Number(offset[2]) * 60 + Number(offset[3])
  if (minutes > 14 * 60) return 0
  return offset[1] === '-' ? -minutes : minutes
}
