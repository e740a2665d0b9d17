/** One message of a labelled set, in submission view: as a submission server would have received it. */
export interface LabelledMail {
  readonly id: string
  /** Name of the data set. */
  readonly source: string
  /** `bad`: spam, phishing or fraud; `honest`: anything else. */
  readonly label: 'honest' | 'bad'
  /** Messages of one group (a thread, a campaign, a mailbox) must not be split across folds. '' where none is known. */
  readonly group: string
  /** RFC 5322 message, one character a byte (latin1). */
  readonly raw: string
}

/** One message of a sender's history. */
export interface SentMail {
  readonly id: string
  readonly sender: string
  /** Epoch ms. */
  readonly receivedAt: number
  readonly client: { readonly ip: string | null; readonly helo: string | null }
  readonly recipients: readonly string[]
  readonly raw: string
}

/** What was read, for a manifest: sha256 over the bytes of the files. */
export interface Provenance {
  readonly source: string
  readonly licence: string
  readonly sha256: string
  /** RFC 3339: first and last message, where that tells something. */
  readonly from?: string
  readonly to?: string
}

export interface DataSet<Mail> {
  readonly provenance: Provenance
  readonly mail: readonly Mail[]
}
