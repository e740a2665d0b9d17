import { parseTags } from '../dkim/key-record.ts'
import { find, type Resolve } from '../dns/resolve.ts'
import { judged, unanswered, type RecordCheck, type Wanted } from '../publishing/record-check.ts'

/** Where others report failures to encrypt (RFC 8460 section 3). */
export async function checkTlsRpt(domain: string, resolve: Resolve): Promise<RecordCheck> {
  const name = `_smtp._tls.${domain}`
  const wanted = `v=TLSRPTv1; rua=mailto:postmaster@${domain}`
  const record: Wanted = { kind: 'TLS-RPT', name, type: 'TXT', wanted, required: false }
  const found = await find(resolve, name, 'TXT')
  if (found.kind === 'unanswered') return unanswered(record, found.code)
  const texts = found.kind === 'records' ? found.texts.filter((text) => /^v=TLSRPTv1\s*;/u.test(text)) : []
  if (texts.length === 0) return judged(record, 'missing', [], `Publish at ${name}: TXT "${wanted}".`)
  if (texts.length > 1)
    return judged(record, 'differs', texts, `Leave one record at ${name}: several count as none.`)
  const [text = ''] = texts
  const reports = parseTags(text).get('rua') ?? ''
  return /^(?:mailto|https):/u.test(reports)
    ? judged({ ...record, wanted: text }, 'ok', texts, null)
    : judged(record, 'differs', texts, `Say rua=mailto:… or rua=https:… in ${name}.`)
}
