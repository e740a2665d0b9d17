import type { Random } from '../../../service/verdict/budget/seeded-random.ts'

/** What is put into a template. What is left out stays as the template has it. */
export interface Filling {
  /** Characters of the text parts, `\n` line ends, laid out already. */
  readonly plain?: string
  readonly html?: string
  /** With its `Re:`. */
  readonly subject?: string
  /** Mailboxes as fields write them. They are laid into To and Cc as the template uses these fields. */
  readonly recipients?: readonly string[]
  /** Message-IDs, the one answered last; none removes the fields. */
  readonly parents?: readonly string[]
  /** As a From field writes it. */
  readonly from?: string
  /** Programs make Message-IDs of the account's address or domain. */
  readonly account?: { readonly old: string; readonly own: string }
  /** Lower-case names of fields that go. */
  readonly without?: ReadonlySet<string>
  readonly date?: { readonly at: number; readonly zoneMinutes: number }
  /** Refuses rather than spelling `ä` as `a`. */
  readonly isExact?: boolean
  readonly random: Random
}
