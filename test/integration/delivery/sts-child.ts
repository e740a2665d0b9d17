import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { connectTo } from '../../../service/delivery/hosts/connect.ts'
import { createStsPolicies, type RememberedPolicy } from '../../../service/delivery/hosts/sts-policies.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { routeTo } from '../../helpers/open-pipeline.ts'
import { startScriptedHost } from '../../helpers/scripted-host.ts'
import { zone } from '../../delivery/zone.ts'

/**
 * A domain with a policy host on 127.0.0.1:443, whose certificate this process trusts (NODE_EXTRA_CA_CERTS), and a mail host. Prints what
 * a delivery came to and what is remembered: with the policy, with the policy host gone, and to a host that the policy does not name.
 */
const [certFile = '', keyFile = ''] = process.argv.slice(2)
const tls = { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') }
const policy = 'version: STSv1\r\nmode: enforce\r\nmx: mx.b.test\r\nmax_age: 604800\r\n'
const asked: string[] = []
const server = createServer(tls, (request, response) => {
  asked.push(request.url ?? '')
  response.setHeader('content-type', 'text/plain')
  response.end(policy)
})
await once(server.listen(443, '127.0.0.1'), 'listening')
// This process ends by itself: nothing has to be closed one by one
const host = await startScriptedHost({ after: () => undefined }, { offers: ['STARTTLS'], tls })
const remembered = new Map<string, RememberedPolicy>()
const stsPolicies = createStsPolicies({
  table: {
    get: (key) => remembered.get(key),
    write: async (entries) => {
      for (const [key, entry] of entries) remembered.set(key, entry)
    }
  },
  clock: Date.now,
  log: silentLogger
})

async function deliver(id: string, exchange: string): Promise<string> {
  const outcome = await connectTo(
    { route: routeTo(host.port, { kind: 'mx', tls: 'opportunistic' }), domain: 'b.test' },
    {
      hostname: 'mx.test',
      stsPolicies,
      resolveRecords: zone({
        'b.test': { MX: [{ exchange, priority: 1 }] },
        [exchange]: { A: ['127.0.0.1'] },
        'mta-sts.b.test': { A: ['127.0.0.1'] },
        '_mta-sts.b.test': { TXT: [[`v=STSv1; id=${id};`]] }
      }),
      authorities: [tls.cert],
      connectTimeoutMs: 2_000,
      socketTimeoutMs: 2_000
    }
  )
  if (outcome.kind === 'refused') return `${outcome.result.kind} ${outcome.result.status}`
  outcome.connection.session.abort()
  return outcome.connection.session.tls?.verified ?? 'plain'
}

const told = [await deliver('one', 'mx.b.test'), await deliver('one', 'mx.b.test')]
server.close()
told.push(await deliver('two', 'mx.b.test'), await deliver('two', 'evil.test'))
process.stdout.write(JSON.stringify({ told, asked, mode: remembered.get('b.test')?.policy.mode }))
process.exit(0)
