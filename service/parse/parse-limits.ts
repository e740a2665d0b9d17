/** How much of one message is looked at. Beyond a limit a message is truncated with a defect, or unreadable where truncation would hide something. */
export interface ParseLimits {
  readonly headerFields: number
  readonly headerBytes: number
  readonly fieldBytes: number
  readonly mimeDepth: number
  readonly parts: number
  readonly bodyBytes: number
  readonly textChars: number
  readonly htmlChars: number
  readonly links: number
  readonly addresses: number
  readonly references: number
}

export const parseLimits: ParseLimits = {
  // A message with long ARC and DKIM chains has about 150; Postfix and Exim refuse far fewer bytes, not fewer fields.
  headerFields: 1_000,
  // Postfix header_size_limit is 102,400 bytes for the whole block.
  headerBytes: 262_144,
  // A To field with 1,000 recipients is about 40 kB.
  fieldBytes: 65_536,
  // Forwards of forwards reach 10; a reader's client gives up before 50.
  mimeDepth: 50,
  // A digest of a busy list has about 100. More parts than this are never read: the message is held.
  parts: 500,
  // Encoded bytes of one text body that are decoded: enough for textChars of quoted-printable ASCII or base64 UTF-8.
  bodyBytes: 786_432,
  // The longest honest newsletter seen has 180 k characters.
  textChars: 262_144,
  // Newsletters made by Word reach 400 kB of markup.
  htmlChars: 524_288,
  // Distinct links; a long newsletter has about 100.
  links: 200,
  // SMTP servers accept 100 recipients or more per message (RFC 5321 section 4.5.3.1.8); header lists can be longer.
  addresses: 1_000,
  // The thread's latest ancestors say enough.
  references: 50
}
