import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstOf, readFieldGroups } from '../../../service/delivery/feedback/field-groups.ts'
import { hostName, reportedAddress, statusIn } from '../../../service/delivery/feedback/typed-value.ts'

test('groups are parted by empty lines, folds are joined, and a name may stand several times', () => {
  const [first, second] = readFieldGroups('\n\nA: 1\n 2\nb:3\r\nB: 4\n\n \nC: 5\n')

  assert.equal(firstOf(first, 'a'), '1 2')
  assert.deepEqual(first?.get('b'), ['3', '4'])
  assert.equal(firstOf(second, 'c'), '5')
})

test('an address is found in each of the ways in which hosts write it', () => {
  const cases = {
    'rfc822; bob@example.net': 'bob@example.net',
    'RFC822;<bob@example.net>': 'bob@example.net',
    'bob@example.net (forwarded)': 'bob@example.net',
    'utf-8; m\\x{FC}ller@example.net': 'müller@example.net',
    'rfc822; nobody': null,
    'rfc822; a b@example.net': null,
    '': null
  }
  for (const [text, expected] of Object.entries(cases)) assert.equal(reportedAddress(text), expected, text)
})

test('a status is found wherever it stands, and version numbers and addresses are none', () => {
  const cases = {
    '550 5.1.1 no': '5.1.1',
    '550-5.7.26 x': '5.7.26',
    '(#4.4.1)': '4.4.1',
    '192.5.1.1': null,
    '1.5.2.3': null
  }
  for (const [text, expected] of Object.entries(cases)) assert.equal(statusIn(text), expected, text)
})

test('a host is a name or an address, and nothing else', () => {
  const cases = {
    'dns; MX.example.net': 'mx.example.net',
    'dns; a.b (192.0.2.1)': 'a.b',
    'dns; [192.0.2.1]': '192.0.2.1',
    'dns; x"y': null
  }
  for (const [text, expected] of Object.entries(cases)) assert.equal(hostName(text), expected, text)
})
