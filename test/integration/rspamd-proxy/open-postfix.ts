import { password, type OpenContext } from '../harness/client-cases.ts'
import { freePorts } from '../harness/free-ports.ts'
import type { Mail } from '../harness/mails.ts'
import { program } from '../harness/programs.ts'
import { sendBySwaks, type Sent } from '../harness/send-by-swaks.ts'
import { startPostfix, type Postfix } from '../postfix/start-postfix.ts'

export interface PostfixBefore {
  readonly postfix: Postfix
  /** Hands a mail in at its submission service. */
  readonly send: (mail: Mail) => Promise<Sent>
}

/** Postfix with deploy/mta/rspamd-proxy/main.cf, asking the milter on this port. undefined: it is missing, the test is skipped. */
export async function openPostfix(
  t: OpenContext,
  { milterPort, sinkPort }: { readonly milterPort: number; readonly sinkPort: number }
): Promise<PostfixBefore | undefined> {
  const home = program(t, 'postfix', 'usr/sbin/postfix')
  const sasl = program(t, 'sasl', 'usr/sbin/saslpasswd2')
  if (home === undefined || sasl === undefined) return undefined
  const [port = 0, reinjectionPort = 0] = await freePorts(2)
  const postfix = await startPostfix(t, {
    postfix: home,
    sasl,
    submissionPort: port,
    reinjectionPort,
    sinkPort,
    variant: 'rspamd-proxy',
    mainCf: { 11332: milterPort }
  })
  return { postfix, send: (mail) => sendBySwaks(mail, { port, password }) }
}
