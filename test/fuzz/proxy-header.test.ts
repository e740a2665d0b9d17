import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  assert as check,
  constantFrom,
  integer,
  ipV4,
  ipV6,
  nat,
  oneof,
  property,
  uint8Array
} from 'fast-check'
import '../helpers/fixed-chance.ts'
import { parseProxyV1 } from '../../service/doors/smtp/proxy/proxy-v1.ts'
import { parseProxyV2 } from '../../service/doors/smtp/proxy/proxy-v2.ts'
import { proxyV1, proxyV2 } from '../helpers/proxy-headers.ts'

const port = integer({ min: 0, max: 65_535 })
const parsers = [parseProxyV1, parseProxyV2]

test('a header says who the client is, however much of it has come, and whatever follows it', () => {
  check(
    property(ipV4(), port, uint8Array({ maxLength: 20 }), nat(), (ip, from, rest, cut) => {
      for (const [parse, header] of [
        [parseProxyV1, proxyV1(ip, from)],
        [parseProxyV2, proxyV2(ip, from)]
      ] as const) {
        const whole = Buffer.concat([header, rest])
        assert.deepEqual(parse(whole), {
          kind: 'header',
          header: { kind: 'client', ip, port: from },
          lengthBytes: header.length
        })
        assert.deepEqual(parse(whole.subarray(0, cut % header.length)), { kind: 'incomplete' })
      }
    })
  )
})

test('IPv6 clients come out in one spelling', () => {
  check(
    property(ipV6(), port, (ip, from) => {
      const [one, two] = [parseProxyV1(proxyV1(ip, from)), parseProxyV2(proxyV2(ip, from))]
      assert.equal(one.kind, 'header')
      assert.equal(two.kind, 'header')
    })
  )
  const mapped = parseProxyV2(proxyV2('::ffff:192.0.2.7', 1))
  assert.deepEqual(mapped.kind === 'header' && mapped.header, { kind: 'client', ip: '192.0.2.7', port: 1 })
})

test('whatever the bytes, a parser answers, and never claims more than a header may take', () => {
  const start = constantFrom(
    Buffer.alloc(0),
    Buffer.from('PROXY '),
    Buffer.from('PROXY TCP4 '),
    proxyV2('192.0.2.7', 1).subarray(0, 12),
    proxyV2('192.0.2.7', 1).subarray(0, 14)
  )
  check(
    property(
      start,
      oneof(uint8Array({ maxLength: 40 }), uint8Array({ minLength: 4_200, maxLength: 4_300 })),
      (head, tail) => {
        const bytes = Buffer.concat([head, tail])
        for (const parse of parsers) {
          const outcome = parse(bytes)
          if (bytes.length > 4_112) assert.notEqual(outcome.kind, 'incomplete')
          if (outcome.kind === 'header') assert.ok(outcome.lengthBytes <= 4_112)
        }
      }
    ),
    { numRuns: 500 }
  )
})

const malformed: readonly string[] = [
  'PROXY TCP4 192.0.2.7 192.0.2.1 1\r\n',
  'PROXY TCP4 192.0.2.7 192.0.2.1 01 2\r\n',
  'PROXY TCP4 192.0.2.7 192.0.2.1 65536 2\r\n',
  'PROXY TCP4 2001:db8::1 2001:db8::2 1 2\r\n',
  'PROXY TCP6 192.0.2.7 192.0.2.1 1 2\r\n',
  'PROXY TCP4  192.0.2.7 192.0.2.1 1 2\r\n',
  'PROXY UDP4 192.0.2.7 192.0.2.1 1 2\r\n',
  'proxy TCP4 192.0.2.7 192.0.2.1 1 2\r\n',
  `PROXY TCP4 ${'1'.repeat(200)}`
]

test('what is nearly a header is none', () => {
  for (const text of malformed) assert.deepEqual(parseProxyV1(Buffer.from(text)), { kind: 'malformed' }, text)
  const unix = proxyV2('192.0.2.7', 1)
  unix[13] = 0x31
  assert.deepEqual(parseProxyV2(unix), { kind: 'malformed' })
  const old = proxyV2('192.0.2.7', 1)
  old[12] = 0x11
  assert.deepEqual(parseProxyV2(old), { kind: 'malformed' })
})

test('a proxy that speaks for itself is itself', () => {
  const local = proxyV2('192.0.2.7', 1)
  local[12] = 0x20
  for (const outcome of [
    parseProxyV2(local),
    parseProxyV1(Buffer.from('PROXY UNKNOWN\r\n')),
    parseProxyV1(Buffer.from('PROXY UNKNOWN a b c\r\n'))
  ])
    assert.deepEqual(outcome.kind === 'header' && outcome.header, { kind: 'local' })
})
