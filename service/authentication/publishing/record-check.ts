/** One record that mail from a domain needs, and what DNS says of it. */
export interface RecordCheck {
  readonly kind: 'SPF' | 'DKIM' | 'DMARC' | 'MTA-STS' | 'TLS-RPT' | 'PTR' | 'HELO'
  /** The name to look up, and its type. */
  readonly name: string
  readonly type: 'TXT' | 'PTR' | 'A/AAAA'
  /** What to publish, or what has to be true of it. */
  readonly wanted: string
  /** What DNS says now. */
  readonly found: readonly string[]
  readonly state: RecordState
  /** Without it mail is refused or taken for forged. The others are good practice. */
  readonly required: boolean
  /** What to change, exactly; null: nothing. */
  readonly change: string | null
}

/** `dangerous`: it harms more than none at all. `unknown`: DNS did not answer. */
export type RecordState = 'ok' | 'missing' | 'differs' | 'dangerous' | 'unknown'

/** Everything about a record but the judgement. */
export type Wanted = Pick<RecordCheck, 'kind' | 'name' | 'type' | 'wanted' | 'required'>

export function judged(
  record: Wanted,
  state: RecordState,
  found: readonly string[],
  change: string | null
): RecordCheck {
  return { ...record, state, found: found.map(shown), change }
}

export function unanswered(record: Wanted, code: string): RecordCheck {
  return judged(record, 'unknown', [], `Ask again: DNS did not answer for ${record.name} (${code}).`)
}

const maxShown = 2_048

/** DNS answers are a stranger's text: bounded, and printable. */
function shown(text: string): string {
  return text.replaceAll(/[^\u0020-\u007e]/gu, '?').slice(0, maxShown)
}
