import { parseDate } from '../../../service/parse/parse-date.ts'

const shape =
  /(?<name>[A-Z][a-z]{2}, ?)?(?<day> ?\d{1,2}) [A-Z][a-z]{2} \d{4} \d\d:\d\d(?<seconds>:\d\d)? (?<zone>[+-]\d{4}|[A-Z]{1,4})/u

/** The Date field (RFC 5322 section 3.3) of another moment (epoch ms) in the manner of `like`. */
export function dateLike(like: string, at: number, zoneMinutes: number): string {
  const isSameZone = parseDate(like)?.zoneMinutes === zoneMinutes
  return like.replace(shape, (_, name: string = '', day: string, seconds: string = '', zone: string) => {
    // `Tue, 04 Apr 2023 16:52:59 GMT`
    const text = new Date(at + zoneMinutes * 60_000).toUTCString()
    const month = text.slice(8, 16)
    const time = text.slice(17, seconds === '' ? 22 : 25)
    const ownName = name === '' ? '' : text.slice(0, 4) + name.slice(4)
    return `${ownName}${dayLike(day, Number(text.slice(5, 7)))} ${month} ${time} ${isSameZone ? zone : zoneText(zoneMinutes)}`
  })
}

/** Days below ten stand alone, behind a blank, or behind a nought. */
function dayLike(like: string, day: number): string {
  const filler = /^[ 0]\d$/u.test(like) ? like.charAt(0) : ''
  return filler === '' ? String(day) : String(day).padStart(2, filler)
}

function zoneText(minutes: number): string {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}${twoDigits(size % 60)}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
