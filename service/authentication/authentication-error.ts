const sentences = {
  KEYS_DAMAGED: 'the file of DKIM keys cannot be read',
  KEYS_MISSING: 'the domain has no keys yet',
  DOMAIN_INVALID: 'is not a domain that mail can be sent from'
} as const

export type AuthenticationErrorCode = keyof typeof sentences

/** A fault of keys or domains. Match on `code`; `facts` say where. */
export class AuthenticationError extends Error {
  override readonly name = 'AuthenticationError'
  readonly code: AuthenticationErrorCode
  readonly facts: Readonly<Record<string, string>>

  constructor(code: AuthenticationErrorCode, facts: Readonly<Record<string, string>> = {}, cause?: unknown) {
    const told = Object.values(facts).join(', ')
    super(told === '' ? sentences[code] : `${told}: ${sentences[code]}`, { cause })
    this.code = code
    this.facts = facts
  }
}
