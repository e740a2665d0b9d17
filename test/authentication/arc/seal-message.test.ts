import assert from 'node:assert/strict'
import { test } from 'node:test'
import { arc } from 'mailauth/lib/arc/index.js'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { authenticateArrival } from '../../../service/authentication/arc/authenticate-arrival.ts'
import { sealMessage } from '../../../service/authentication/arc/seal-message.ts'
import { signMessage } from '../../../service/authentication/dkim/sign-message.ts'
import { toResolver } from '../../../service/authentication/spf/forecast-spf.ts'
import { zone } from '../../delivery/zone.ts'
import { keyTexts, now, signingKeys } from '../keys.ts'
import { texts } from '../verify.ts'

const body = Buffer.from('From: a@author.example\r\nSubject: x\r\n\r\nHi.\r\n')
const resolve = zone({
  ...texts({
    ...(await keyTexts('author.example')),
    ...(await keyTexts('relay.example')),
    'author.example': 'v=spf1 ip4:198.51.100.7 -all',
    '_dmarc.author.example': 'v=DMARC1; p=reject'
  })
})
const way = { mailFrom: 'a@author.example', ip: '198.51.100.7', helo: 'mail.author.example' }

async function arrive(raw: Uint8Array, changes: Partial<typeof way> = {}) {
  return authenticateArrival({ raw, ...way, ...changes }, 'mx.relay.example', resolve)
}

async function pass(raw: Uint8Array): Promise<Buffer> {
  const sealed = await sealMessage(raw, await arrive(raw), await signingKeys('relay.example'), now)
  assert.ok(sealed.kind === 'sealed', JSON.stringify(sealed))
  return Buffer.concat([Buffer.from(sealed.fields), raw])
}

async function chainOf(raw: Uint8Array): Promise<string> {
  const resolver = toResolver(resolve)
  const verified = await dkimVerify(Buffer.from(raw), { resolver })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what one part of mailauth gives is what the next takes
  const { status, i } = await arc(verified.arc as Parameters<typeof arc>[0], { resolver })
  return `${status.result} ${String(i)}`
}

async function signedByAuthor(): Promise<Buffer> {
  return Buffer.concat([Buffer.from(await signMessage(body, await signingKeys('author.example'), 1)), body])
}

test('a relayed message is sealed with what was seen of it, and the chain holds', async () => {
  const sealed = await pass(await signedByAuthor())
  assert.equal(await chainOf(sealed), 'pass 1')
  const head = sealed.toString('latin1')
  const results =
    /ARC-Authentication-Results: i=1; mx\.relay\.example;[^]*?\r\n(?![ \t])/u.exec(head)?.[0] ?? ''
  assert.match(results, /dkim=pass[^]*spf=pass[^]*dmarc=pass/u)
  assert.match(head, /^ARC-Seal: i=1; a=rsa-sha256;[^]*cv=none/u)
})

test('the next host seals the chain on', async () => {
  assert.equal(await chainOf(await pass(await pass(await signedByAuthor()))), 'pass 2')
})

test('a body that changed after the seal breaks the chain, and a broken chain is said to be broken', async () => {
  const changed = Buffer.concat([await pass(await signedByAuthor()), Buffer.from('More.\r\n')])
  const results = await arrive(changed)
  assert.equal(results.chain, 'fail')
  const sealed = await sealMessage(changed, results, await signingKeys('relay.example'), now)
  assert.ok(sealed.kind === 'sealed')
  assert.match(sealed.fields, /i=2;[^]*cv=fail/u)
  const again = Buffer.concat([Buffer.from(sealed.fields), changed])
  const second = await sealMessage(again, await arrive(again), await signingKeys('relay.example'), now)
  assert.equal(second.kind, 'unsealed')
})

test('mail from inside has no path that SPF could speak of', async () => {
  const { authResults } = await arrive(body, { ip: '10.1.2.3' })
  assert.match(authResults, /spf=none \(from inside\)/u)
})

test('a chain of garbage is not sealed, and nothing is thrown', async () => {
  const raw = Buffer.from(`ARC-Seal: i=99; x\r\nARC-Message-Signature: i=0\r\n${body.toString()}`)
  const results = await arrive(raw)
  const sealed = await sealMessage(raw, results, await signingKeys('relay.example'), now)
  assert.ok(['sealed', 'unsealed'].includes(sealed.kind))
})

test('ARC is sealed by RSA alone', async () => {
  const ed = (await signingKeys('relay.example')).filter(({ algorithm }) => algorithm === 'ed25519-sha256')
  const sealed = await sealMessage(body, await arrive(body), ed, now)
  assert.deepEqual(sealed, { kind: 'unsealed', why: 'ARC needs an RSA key' })
})
