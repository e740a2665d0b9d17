import assert from 'node:assert/strict'
import { after, test, type TestContext } from 'node:test'
import { gzipSync } from 'node:zlib'
import { freePorts } from '../harness/free-ports.ts'
import { habitualMail, type Mail } from '../harness/mails.ts'
import { findProgram, program } from '../harness/programs.ts'
import { startSluiceForMta } from '../harness/sluice.ts'
import { startClamd, testFile } from './start-clamd.ts'

const user = 'alice@example.org'
const file = 'usr/sbin/clamd'
const home = findProgram('clamav', file)
const [port = 0] = await freePorts(1)
const clamd = home && (await startClamd({ after }, home, port))
const malware = {
  SLUICE_MALWARE_HOST: '127.0.0.1',
  SLUICE_MALWARE_PORT: String(port),
  SLUICE_MALWARE_TIMEOUTMS: '1500'
}
const open = home && (await startSluiceForMta({ after }, { env: malware }))
const closed =
  home && (await startSluiceForMta({ after }, { env: { ...malware, SLUICE_MALWARE_ONFAILURE: 'hold' } }))

function withFile(bytes: Uint8Array): Mail {
  const mail = habitualMail(user)
  const head = mail.raw
    .slice(0, mail.raw.indexOf('\r\n\r\n'))
    .replaceAll(/^(?:content|mime)-.*\r\n(?:[ \t].*\r\n)*/gimu, '')
  const body = [
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=parts',
    '',
    '--parts',
    'Content-Type: text/plain',
    '',
    'the file',
    '--parts',
    'Content-Type: application/octet-stream; name=file.bin',
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,76}/gu) ?? []),
    '--parts--',
    ''
  ]
  return { ...mail, raw: `${head}\r\n${body.join('\r\n')}` }
}

async function codes(
  t: TestContext,
  mail: Mail,
  service = open
): Promise<{ verdict: string; codes: string[] } | undefined> {
  if (program(t, 'clamav', file) === undefined || service === undefined) return undefined
  const { verdict, reasons } = await service.api.judge(mail)
  return { verdict, codes: reasons.map(({ code }) => code).filter((code) => code.startsWith('ATTACHMENT_')) }
}

test('an infected file blocks, whoever sends it', async (t) => {
  const said = await codes(t, withFile(testFile))
  if (said !== undefined) assert.deepEqual(said, { verdict: 'block', codes: ['ATTACHMENT_MALWARE'] })
})

test('an infected file is found inside of a compressed one', async (t) => {
  const said = await codes(t, withFile(gzipSync(testFile)))
  if (said !== undefined) assert.deepEqual(said.codes, ['ATTACHMENT_MALWARE'])
})

test('a clean file is no finding', async (t) => {
  const said = await codes(t, withFile(Buffer.from('nothing to see')))
  if (said !== undefined) assert.deepEqual(said.codes, [])
})

test('past clamd’s size limit the operator’s policy decides', async (t) => {
  const large = withFile(Buffer.alloc(2 * 1024 * 1024, 'x'))
  const said = await codes(t, large)
  if (said !== undefined) assert.deepEqual(said.codes, ['ATTACHMENT_UNSCANNED'])
  const strict = await codes(t, large, closed)
  if (strict !== undefined) assert.equal(strict.verdict, 'hold')
})

test('a clamd that hangs delays a message no longer than its time', async (t) => {
  if (clamd === undefined) return void (await codes(t, habitualMail(user)))
  clamd.signal('SIGSTOP')
  const startedAt = performance.now()
  const said = await codes(t, withFile(Buffer.from('a file')))
  clamd.signal('SIGCONT')
  assert.deepEqual(said?.codes, ['ATTACHMENT_UNSCANNED'])
  assert.ok(performance.now() - startedAt < 4_000)
})

test('without clamd mail passes or waits, as configured', async (t) => {
  await clamd?.stop()
  const said = await codes(t, withFile(Buffer.from('a file')))
  if (said !== undefined) assert.deepEqual(said.codes, ['ATTACHMENT_UNSCANNED'])
  const strict = await codes(t, withFile(Buffer.from('a file')), closed)
  if (strict !== undefined) assert.equal(strict.verdict, 'hold')
})
