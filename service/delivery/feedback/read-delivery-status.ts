import type { EnhancedStatus } from '../../message/enhanced-status.ts'
import type { RemoteAction, RemoteOutcome } from '../../message/world-report.ts'
import { firstOf, readFieldGroups, type FieldGroup } from './field-groups.ts'
import { hostName, reportedAddress, saying, statusIn, typedValue } from './typed-value.ts'

/**
 * The part for machines of a delivery status notification (RFC 3464 section 2, RFC 6533 section 3): what became of each recipient. Some
 * hosts leave out the group about the message, or the empty line behind it: a group that names a recipient counts wherever it stands.
 */
export function readDeliveryStatus(text: string): readonly RemoteOutcome[] {
  const groups = readFieldGroups(text)
  const reporter = groups.find((group) => group.has('reporting-mta'))
  return groups.flatMap((group) => toOutcome(group, reporter) ?? [])
}

function toOutcome(group: FieldGroup, reporter: FieldGroup | undefined): RemoteOutcome | null {
  const addresses = ['original-recipient', 'final-recipient', 'x-actual-recipient'].flatMap(
    (name) => reportedAddress(firstOf(group, name)) ?? []
  )
  const said = firstOf(group, 'diagnostic-code')
  const status = statusOf(firstOf(group, 'status'), said)
  const action = actionOf(firstOf(group, 'action'), status)
  if (action === null || (addresses.length === 0 && !group.has('final-recipient'))) return null
  return {
    addresses: [...new Set(addresses)],
    action,
    status,
    diagnostic: saying(typedValue(said).value),
    host: hostName(firstOf(group, 'remote-mta')) ?? hostName(firstOf(reporter, 'reporting-mta'))
  }
}

/** What the reply said is more than a status that says nothing (`5.0.0`). */
function statusOf(field: string, said: string): EnhancedStatus | null {
  const stated = statusIn(field)
  if (stated !== null && !stated.endsWith('.0.0')) return stated
  const heard = statusIn(said)
  return heard !== null && heard.startsWith(stated?.slice(0, 2) ?? '') ? heard : stated
}

const actions: ReadonlySet<string> = new Set(['failed', 'delayed', 'delivered', 'relayed', 'expanded'])

/** `failed (remote host refused)`: comments stand behind the word. Where it is missing, the class of the status tells. */
function actionOf(text: string, status: EnhancedStatus | null): RemoteAction | null {
  const word = /^[a-z]+/u.exec(text.toLowerCase())?.[0] ?? ''
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- just checked
  if (actions.has(word)) return word as RemoteAction
  if (status === null) return null
  return status.startsWith('5') ? 'failed' : status.startsWith('4') ? 'delayed' : 'delivered'
}
