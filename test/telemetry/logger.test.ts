import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLogger } from '../../service/telemetry/logger.ts'

function lines(redact: boolean): { log: ReturnType<typeof createLogger>; written: string[] } {
  const written: string[] = []
  return {
    written,
    log: createLogger({ level: 'info', redact, destination: { write: (line) => void written.push(line) } })
  }
}

test('subjects and addresses are redacted unless the configuration says otherwise', () => {
  const facts = { sender: 'alice@example.org', subject: 'Offer', queueId: 'q1' }
  const closed = lines(true)
  closed.log.info('delivery.attempt_deferred', facts)
  const open = lines(false)
  open.log.info('delivery.attempt_deferred', facts)

  assert.doesNotMatch(closed.written[0] ?? '', /alice|Offer/u)
  assert.match(closed.written[0] ?? '', /"event":"delivery.attempt_deferred".*"queueId":"q1"/u)
  assert.match(open.written[0] ?? '', /alice@example.org/u)
})

test('line breaks in facts cannot forge a second log line', () => {
  const { log, written } = lines(false)
  log.warn('smtp.helo_odd', { helo: 'x\n{"event":"forged"}' })
  assert.equal(written[0]?.trimEnd().split('\n').length, 1)
})
