import { showCases } from '../harness/client-cases.ts'
import { heldByPostfix, heldBySluice, openPostfix } from './open-postfix.ts'

showCases('Postfix 3.7, milter', async (t) => {
  const under = await openPostfix(t, 'Postfix 3.7, milter', {
    variant: 'milter',
    mainCf: ({ milter }) => ({ 10041: milter })
  })
  if (under === undefined) return undefined
  return {
    ...under,
    onHeld: (sent, mail) => heldByPostfix(sent, mail, under),
    killed: 'delivers',
    slow: 'delivers',
    failureLimitMs: 20_000
  }
})

showCases('Postfix 3.7, milter, held mail routed', async (t) => {
  const under = await openPostfix(t, 'Postfix 3.7, milter, held mail routed', {
    variant: 'milter-route',
    mainCf: ({ milter }) => ({ 10041: milter }),
    sluiceToml: (_ports, reinjectionPort) => ({ 10025: reinjectionPort }),
    tables: ({ relay }) => ({ milter_header_checks: { 2525: relay } })
  })
  if (under === undefined) return undefined
  return {
    ...under,
    onHeld: (sent, mail) => heldBySluice(sent, mail, under),
    killed: 'answers 4xx',
    slow: 'answers 4xx',
    failureLimitMs: 20_000
  }
})
