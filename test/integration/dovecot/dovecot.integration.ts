import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createDovecotLogins } from '../../../service/access/logins/dovecot-logins.ts'
import { findProgram, program } from '../harness/programs.ts'
import { startDovecot } from './start-dovecot.ts'

const file = 'usr/sbin/dovecot'
const home = findProgram('dovecot', file)
const dovecot = home && (await startDovecot({ after }, home, { 'alice@example.org': 'right horse' }))
const attempt = { name: 'Alice@Example.org', password: 'right horse', ip: '192.0.2.7', isSecure: true }

test('a login by the real Dovecot: the right password, a wrong one, nobody', async (t) => {
  if (program(t, 'dovecot', file) === undefined || dovecot === undefined) return
  const logins = createDovecotLogins({ socketPath: dovecot.socket, timeoutMs: 3_000 })
  after(() => logins.close())
  assert.deepEqual(await logins.authenticate(attempt), { name: 'alice@example.org', identities: null })
  assert.equal(await logins.authenticate({ ...attempt, password: 'wrong horse' }), undefined)
  assert.equal(await logins.authenticate({ ...attempt, name: 'nobody' }), undefined)
  assert.equal(await logins.authenticate({ ...attempt, name: 'a\tOK\t1' }), undefined)
})

test('a Dovecot that hangs is unavailable in time, and asked again once it goes on', async (t) => {
  if (program(t, 'dovecot', file) === undefined || dovecot === undefined) return
  const logins = createDovecotLogins({ socketPath: dovecot.socket, timeoutMs: 700 })
  after(() => logins.close())
  dovecot.signal('SIGSTOP')
  await assert.rejects(logins.authenticate(attempt), { code: 'AUTH_UNAVAILABLE' })
  dovecot.signal('SIGCONT')
  assert.equal((await logins.authenticate(attempt))?.name, 'alice@example.org')
})
