/** One kind of reason: a row of the table that `reasons.ts` joins. */
export interface ReasonEntry {
  /** The feature group whose contribution the reason carries; `policy` reasons carry none. */
  readonly group: string
  /** The group made the message look safer. */
  readonly lowers?: true
  /** What the facts have to show for this code; the table's first fitting code of a group is given. */
  readonly when?: Readonly<Record<string, 'yes' | 'no'>>
  /** The sentence when the evidence is thin: no facts needed. */
  readonly text: string
  /** More telling sentences, the best first; one is used when the evidence has every `{fact}` that it names. */
  readonly sentences?: readonly string[]
  /** For the documentation: what it means, and what to do about it. */
  readonly about: string
}
