import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorkplace } from './run-sluice.ts'

test('sluice filter opensmtpd says what it wants to hear, says no word more, and ends with smtpd', async (t) => {
  const { sluice } = await openWorkplace(t)
  const input = 'config|smtpd-version|7.4.0\nconfig|subsystem|smtp-in\nconfig|ready\n'
  const { code, stdout, stderr } = await sluice(['filter', 'opensmtpd'], input)
  assert.equal(code, 0)
  assert.equal(stderr, '')
  assert.match(stdout, /^(?:register\|(?:report|filter)\|smtp-in\|[a-z-]+\n)+register\|ready\n$/u)
})

test('it needs no configuration, and says what is wrong with its own options', async (t) => {
  const { sluice } = await openWorkplace(t, 'this is no configuration')
  const wrongUrl = await sluice(['filter', 'opensmtpd', '--url', 'smtp://127.0.0.1'])
  assert.equal(wrongUrl.code, 2)
  assert.match(wrongUrl.stderr, /--url smtp:/u)
  const noFile = await sluice(['filter', 'opensmtpd', '--password-file', 'nowhere'])
  assert.equal(noFile.code, 1)
  assert.match(noFile.stderr, /nowhere cannot be read/u)
  assert.equal(noFile.stdout, '')
})
