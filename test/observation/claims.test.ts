import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../helpers/fixed-chance.ts'
import { parseAddress } from '../../service/message/address.ts'
import { claimNames, observeClaims, type Claim } from '../../service/observation/claims.ts'
import { parseMessage } from '../../service/parse/parse-message.ts'
import { showsOwnHabit } from '../../service/scoring/learn.ts'

const corpus = readFileSync(new URL('../corpora/claims/cases.txt', import.meta.url), 'utf8')

async function claimsOf(lines: string, mailFrom: string, sender: string): Promise<readonly Claim[]> {
  const outcome = await parseMessage(Buffer.from(lines.replaceAll('\n', '\r\n')))
  assert.equal(outcome.kind, 'parsed')
  const envelope = { mailFrom: parseAddress(mailFrom) ?? null, rcptTo: [] }
  return outcome.kind === 'parsed' ? observeClaims(outcome.message, envelope, sender) : []
}

for (const block of corpus.split('=====\n').slice(1)) {
  const empty = block.indexOf('\n\n')
  const [about = '', ...facts] = block.slice(0, empty).split('\n')
  const fact = (name: string): string =>
    facts
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? ''
  test(about, async () => {
    const claims = await claimsOf(block.slice(empty + 2), fact('MAIL FROM').slice(1, -1), fact('sender'))
    assert.equal(claims.join(', '), fact('claims'))
    assert.equal(showsOwnHabit({ claims }) ? 'yes' : 'no', fact('teaches'))
  })
}

const fields = ['Auto-Submitted', 'Precedence', 'List-Post', 'List-Id', 'Mailing-List', 'Resent-From', 'X-Forwarded-For', 'From'] // prettier-ignore

test('hostile fields give known claims, each once and in order', async () => {
  const field = fc.tuple(fc.constantFrom(...fields), fc.string({ unit: 'binary', maxLength: 60 }))
  await fc.assert(
    fc.asyncProperty(fc.array(field), fc.string(), async (header, sender) => {
      const text = ['Subject: x', ...header.map(([name, value]) => `${name}: ${value}`), '', 'body'].join(
        '\n'
      )
      const claims = await claimsOf(text, sender, sender)
      assert.deepEqual(
        claims,
        claimNames.filter((name) => claims.includes(name))
      )
    }),
    { numRuns: 60 }
  )
})
