import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { test } from 'node:test'
import { fixedScore } from '../../helpers/fixed-score.ts'
import { openPipeline } from '../../helpers/open-pipeline.ts'
import { proxyV1, proxyV2 } from '../../helpers/proxy-headers.ts'
import { connectSmtp } from '../../helpers/smtp-client.ts'

const proxied = { proxyNetworks: ['127.0.0.0/8'], proxyListeners: ['submissions', 'relay'] as const }

test('the address that a proxy names goes into the message’s record and its Received field', async (t) => {
  const { ports, queue } = await openPipeline(t, {
    score: fixedScore('allow'),
    smtp: { ...proxied, relayNetworks: ['2001:db8::/32'] }
  })
  const client = await connectSmtp(ports.relay)
  client.send(Buffer.concat([proxyV2('2001:db8::25', 4_711), Buffer.from('EHLO app\r\n')]))
  assert.match(await client.reply(), /^220 /u)
  assert.match(await client.reply(), /^250-/u)
  for (const line of ['MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>', 'DATA']) await client.say(line)
  const id = /as (\S+)$/u.exec(await client.say('Subject: x\r\n\r\nbody\r\n.'))?.[1]
  const origin = queue.get(id ?? assert.fail())?.origin
  assert.deepEqual([origin?.client.ip, origin?.client.port], ['2001:db8::25', 4_711])
  assert.match(origin?.trace ?? '', /\[IPv6:2001:db8::25\]/u)
  client.close()
})

test('at the port with TLS from the start the header comes before the handshake', async (t) => {
  const { ports } = await openPipeline(t, { smtp: proxied })
  const socket = connect(ports.submissions, '127.0.0.1')
  // In pieces, the last of them with the beginning of the handshake
  const header = proxyV1('203.0.113.7', 4_711)
  socket.write(header.subarray(0, 10))
  await once(socket, 'connect')
  socket.write(header.subarray(10))
  const secure = connectTls({ socket, rejectUnauthorized: false })
  const [greeting] = await once(secure, 'data')
  assert.match(String(greeting), /^220 /u)
  secure.destroy()
})

test('a proxy has its own word without a client, for health checks', async (t) => {
  const { ports } = await openPipeline(t, { smtp: proxied })
  const client = await connectSmtp(ports.relay)
  client.send('PROXY UNKNOWN\r\n')
  assert.match(await client.reply(), /^220 /u)
  client.close()
})
