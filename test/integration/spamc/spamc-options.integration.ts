import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { after, test, type TestContext } from 'node:test'
import { habitualMail, spamMail } from '../harness/mails.ts'
import { findProgram, program, type ProgramHome } from '../harness/programs.ts'
import { startSluiceForMta } from '../harness/sluice.ts'

const user = 'alice@example.org'
const config = `
[[callouts.clients]]
name = "spamc"
kind = "spamc"
networks = ["127.0.0.0/8"]
settingsId = "trusted"
trusted = true
identityHeader = "X-AuthUser"
`

const isThere = findProgram('spamc', 'usr/bin/spamc') !== undefined
const sluice = isThere ? await startSluiceForMta({ after }, { config }) : undefined
await sluice?.api.teach(user)

/** What the real spamc says of a mail with these options, and its exit code. */
async function spamc(
  t: TestContext,
  raw: string,
  ...options: readonly string[]
): Promise<{ said: string; exitCode: number } | undefined> {
  const home: ProgramHome | undefined = program(t, 'spamc', 'usr/bin/spamc')
  if (home === undefined || sluice === undefined) return undefined
  const place = [
    '-d',
    '127.0.0.1',
    '-p',
    String(sluice.ports.rspamd),
    '-x',
    '-u',
    'trusted',
    '-F',
    '/dev/null'
  ]
  const child = spawn(home.at('usr/bin/spamc'), [...place, ...options], {
    env: { ...process.env, ...home.env },
    stdio: ['pipe', 'pipe', 'inherit']
  })
  child.stdin.on('error', () => undefined).end(raw)
  const [said] = await Promise.all([text(child.stdout), once(child, 'close')])
  return { said, exitCode: child.exitCode ?? -1 }
}

const honest = habitualMail(user)
const ham = `X-AuthUser: ${user}\r\n${honest.raw}`
const spam = `X-AuthUser: ${user}\r\n${spamMail(user).raw}`

/** Options of spamc 4.0, what it is shown, its exit code, and what it says. */
const table = [
  ['-K', '', 0, /^SPAMD\/1\.5 0\n$/u],
  ['-c', ham, 0, /^-?\d+\.\d\/6\.0\n$/u],
  ['-c', spam, 1, /^\d+\.\d\/6\.0\n$/u],
  ['-y', spam, 0, /^SLUICE_VERDICT,/u],
  ['-R', spam, 0, /^\d+\.\d\/6\.0\nX-Sluice-Verdict: block\n(?:.*\n)+---- -+ -+\n/u],
  ['-r', ham, 0, /^$/u],
  ['-E', spam, 1, /^X-Sluice-Verdict: block\r\n(?:.*\r\n)*X-Spam-Flag: YES\r\n/u],
  ['--headers', ham, 0, /^X-Sluice-Verdict: allow\r\n/u]
] as const

for (const [option, raw, exitCode, says] of table)
  test(`spamc ${option} of ${raw === ham ? 'honest mail' : raw === spam ? 'spam' : 'nothing'} works`, async (t) => {
    const ran = await spamc(t, raw, option)
    if (ran === undefined) return
    assert.match(ran.said, says)
    assert.equal(ran.exitCode, exitCode)
    if (ran.said.startsWith('X-Sluice'))
      assert.ok(ran.said.endsWith(raw.slice(raw.indexOf('\r\n\r\n'))), 'its body is whole')
  })

test('what a trusted client tells of a message that was judged is taken', async (t) => {
  const told = await spamc(t, ham, '-L', 'spam')
  if (told === undefined || sluice === undefined) return
  assert.match(told.said, /successfully/u)
  const unknown = await spamc(t, ham.replaceAll(honest.messageId, `never-${honest.messageId}`), '-L', 'spam')
  assert.match(unknown?.said ?? '', /already/u)
  const stranger = await spamc(t, ham, '-u', 'somebody', '-L', 'ham')
  assert.match(stranger?.said ?? '', /already/u)
})
