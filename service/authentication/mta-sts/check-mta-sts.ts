import { parseTags } from '../dkim/key-record.ts'
import { find, type Resolve } from '../dns/resolve.ts'
import { judged, unanswered, type RecordCheck, type Wanted } from '../publishing/record-check.ts'

/** That the domain asks others to encrypt mail to it (RFC 8461 section 3.1). The policy file itself is served by its web host. */
export async function checkMtaSts(domain: string, resolve: Resolve): Promise<RecordCheck> {
  const name = `_mta-sts.${domain}`
  const record: Wanted = { kind: 'MTA-STS', name, type: 'TXT', wanted: 'v=STSv1; id=1', required: false }
  const found = await find(resolve, name, 'TXT')
  if (found.kind === 'unanswered') return unanswered(record, found.code)
  const texts = found.kind === 'records' ? found.texts.filter((text) => /^v=STSv1\s*;/u.test(text)) : []
  if (texts.length === 0)
    return judged(
      record,
      'missing',
      [],
      `Serve https://mta-sts.${domain}/.well-known/mta-sts.txt, then publish at ${name}: TXT "${record.wanted}".`
    )
  if (texts.length > 1)
    return judged(record, 'differs', texts, `Leave one record at ${name}: with several there is no policy.`)
  const [text = ''] = texts
  if (!/^[A-Za-z0-9]{1,32}$/u.test(parseTags(text).get('id') ?? ''))
    return judged(record, 'differs', texts, `Give ${name} an id of 1 to 32 letters and digits.`)
  return checkPolicyHost({ ...record, wanted: text }, texts, domain, resolve)
}

async function checkPolicyHost(
  record: Wanted,
  texts: readonly string[],
  domain: string,
  resolve: Resolve
): Promise<RecordCheck> {
  const host = `mta-sts.${domain}`
  const answers = await Promise.all([find(resolve, host, 'A'), find(resolve, host, 'AAAA')])
  const isThere = answers.some(({ kind }) => kind !== 'absent')
  return isThere
    ? judged(record, 'ok', texts, null)
    : judged(
        record,
        'differs',
        texts,
        `Publish an address for ${host}: nobody can fetch the policy that ${record.name} announces.`
      )
}
