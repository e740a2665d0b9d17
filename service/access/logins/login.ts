/** What a client offers to prove who it is. */
export interface LoginAttempt {
  readonly name: string
  readonly password: string
  /** null: not known. */
  readonly ip: string | null
  /** The connection is encrypted. */
  readonly isSecure: boolean
}

/** Who has logged in. */
export interface LoginUser {
  /** Lower case; the identity whose habits are learned. */
  readonly name: string
  /** Patterns of addresses that it may write as, where the back-end says so; null: as the configuration says. */
  readonly identities: readonly string[] | null
}

/** Where passwords are checked (`[auth] backend`). */
export interface Logins {
  /** undefined: no such user, or another password. Rejects with AUTH_UNAVAILABLE or TOO_MANY_LOGINS: a reply for later, not a refusal. */
  authenticate(attempt: LoginAttempt): Promise<LoginUser | undefined>
  close(): Promise<void>
}
