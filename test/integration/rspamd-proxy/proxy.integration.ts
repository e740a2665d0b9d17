import { isRoot } from '../harness/as-root.ts'
import { showCases } from '../harness/client-cases.ts'
import { readDeployFile } from '../harness/deploy-file.ts'
import { program } from '../harness/programs.ts'
import { openSink } from '../harness/sink.ts'
import { startSluiceForMta } from '../harness/sluice.ts'
import { heldByPostfix } from '../postfix/open-postfix.ts'
import { openPostfix } from './open-postfix.ts'
import { rspamdCommand, startRspamd } from './start-rspamd.ts'

const client = 'rspamd 3.4 proxy, Postfix 3.7'

showCases(client, async (t) => {
  const rspamd = program(t, 'rspamd', rspamdCommand)
  if (rspamd === undefined || !isRoot(t, client)) return undefined
  const sink = await openSink(t)
  const sluice = await startSluiceForMta(t, { config: await readDeployFile('rspamd-proxy/sluice.toml') })
  const { milterPort } = await startRspamd(t, {
    rspamd,
    files: { 'worker-proxy.inc': { 11333: sluice.ports.rspamd }, 'worker-normal.inc': {} },
    scanner: 'off'
  })
  const postfix = await openPostfix(t, { milterPort, sinkPort: sink.port })
  if (postfix === undefined) return undefined
  const under = { client, sluice, sink, ...postfix }
  return {
    ...under,
    onHeld: (sent, mail) => heldByPostfix(sent, mail, under),
    killed: 'delivers',
    slow: 'delivers',
    failureLimitMs: 20_000
  }
})
