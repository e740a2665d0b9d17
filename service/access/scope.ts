/** What a token may do; `admin` may do everything. */
export const scopes = ['score', 'feedback', 'operate', 'admin'] as const
export type Scope = (typeof scopes)[number]

/** A token as lists show it: without its secret, which is not kept. */
export interface Token {
  readonly id: string
  readonly name: string
  readonly scopes: readonly Scope[]
  /** Epoch ms. */
  readonly createdAt: number
}
