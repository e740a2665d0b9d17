import { showCases } from '../harness/client-cases.ts'
import { habitualMail, takeoverMail, type Mail } from '../harness/mails.ts'
import type { SluiceForMta } from '../harness/sluice.ts'
import { users } from '../harness/client-cases.ts'
import { heldByPostfix, heldBySluice, openPostfix } from './open-postfix.ts'

/** What can be shown where the text is not. */
const byEnvelope = {
  labels: false,
  spam: { mail: suspendedMail, what: 'a suspended sender' },
  takeover: { mail: mailToStrangers, what: '25 strangers' },
  failureLimitMs: 20_000
}

showCases('Postfix 3.7, policy service', async (t) => {
  const under = await openPostfix(t, 'Postfix 3.7, policy service', {
    variant: 'policy',
    mainCf: ({ policy }) => ({ 10040: policy })
  })
  if (under === undefined) return undefined
  return {
    ...under,
    ...byEnvelope,
    onHeld: (sent, mail) => heldByPostfix(sent, mail, under),
    killed: 'delivers',
    slow: 'delivers'
  }
})

showCases('Postfix 3.7, policy service, held mail routed', async (t) => {
  const under = await openPostfix(t, 'Postfix 3.7, policy service, held mail routed', {
    variant: 'policy-route',
    mainCf: ({ policy }) => ({ 10040: policy }),
    sluiceToml: ({ relay }, reinjectionPort) => ({ 2525: relay, 10025: reinjectionPort }),
    tables: () => ({ strip_auth_user: {} })
  })
  if (under === undefined) return undefined
  return {
    ...under,
    ...byEnvelope,
    onHeld: (sent, mail) => heldBySluice(sent, mail, under),
    killed: 'answers 4xx',
    slow: 'answers 4xx'
  }
})

/** The content is not shown to Sluice, so what is refused is a sender whose spam was seen before. */
async function suspendedMail({ api }: SluiceForMta): Promise<Mail> {
  await api.contain(users.spam, 'suspended')
  return habitualMail(users.spam)
}

/** More people never written to than the configuration lets a sender have in a day. */
async function mailToStrangers(): Promise<Mail> {
  return takeoverMail(users.takeover, 25)
}
