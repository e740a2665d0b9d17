/** How well the identity is proven: by AUTH, by a trusted caller or header, or only by what MAIL FROM claims. */
export type IdentityStrength = 'authenticated' | 'asserted' | 'envelope' | 'none'

/** Whose habits a message is compared with. */
export interface SenderIdentity {
  /** What people read, in lower case: `alice@example.org`. */
  readonly id: string
  readonly strength: IdentityStrength
}

/** Somebody vouches for it. MAIL FROM alone anybody can write: what it claims must not teach, restrict or speak for the sender. */
export function isProven({ strength }: Pick<SenderIdentity, 'strength'>): boolean {
  return strength === 'authenticated' || strength === 'asserted'
}
