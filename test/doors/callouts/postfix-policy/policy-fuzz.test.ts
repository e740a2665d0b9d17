import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../../../helpers/fixed-chance.ts'
import {
  createPolicyReader,
  type PolicyRead
} from '../../../../service/doors/callouts/postfix-policy/policy-codec.ts'
import { toPolicyRequest } from '../../../../service/doors/callouts/postfix-policy/policy-request.ts'

const limits = { maxLineBytes: 200, maxRequestBytes: 1_000 }

/** Stops where a connection would be closed. */
function readAll(bytes: Uint8Array, cuts: readonly number[]): PolicyRead[] {
  const reader = createPolicyReader(limits)
  const reads: PolicyRead[] = []
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b)
  for (const [index, place] of places.slice(1).entries())
    for (const read of reader.push(bytes.subarray(places[index], place))) {
      reads.push(read)
      if (read.kind === 'broken') return reads
    }
  return reads
}

const cuts = fc.array(fc.nat(), { maxLength: 8 })
const noise = fc.oneof(
  fc.uint8Array({ maxLength: 600 }),
  fc
    .array(
      fc.constantFrom('a=b\n', '\n', 'request=smtpd_access_policy\n', '=', '\r\n', '\0', 'x'.repeat(150)),
      {
        maxLength: 30
      }
    )
    .map((parts) => new TextEncoder().encode(parts.join('')))
)

test('however bytes are cut, the same is read, and nothing ever throws', () => {
  fc.assert(
    fc.property(noise, cuts, (bytes, at) => {
      const whole = readAll(bytes, [])
      assert.deepEqual(readAll(bytes, at), whole)
      for (const read of whole) if (read.kind === 'request') toPolicyRequest(read.attributes)
    }),
    { numRuns: 500 }
  )
})

const name = fc.stringMatching(/^[a-z_]{1,20}$/u)
const value = fc.stringMatching(/^[^\0\r\n]{0,30}$/u)

test('requests that were written are read back', () => {
  const request = fc.dictionary(name, value, { minKeys: 1, maxKeys: 8 })
  fc.assert(
    fc.property(fc.array(request, { maxLength: 4 }), cuts, (requests, at) => {
      const text = requests.map((one) =>
        [...Object.entries(one).map((pair) => `${pair.join('=')}\n`), '\n'].join('')
      )
      const reads = readAll(new TextEncoder().encode(text.join('')), at)
      assert.deepEqual(
        reads.map((read) => (read.kind === 'request' ? Object.fromEntries(read.attributes) : read.fault)),
        requests.map((one) => ({ ...one }))
      )
    })
  )
})

test('of a name that comes twice the first value counts', () => {
  const [read] = readAll(new TextEncoder().encode('sender=a\nsender=b\n\n'), [])
  assert.equal(read?.kind === 'request' && read.attributes.get('sender'), 'a')
})
