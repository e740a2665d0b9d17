import type { Networks } from '../../../access/networks.ts'
import type { Introduction } from './callout-request.ts'
import type { CalloutProtocol, ClientKindName, HoldExpression } from './client-kinds.ts'
import { clientKinds, isClientKind, kindOfProtocol } from './client-kinds.ts'

/** One mail server (or one of its ways of asking), as the operator describes it. */
export interface ClientProfile {
  readonly name: string
  readonly kind: ClientKindName
  /** Ways of asking of one mail server share it: a message is scored once whichever of them asks first. */
  readonly mta: string
  /** Its mail may teach, and counts. */
  readonly trusted: boolean
  readonly hold: HoldExpression
  /** With `hold: route`: Postfix's `transport:nexthop`. */
  readonly route: string | null
  /** When we can't judge in time: `open` lets pass, `closed` answers 451. */
  readonly onFailure: 'open' | 'closed'
  /** `shadow`: judged and recorded, always answered with allow. */
  readonly mode: 'enforce' | 'shadow'
  /** Whether messages get the label header fields. */
  readonly labels: boolean
}

/** How a profile is recognised: everything that is given must fit. */
export interface ClientSelectors {
  readonly networks: Networks | null
  readonly settingsId: string | null
  readonly userAgent: string | null
  readonly password: string | null
}

export interface ConfiguredClient {
  readonly profile: ClientProfile
  readonly selectors: ClientSelectors
}

/** Whose question it is. */
export type ChooseClient = (question: {
  readonly protocol: CalloutProtocol
  readonly peer: string | null
  readonly introduction: Introduction
}) => ClientProfile

/**
 * The first configured client of this protocol whose selectors all fit; else a stranger of the kind that it says it is: scored, and never
 * learned from (DESIGN.md section 5).
 */
export function createChooseClient(
  clients: readonly ConfiguredClient[],
  isPassword: (given: string, expected: string) => boolean
): ChooseClient {
  return function chooseClient({ protocol, peer, introduction }) {
    const known = clients.find(
      ({ profile, selectors }) =>
        clientKinds[profile.kind].protocol === protocol && fits(selectors, peer, introduction, isPassword)
    )
    return known?.profile ?? stranger(protocol, introduction)
  }
}

function fits(
  { networks, settingsId, userAgent, password }: ClientSelectors,
  peer: string | null,
  introduction: Introduction,
  isPassword: (given: string, expected: string) => boolean
): boolean {
  // Who may open a unix socket is what the file system says
  if (networks !== null && peer !== null && !networks.has(peer)) return false
  if (settingsId !== null && introduction.settingsId !== settingsId) return false
  if (userAgent !== null && !(introduction.userAgent ?? '').startsWith(userAgent)) return false
  return password === null || isPassword(introduction.password ?? '', password)
}

function stranger(protocol: CalloutProtocol, { kind }: Introduction): ClientProfile {
  const said = kind !== null && isClientKind(kind) && clientKinds[kind].protocol === protocol ? kind : null
  const ofKind = said ?? kindOfProtocol[protocol]
  const name = `unnamed-${ofKind}`
  return {
    name,
    kind: ofKind,
    mta: name,
    trusted: false,
    hold: clientKinds[ofKind].hold,
    route: null,
    onFailure: 'open',
    mode: 'enforce',
    labels: true
  }
}
