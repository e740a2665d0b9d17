/** Time zones by rule, not by the machine's tz database, so that a seed gives the same bytes everywhere. */
export interface Zone {
  readonly name: string
  readonly standardMinutes: number
  readonly summer: 'none' | 'eu' | 'us'
}

const zone = (name: string, standardMinutes: number, summer: Zone['summer'] = 'none'): Zone => ({
  name,
  standardMinutes,
  summer
})

export const zones = {
  london: zone('Europe/London', 0, 'eu'),
  lisbon: zone('Europe/Lisbon', 0, 'eu'),
  berlin: zone('Europe/Berlin', 60, 'eu'),
  athens: zone('Europe/Athens', 120, 'eu'),
  kyiv: zone('Europe/Kyiv', 120, 'eu'),
  istanbul: zone('Europe/Istanbul', 180),
  riyadh: zone('Asia/Riyadh', 180),
  dubai: zone('Asia/Dubai', 240),
  almaty: zone('Asia/Almaty', 300),
  bangkok: zone('Asia/Bangkok', 420),
  shanghai: zone('Asia/Shanghai', 480),
  tokyo: zone('Asia/Tokyo', 540),
  newYork: zone('America/New_York', -300, 'us'),
  chicago: zone('America/Chicago', -360, 'us'),
  losAngeles: zone('America/Los_Angeles', -480, 'us'),
  mexico: zone('America/Mexico_City', -360),
  bogota: zone('America/Bogota', -300),
  saoPaulo: zone('America/Sao_Paulo', -180),
  lagos: zone('Africa/Lagos', 60),
  utc: zone('UTC', 0)
} as const satisfies Record<string, Zone>

/** Minutes east of UTC in this zone at this moment (epoch ms). */
export function zoneMinutes(place: Zone, at: number): number {
  return place.standardMinutes + (isSummer(place, at) ? 60 : 0)
}

/** Epoch ms of a local wall-clock time. `day` counts days since 1970-01-01. */
export function localMoment(place: Zone, day: number, minuteOfDay: number): number {
  const wall = day * 86_400_000 + minuteOfDay * 60_000
  return wall - zoneMinutes(place, wall - place.standardMinutes * 60_000) * 60_000
}

/** EU: last Sundays of March and October, 01:00 UTC. US: second Sunday of March, first of November, 02:00 local. */
function isSummer({ summer, standardMinutes }: Zone, at: number): boolean {
  if (summer === 'none') return false
  const year = new Date(at).getUTCFullYear()
  const hour = 3_600_000
  if (summer === 'eu') return at >= sunday(year, 2, 31, -1) + hour && at < sunday(year, 9, 31, -1) + hour
  const twoLocal = 2 * hour - standardMinutes * 60_000
  return at >= sunday(year, 2, 8, 1) + twoLocal && at < sunday(year, 10, 1, 1) + twoLocal - hour
}

/** The Sunday on or before (`step` -1) or after (1) that date. */
function sunday(year: number, month: number, dayOfMonth: number, step: 1 | -1): number {
  let at = Date.UTC(year, month, dayOfMonth)
  while (new Date(at).getUTCDay() !== 0) at += step * 86_400_000
  return at
}

const two = (value: number): string => String(value).padStart(2, '0')
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export interface LocalTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly weekday: number
  readonly clock: string
  readonly seconds: string
}

/** Wall-clock fields; `month` and `weekday` count from 0 (January, Sunday). */
export function localTime(place: Zone, at: number): LocalTime {
  const wall = new Date(at + zoneMinutes(place, at) * 60_000)
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth(),
    day: wall.getUTCDate(),
    weekday: wall.getUTCDay(),
    clock: `${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}`,
    seconds: two(wall.getUTCSeconds())
  }
}

/** A Date field (RFC 5322 section 3.3). */
export function dateField(place: Zone, at: number): string {
  const { year, month, day, weekday, clock, seconds } = localTime(place, at)
  const minutes = zoneMinutes(place, at)
  const size = Math.abs(minutes)
  const offset = `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}${String(size % 60).padStart(2, '0')}`
  return `${days[weekday]}, ${day} ${months[month]} ${year} ${clock}:${seconds} ${offset}`
}
