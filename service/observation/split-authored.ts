import {
  appleForward,
  attribution,
  attributionStart,
  greetingWords,
  listFooter,
  originalMessage,
  quotedFrom,
  quotedSent,
  ruleLine,
  signOffPhrases,
  unspacedGreetings
} from './quote-markers.ts'

/** A body taken apart: what the sender wrote, and what he only carried along. */
export interface SplitBody {
  /** Greeting, text and sign-off in reading order. */
  readonly authored: string
  /** The text alone stands in `authored` from here … */
  readonly coreStart: number
  /** … to here. */
  readonly coreEnd: number
  readonly quoted: string
  readonly signature: string
  /** First words before the name, lower case; '' if none. */
  readonly greeting: string
  readonly signOff: string
  /** Length of the longest authored line. */
  readonly longestLine: number
}

const maxLines = 20_000
const footerLines = 15
/** Longer lines are text: no marker is looked for in them. */
const maxMarkerLine = 300

/** Splits quotes, signature, list footer, greeting and sign-off off a plain-text body. One pass over its lines. */
export function splitAuthored(text: string): SplitBody {
  const lines = text.split('\n', maxLines).map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
  const end = withoutFooter(lines)
  const authored: string[] = []
  const quoted: string[] = []
  let signature = ''
  let at = 0
  for (; at < end; at += 1) {
    const line = lines[at] ?? ''
    if (isSignatureMark(line)) {
      signature = lines
        .slice(at + 1, Math.min(end, at + 21))
        .join('\n')
        .trim()
      break
    }
    if (startsOriginal(lines, at)) {
      quoted.push(...lines.slice(at, end))
      break
    }
    if (isQuoteLine(line)) quoted.push(line)
    else if (isAttribution(lines, at)) moveAttribution(line, authored, quoted)
    else authored.push(line)
  }
  return { ...frame(authored), quoted: quoted.join('\n'), signature }
}

/** A rule near the end with a list's or a provider's words below it ends the message. */
function withoutFooter(lines: readonly string[]): number {
  for (let at = Math.max(0, lines.length - footerLines); at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (line.length < 10 || line.length > maxMarkerLine || !ruleLine.test(line)) continue
    if (
      listFooter.test(
        lines
          .slice(at, at + footerLines)
          .join('\n')
          .slice(0, 4_000)
      )
    )
      return at
  }
  return lines.length
}

/** RFC 3676 section 4.3: dash dash space; many programs lose the space. */
function isSignatureMark(line: string): boolean {
  return line === '-- ' || line === '--'
}

function isQuoteLine(line: string): boolean {
  const first = line.trimStart().charCodeAt(0)
  return first === 0x3e || (first === 0x7c && line.length > 1)
}

function startsOriginal(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? ''
  if (line.length > maxMarkerLine) return false
  const mark = line.trimStart().charCodeAt(0)
  if (mark === 0x2d) return originalMessage.test(line)
  if (!line.includes(':') && !line.includes('：')) return false
  if (appleForward.test(line)) return true
  if (!quotedFrom.test(line)) return false
  return lines.slice(at + 1, at + 5).some((next) => quotedSent.test(next.slice(0, 80)))
}

function isAttribution(lines: readonly string[], at: number): boolean {
  const line = (lines[at] ?? '').trimEnd()
  if (line.length > maxMarkerLine || !(line.endsWith(':') || line.endsWith('：'))) return false
  if (attribution.test(line)) return true
  const next = lines[at + 1] ?? ''
  return isQuoteLine(next === '' ? (lines[at + 2] ?? '') : next)
}

/** Long attributions are folded: `On Monday, Jane Doe` / `<jane@…> wrote:`. */
function moveAttribution(line: string, authored: string[], quoted: string[]): void {
  const before = authored.at(-1)
  if (
    before !== undefined &&
    before !== '' &&
    !attributionStart.test(line) &&
    attributionStart.test(before)
  ) {
    authored.pop()
    quoted.push(before)
  }
  quoted.push(line)
}

type Framed = Pick<SplitBody, 'authored' | 'coreStart' | 'coreEnd' | 'greeting' | 'signOff' | 'longestLine'>

/** Finds greeting and sign-off at the two ends of the authored lines. */
function frame(lines: readonly string[]): Framed {
  let first = 0
  while (first < lines.length && (lines[first] ?? '').trim() === '') first += 1
  let last = lines.length
  while (last > first && (lines[last - 1] ?? '').trim() === '') last -= 1
  const kept = lines.slice(first, last)
  const greeting = greetingOf(kept[0] ?? '')
  const coreFirst = greeting === '' ? 0 : 1
  const [signOff, coreLast] = findSignOff(kept, coreFirst)
  const head = kept.slice(0, coreFirst).join('\n')
  const core = kept.slice(coreFirst, coreLast).join('\n')
  const tail = kept.slice(coreLast).join('\n')
  const coreStart = head === '' ? 0 : head.length + 1
  const authored = [head, core, tail].filter((piece, index) => index === 1 || piece !== '').join('\n')
  let longestLine = 0
  for (const line of kept) longestLine = Math.max(longestLine, line.length)
  return { authored, coreStart, coreEnd: coreStart + core.length, greeting, signOff, longestLine }
}

/** `Hi Bob,` → `hi`; `Sehr geehrte Frau Meier,` → `sehr geehrte`: the words before the name. */
function greetingOf(line: string): string {
  if (line.length > 80) return ''
  const words = line.trim().split(/[\s,!;:，、！]+/u, 4)
  const first = (words[0] ?? '').toLowerCase()
  if (!greetingWords.has(first)) return unspacedGreetings.find((greeting) => first.startsWith(greeting)) ?? ''
  const isShort = words.length <= 3 || /[,!:，]\s*$/u.test(line)
  if (!isShort) return ''
  const second = words[1] ?? ''
  return second !== '' && second === second.toLowerCase() && second !== second.toUpperCase()
    ? `${first} ${second}`
    : first
}

/** Looks at the last few lines only; the name below belongs to it. */
function findSignOff(lines: readonly string[], from: number): [signOff: string, coreEnd: number] {
  let seen = 0
  for (let at = lines.length - 1; at > from && seen < 5; at -= 1) {
    const line = (lines[at] ?? '').trim()
    if (line === '') continue
    seen += 1
    if (line.length > 40) continue
    const lower = line.toLowerCase()
    const phrase = signOffPhrases.find((known) => startsWithPhrase(lower, known))
    if (phrase !== undefined) return [nameless(lower), at]
  }
  return ['', lines.length]
}

/** `thanks, bob` → `thanks`. */
function nameless(line: string): string {
  const phrase = line.split(/[,.!;:，。！-]/u, 1)[0] ?? ''
  return phrase
    .replaceAll(/[^\p{L}\p{M} ]+/gu, '')
    .trim()
    .slice(0, 30)
}

function startsWithPhrase(line: string, phrase: string): boolean {
  if (!line.startsWith(phrase)) return false
  const next = line.charAt(phrase.length)
  return next === '' || !/[a-z0-9]/u.test(next)
}
