import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test, type TestContext } from 'node:test'
import { gzipSync } from 'node:zlib'
import { loadEnronStaff } from '../../datasets/enron/load-enron.ts'
import { loadHistories } from '../../datasets/histories/load-histories.ts'
import { loadLingSpam } from '../../datasets/ling-spam/load-ling-spam.ts'
import { loadPhishingPot } from '../../datasets/phishing-pot/load-phishing-pot.ts'

async function directoryWith(t: TestContext, file: string, lines: readonly object[]): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'sluice-data-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  await writeFile(path.join(directory, file), gzipSync(lines.map((line) => JSON.stringify(line)).join('\n')))
  return directory
}

test('Ling-Spam text is put back as people write it', async (t) => {
  const raw =
    'Subject: re : free offer\n\nhello , visit http : / / www . example . com now ! it is free . write to bob @ example . com .\n'
  const { mail, provenance } = await loadLingSpam(
    await directoryWith(t, 'lingspam.jsonl.gz', [{ id: '1', label: 'spam', raw }])
  )
  assert.match(
    mail[0]?.raw ?? '',
    /Hello, visit http:\/\/www\.example\.com now! It is free\. Write to\s+bob@example\.com\./u
  )
  assert.match(mail[0]?.raw ?? '', /^In-Reply-To:/mu)
  assert.deepEqual([mail[0]?.label, provenance.sha256.length], ['bad', 64])
})

test('of Enron only what its own people wrote is taken as honest', async (t) => {
  const lines = [
    { id: 'a/1', label: 'ham', raw: 'From: ann@enron.com\nSubject: Gas\n\nFine with me=20\n' },
    { id: 'a/2', label: 'ham', raw: 'From: deals@lists.example\nSubject: Win\n\nClick\n' }
  ]
  const { mail } = await loadEnronStaff(await directoryWith(t, 'enron.jsonl.gz', lines))
  assert.deepEqual(
    mail.map(({ id }) => id),
    ['enron/a/1']
  )
  assert.doesNotMatch(mail[0]?.raw ?? '', /=20/u)
})

test('histories keep order, client and recipients, and survive lines without them', async (t) => {
  const lines = [
    {
      id: '1',
      sender: 'A@B.example',
      ts: 100,
      client: { ip: '192.0.2.1' },
      rcpt: ['c@d.example', 7],
      raw: 'Subject: x\n\ny\n'
    },
    { id: '2', client: null }
  ]
  const { mail } = await loadHistories(await directoryWith(t, 'histories.jsonl.gz', lines))
  assert.deepEqual(mail[0]?.client, { ip: '192.0.2.1', helo: null })
  assert.deepEqual(
    [mail[0]?.sender, mail[0]?.receivedAt, mail[0]?.recipients],
    ['a@b.example', 100_000, ['c@d.example']]
  )
  assert.deepEqual(mail[1]?.client, { ip: null, helo: null })
})

test("the honeypot's own address does not reach the model", async (t) => {
  const raw = 'Received: by pot\nFrom: x@y.example\nTo: phishing@pot\nSubject: a\n\nDear phishing@pot\n'
  const { mail } = await loadPhishingPot(
    await directoryWith(t, 'phishing-2022-2024.jsonl.gz', [{ id: '1', raw }])
  )
  assert.doesNotMatch(mail[0]?.raw ?? '', /@pot|Received/u)
})

test('a file that is no gzip fails with the reason', async (t) => {
  const directory = await mkdtemp(path.join(tmpdir(), 'sluice-data-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  await writeFile(path.join(directory, 'lingspam.jsonl.gz'), 'not gzip')
  await assert.rejects(loadLingSpam(directory), /incorrect header check/u)
})
