import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareKeyRecord } from '../../../service/authentication/dkim/key-record.ts'

const wanted = 'v=DKIM1; k=rsa; h=sha256; p=QUJD'
const cases = [
  [wanted, 'ok'],
  ['p=QUJD', 'ok'],
  ['v=DKIM1;k=rsa;p=QU JD', 'ok'],
  ['v=DKIM1; s=*; k=rsa; p=QUJD', 'ok'],
  ['v=DKIM1; k=rsa; p=', 'revoked'],
  ['v=DKIM1; k=rsa; p=QUJE', 'other-key'],
  ['something else', 'other-key'],
  ['v=DKIM1; k=ed25519; p=QUJD', 'unusable'],
  ['v=DKIM1; h=sha1; p=QUJD', 'unusable'],
  ['v=DKIM1; s=tlsrpt; p=QUJD', 'unusable'],
  ['v=DKIM2; p=QUJD', 'unusable'],
  ['v=DKIM1; t=y; p=QUJD', 'testing'],
  ['v=DKIM1; t=s; p=QUJD', 'ok']
] as const

for (const [published, state] of cases) {
  test(`a record "${published}" is ${state}`, () => {
    assert.equal(compareKeyRecord(published, wanted), state)
  })
}
