import { parseTags } from '../dkim/key-record.ts'
import { find, type Resolve } from '../dns/resolve.ts'
import { judged, unanswered, type RecordCheck, type Wanted } from '../publishing/record-check.ts'
import { organisationOf } from './organisation.ts'

const policies: readonly string[] = ['none', 'quarantine', 'reject']

/** The domain's own policy (RFC 9989 section 4.10.1), or that of its organisation. */
export async function checkDmarc(domain: string, resolve: Resolve): Promise<RecordCheck> {
  const name = `_dmarc.${domain}`
  const wanted = `v=DMARC1; p=none; rua=mailto:postmaster@${domain}`
  const record: Wanted = { kind: 'DMARC', name, type: 'TXT', wanted, required: true }
  const found = await find(resolve, name, 'TXT')
  if (found.kind === 'unanswered') return unanswered(record, found.code)
  const own = found.kind === 'records' ? found.texts.filter(isDmarc) : []
  if (own.length > 0) return judgePolicy(record, own)
  const others = found.kind === 'records' ? found.texts : []
  return inherited(record, others, organisationOf(domain), domain, resolve)
}

/** RFC 9989 section 4.7: the version stands first, exactly. */
function isDmarc(text: string): boolean {
  return /^v[ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)/iu.test(text) && text.includes('DMARC1')
}

function judgePolicy(record: Wanted, texts: readonly string[]): RecordCheck {
  const { name } = record
  if (texts.length > 1)
    return judged(
      record,
      'dangerous',
      texts,
      `Leave one DMARC record at ${name}: with several there is no policy at all (RFC 9989 section 4.10).`
    )
  const [text = ''] = texts
  const tags = parseTags(text)
  const policy = tags.get('p')?.toLowerCase()
  if (policy === undefined || !policies.includes(policy))
    return judged(
      record,
      'differs',
      texts,
      `Say p=none, p=quarantine or p=reject in ${name}; now it says ${policy === undefined ? 'nothing' : `p=${policy}`}.`
    )
  return judged({ ...record, wanted: text }, 'ok', texts, adviceOf(name, policy, tags.has('rua')))
}

function adviceOf(name: string, policy: string, reports: boolean): string | null {
  if (!reports) return `Add rua=mailto:… to ${name}: reports show who sends in your name.`
  return policy === 'none'
    ? `p=none stops nobody. Once the reports show your own mail aligned, say p=quarantine, then p=reject.`
    : null
}

async function inherited(
  record: Wanted,
  others: readonly string[],
  organisation: string,
  domain: string,
  resolve: Resolve
): Promise<RecordCheck> {
  const publish = `Publish at ${record.name}: TXT "${record.wanted}".`
  if (organisation === domain) return judged(record, 'missing', others, publish)
  const found = await find(resolve, `_dmarc.${organisation}`, 'TXT')
  if (found.kind === 'unanswered') return unanswered(record, found.code)
  const texts = found.kind === 'records' ? found.texts.filter(isDmarc) : []
  if (texts.length === 0) return judged(record, 'missing', others, publish)
  return judgePolicy({ ...record, name: `_dmarc.${organisation}` }, texts)
}
