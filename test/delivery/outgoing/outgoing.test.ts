import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toOutgoing } from '../../../service/delivery/outgoing/outgoing.ts'

test('a message leaves with its trace in front and without its blind copies, otherwise byte for byte', () => {
  const raw = Buffer.from(
    'From: a@b.test\r\nBCC: eve@b.test,\r\n mallory@b.test\r\nReturn-Path: <x@y>\r\nSubject: \xe4\r\n\r\nBcc: this is text\r\n',
    'latin1'
  )
  const outgoing = toOutgoing(raw, 'Received: by mx.test\r\n').toString('latin1')
  assert.equal(
    outgoing,
    'Received: by mx.test\r\nFrom: a@b.test\r\nSubject: \xe4\r\n\r\nBcc: this is text\r\n'
  )
})
