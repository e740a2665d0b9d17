import assert from 'node:assert/strict'
import { mkdtemp, readFile, stat } from 'node:fs/promises'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { X509Certificate } from 'node:crypto'
import { loadCertificate } from '../../../service/doors/smtp/certificate.ts'
import { parseNetworks } from '../../../service/access/networks.ts'
import { fixedScore } from '../../helpers/fixed-score.ts'
import { openPipeline, type Pipeline } from '../../helpers/open-pipeline.ts'
import { connectSmtp, plainAuth, type SmtpClient } from '../../helpers/smtp-client.ts'

async function sendFrom(client: SmtpClient, text: string): Promise<string> {
  for (const line of ['MAIL FROM:<app@example.org>', 'RCPT TO:<bob@example.net>', 'DATA'])
    await client.say(line)
  return client.say(`${text}\r\n.`)
}

async function senderOf({ queue }: Pipeline, reply: string): Promise<{ sender: string; body: string }> {
  const message = queue.get(/as (\S+)$/u.exec(reply)?.[1] ?? '') ?? assert.fail(reply)
  return { sender: message.senderId, body: Buffer.from(await queue.body(message)).toString() }
}

test('the port with TLS from the start takes a login and a message', async (t) => {
  const { ports } = await openPipeline(t, { score: fixedScore('allow') })
  const client = await connectSmtp(ports.submissions, { tls: true })
  assert.match(await client.reply(), /^220 /u)
  assert.doesNotMatch(await client.say('EHLO x'), /STARTTLS/u)
  assert.match(await client.say(plainAuth('alice@example.org', 'right horse')), /^235 /u)
  assert.match(await sendFrom(client, 'Subject: x\r\n\r\nbody'), /^250 2\.0\.0/u)
  client.close()
})

test('a trusted relay names the sender in its header, the topmost counts, and none is passed on', async (t) => {
  const pipeline = await openPipeline(t, {
    smtp: { identityNetworks: ['127.0.0.0/8'] },
    score: fixedScore('allow')
  })
  const client = await connectSmtp(pipeline.ports.relay)
  await client.reply()
  await client.say('EHLO app')
  const reply = await sendFrom(
    client,
    'X-AuthUser: alice@example.org\r\nSubject: x\r\nx-authuser: eve@example.org\r\n\r\nX-AuthUser: text'
  )
  assert.deepEqual(await senderOf(pipeline, reply), {
    sender: 'alice@example.org',
    body: 'Subject: x\r\n\r\nX-AuthUser: text\r\n'
  })
  client.close()
})

test('a relay that is not trusted with identities names nobody, and its header goes too', async (t) => {
  const pipeline = await openPipeline(t, { score: fixedScore('allow') })
  const client = await connectSmtp(pipeline.ports.relay)
  await client.reply()
  await client.say('EHLO app')
  const reply = await sendFrom(client, 'X-AuthUser: alice@example.org\r\nSubject: x\r\n\r\nbody')
  assert.deepEqual(await senderOf(pipeline, reply), {
    sender: 'app@example.org',
    body: 'Subject: x\r\n\r\nbody\r\n'
  })
  client.close()
})

/** An address of this machine that is not loopback: who connects to it comes from it. */
const elsewhere = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address

test(
  'a client from elsewhere is offered no AUTH and gets none before TLS',
  { skip: elsewhere === undefined && 'this machine has loopback only' },
  async (t) => {
    const { ports } = await openPipeline(t, { smtp: { host: '0.0.0.0' }, score: fixedScore('allow') })
    const client = await connectSmtp(ports.submission, { host: elsewhere ?? '' })
    await client.reply()
    assert.doesNotMatch(await client.say('EHLO x'), /AUTH/u)
    assert.match(await client.say(plainAuth('alice@example.org', 'right horse')), /^538 5\.7\.11/u)
    assert.match(await client.say('MAIL FROM:<a@b.test>'), /^530 5\.7\.0/u)
    await client.say('STARTTLS')
    await client.startTls()
    assert.match(await client.say('EHLO x'), /AUTH PLAIN LOGIN/u)
    assert.match(await client.say(plainAuth('alice@example.org', 'right horse')), /^235 /u)
    client.close()
  }
)

test('the certificate is made once, for the host, and its key is the owner’s alone', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-certificate-'))
  const options = { directory, hostname: 'mx.example.org', clock: Date.now }
  const made = await loadCertificate(options)
  assert.deepEqual(await loadCertificate(options), made)
  assert.equal((await stat(join(directory, 'smtp-key.pem'))).mode & 0o777, 0o600)
  const certificate = new X509Certificate(await readFile(join(directory, 'smtp-cert.pem')))
  assert.equal(certificate.checkHost('mx.example.org'), 'mx.example.org')
  assert.ok(Date.parse(certificate.validTo) > Date.now() + 5 * 365 * 86_400_000)
})

test('networks know their members in both families', () => {
  const networks = parseNetworks(['10.0.0.0/8', '192.0.2.7', '2001:db8::/32'])
  assert.deepEqual(
    ['10.9.9.9', '192.0.2.7', '2001:db8::1', '11.0.0.1', '2001:db9::1', 'x'].map((ip) => networks.has(ip)),
    [true, true, true, false, false, false]
  )
  assert.throws(() => parseNetworks(['nonsense']), RangeError)
})
