import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { fixedScore } from '../helpers/fixed-score.ts'
import { openPipeline } from '../helpers/open-pipeline.ts'
import { connectSmtp, plainAuth } from '../helpers/smtp-client.ts'

const flood = 2_000

/** Ends with what it is told, if it is told anything: it never hangs up by itself. */
async function greeted(port: number, localAddress: string): Promise<{ socket: Socket; said: string }> {
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  socket.on('error', () => socket.destroy())
  const said = await Promise.race([
    once(socket, 'data').then(([data]) => String(data)),
    once(socket, 'close').then(() => '')
  ])
  return { socket, said }
}

test(
  '2,000 connections from one network, none of which ends, leave room for an honest client elsewhere',
  { timeout: 60_000 },
  async (t) => {
    const { ports } = await openPipeline(t, {
      score: fixedScore('allow'),
      smtp: { maxConnections: 500 },
      bounds: { maxPerAddress: 100, maxPerNetwork: 200 }
    })
    const answers: { socket: Socket; said: string }[] = []
    t.after(() => answers.forEach(({ socket }) => socket.destroy()))
    for (let begun = 0; begun < flood; begun += 100) {
      const batch = Array.from({ length: 100 }, (_, at) =>
        greeted(ports.submission, `127.66.6.${((begun + at) % 250) + 1}`)
      )
      answers.push(...(await Promise.all(batch)))
    }
    const letIn = answers.filter(({ said }) => said.startsWith('220 ')).length
    assert.equal(letIn, 200, 'as many as one network may have')
    assert.ok(answers.every(({ said }) => said === '' || /^(?:220 |421 4\.3\.2 )/u.test(said)))

    const begin = performance.now()
    const client = await connectSmtp(ports.submission)
    assert.match(await client.reply(), /^220 /u)
    await client.say('EHLO honest')
    assert.match(await client.say(plainAuth('alice@example.org', 'right horse')), /^235 /u)
    for (const line of ['MAIL FROM:<alice@example.org>', 'RCPT TO:<bob@example.net>', 'DATA'])
      await client.say(line)
    assert.match(await client.say('Subject: lunch\r\n\r\nAt one?\r\n.'), /^250 2\.0\.0 /u)
    t.diagnostic(
      `${flood} connections, ${letIn} let in; an honest message took ${Math.round(performance.now() - begin)} ms`
    )
    client.close()
  }
)
