import { find, type Resolve } from '../dns/resolve.ts'
import { judged, unanswered, type RecordCheck, type Wanted } from '../publishing/record-check.ts'
import type { DomainKeys, GenerationState, KeyRecord } from './domain-keys.ts'
import { keyRecordsOf } from './domain-keys.ts'
import { compareKeyRecord, type KeyRecordState } from './key-record.ts'

/** A key record for each selector that signs, will sign, or signed until lately. */
export function checkDkim(keys: DomainKeys, resolve: Resolve): Promise<readonly RecordCheck[]> {
  const records = keys.generations.flatMap((generation) =>
    keyRecordsOf(keys.domain, generation).map((record) => ({ record, state: generation.state }))
  )
  return Promise.all(records.map(({ record, state }) => checkKeyRecord(record, state, resolve)))
}

/** Those of a generation that DNS does not show as they should be. */
export async function missingRecords(
  records: readonly KeyRecord[],
  resolve: Resolve
): Promise<readonly KeyRecord[]> {
  const checks = await Promise.all(records.map((record) => checkKeyRecord(record, 'prepared', resolve)))
  return records.filter((_, index) => checks[index]?.state !== 'ok')
}

async function checkKeyRecord(
  { name, text }: KeyRecord,
  state: GenerationState,
  resolve: Resolve
): Promise<RecordCheck> {
  const record: Wanted = { kind: 'DKIM', name, type: 'TXT', wanted: text, required: state === 'active' }
  const found = await find(resolve, name, 'TXT')
  const publish = `Publish at ${name}: TXT "${text}".`
  if (found.kind === 'unanswered') return unanswered(record, found.code)
  if (found.kind === 'absent') return judged(record, 'missing', [], publish)
  const { texts } = found
  if (texts.length > 1)
    return judged(
      record,
      'dangerous',
      texts,
      `Leave one record at ${name}: which of several counts is left to chance (RFC 6376 section 3.6.2.2).`
    )
  const verdict = compareKeyRecord(texts[0] ?? '', text)
  return judged(record, verdicts[verdict].state, texts, verdicts[verdict].change(name, text))
}

const replace = (name: string, text: string): string => `Replace the record at ${name} by: "${text}".`

const verdicts = {
  ok: { state: 'ok', change: () => null },
  revoked: {
    state: 'dangerous',
    change: (name, text) =>
      `${name} has an empty p=: the key is revoked, every signature fails. ${replace(name, text)}`
  },
  'other-key': {
    state: 'dangerous',
    change: (name, text) => `${name} shows another key: every signature fails. ${replace(name, text)}`
  },
  unusable: { state: 'differs', change: replace },
  testing: {
    state: 'differs',
    change: (name) => `Take t=y out of ${name}: with it verifiers may treat signed mail as unsigned.`
  }
} as const satisfies Record<
  KeyRecordState,
  { readonly state: RecordCheck['state']; readonly change: (name: string, text: string) => string | null }
>
