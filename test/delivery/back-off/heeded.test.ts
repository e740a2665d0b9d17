import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBackOff } from '../../../service/delivery/back-off/back-off.ts'
import { loadBounceRules } from '../../../service/delivery/bounces/bounce-rules.ts'
import { createClassifyBounce } from '../../../service/delivery/bounces/classify-bounce.ts'
import type { Destination } from '../../../service/delivery/routes/route.ts'
import type { EnhancedStatus } from '../../../service/message/enhanced-status.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { routeTo } from '../../helpers/open-pipeline.ts'
import { startSink } from '../../helpers/smtp-sink.ts'
import { openTemporary } from '../../storage/open-temporary.ts'
import { openDelivery } from '../open-delivery.ts'

const rules = { factor: 0.5, minShare: 0.02, settleMs: 60_000, step: 0.05, rampMs: 180_000 }
const classify = createClassifyBounce(loadBounceRules(null))
const sayings: readonly (readonly [mx: string, status: EnhancedStatus, reply: string])[] = [
  [
    'gmail-smtp-in.l.google.com',
    '4.7.28',
    '421 4.7.28 Our system has detected an unusual rate of mail from your IP'
  ],
  ['gmail-smtp-in.l.google.com', '4.7.0', '421 4.7.0 rate limited, try again later'],
  [
    'x.mail.protection.outlook.com',
    '4.7.0',
    '421 RP-001 The mail server IP has exceeded the rate limit allowed'
  ],
  [
    'mta7.am0.yahoodns.net',
    '4.7.0',
    '421 4.7.0 [TSS04] Messages temporarily deferred due to unexpected volume'
  ],
  ['mx.example.net', '4.7.0', '421 4.7.0 Too many connections from your host, try again later']
]

for (const [mx, status, reply] of sayings) {
  test(`what ${mx} says is heard as a wish to go slower: ${reply}`, () => {
    assert.equal(classify({ reply, status, mx }).kind, 'rate-limited')
  })
}

test('a host that asks to slow down gets half of what it would get', async (t) => {
  const reply = '421 4.7.0 Too many connections from your host, try again later'
  const sink = await startSink({ rcpt: () => reply })
  t.after(() => sink.close())
  const backOff = createBackOff({
    storage: await openTemporary(t),
    rules,
    clock: Date.now,
    log: silentLogger
  })
  const seen: Destination[] = []
  const house = await openDelivery(t, {
    routes: [routeTo(sink.port)],
    shaping: {
      shareOf: backOff.share,
      heed: (destination, recipients) => {
        seen.push(destination)
        backOff.heed(destination, recipients)
      }
    }
  })

  await house.when(await house.send(), ({ attempts }) => attempts > 0)
  await new Promise((resolve) => setImmediate(resolve))

  const [destination] = seen
  assert.ok(destination !== undefined)
  assert.equal(backOff.share(destination), 0.5)
  await backOff.close()
})
