import type { Networks } from '../../../access/networks.ts'
import type { Introduction } from '../asking/callout-request.ts'
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
  /** Postfix policy: when a message is judged. `rcpt`, at each recipient, is for mail servers that ask nothing at its end, the default. */
  readonly decideAt?: 'end-of-data' | 'rcpt'
  /** When we can't judge in time: `open` lets pass, `closed` answers 451. */
  readonly onFailure: 'open' | 'closed'
  /** `shadow`: judged and recorded, always answered with allow. */
  readonly mode: 'enforce' | 'shadow'
  /** Whether messages get the label header fields. */
  readonly labels: boolean
  /**
   * Lower-case name of the field in which the mail server itself writes who sends, where its protocol carries no login (SPAMC). It has to
   * remove what a message brings along; believed only if the client is trusted and names no user.
   */
  readonly identityHeader: string | null
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

interface Question {
  readonly protocol: CalloutProtocol
  readonly peer: string | null
  readonly introduction: Introduction
}

/** Whose question it is. */
export type ChooseClient = (question: Question) => ClientProfile

/** As configured; undefined: nobody whom we know. */
export type FindClient = (question: Question) => ClientProfile | undefined

/** Finds the first configured client of this protocol whose selectors all fit. */
export function createFindClient(
  clients: readonly ConfiguredClient[],
  isPassword: (given: string, expected: string) => boolean
): FindClient {
  return function findClient({ protocol, peer, introduction }) {
    return clients.find(
      ({ profile, selectors }) =>
        clientKinds[profile.kind].protocol === protocol && fits(selectors, peer, introduction, isPassword)
    )?.profile
  }
}

/**
 * Who is not configured is a stranger of the kind that it says it is: scored, and never learned from (DESIGN.md section 5), unless it
 * shows a token of scope `score`.
 */
export function createChooseClient(findClient: FindClient): ChooseClient {
  return function chooseClient(question) {
    const { protocol, introduction } = question
    const profile = findClient(question) ?? stranger(protocol, introduction)
    return introduction.tokenId === undefined ? profile : { ...profile, trusted: true }
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

function stranger(protocol: CalloutProtocol, { kind, tokenId }: Introduction): ClientProfile {
  const said = kind !== null && isClientKind(kind) && clientKinds[kind].protocol === protocol ? kind : null
  const ofKind = said ?? kindOfProtocol[protocol]
  const name = tokenId === undefined ? `unnamed-${ofKind}` : `token-${ofKind}`
  return {
    name,
    kind: ofKind,
    mta: tokenId ?? name,
    trusted: false,
    hold: clientKinds[ofKind].hold,
    route: null,
    onFailure: 'open',
    mode: 'enforce',
    labels: true,
    identityHeader: null
  }
}
