import type { ReasonEntry } from './reason-entry.ts'

/** Rules of policy, and the parts of a sum that belong to no group. */
export const policyReasons = {
  MESSAGE_UNREADABLE: {
    group: 'policy',
    text: 'The message could not be read',
    sentences: ['The message could not be read: {detail}'],
    about:
      'Damaged or hostile MIME, or a message that took too long to read. Held, because what cannot be read cannot be judged.'
  },
  RISK_ABOVE_HOLD: {
    group: 'policy',
    text: 'The risk is above the hold threshold',
    sentences: ['The risk of {risk} is above the hold threshold of {threshold}'],
    about:
      'The models, together, find the message more unlike its sender, or more like spam, than the budget of false holds allows.'
  },
  RISK_ABOVE_SOFT_HOLD: {
    group: 'policy',
    text: 'The risk is above the threshold of ten hold budgets',
    sentences: ['The risk of {risk} is above {threshold}: the message waits for {minutes} minutes'],
    about:
      'With `policy.softHoldMinutes`: unusual, but not enough for a hold. The message waits a little and is then looked at again; it leaves unless something has come to light, in the state `normal` only.'
  },
  CONTENT_CERTAIN: {
    group: 'policy',
    text: 'The content alone is certain to be spam or phishing',
    sentences: [
      'The content alone is spam or phishing with probability {spam}, above the block threshold of {threshold}'
    ],
    about:
      'The only way for a model to block: the content is past the block threshold without any help from the habits of the sender.'
  },
  CAMPAIGN_KNOWN: {
    group: 'policy',
    text: 'The text is that of a confirmed campaign',
    about:
      'At least 80 % of the authored words are those of a message that feedback confirmed as spam, phishing or takeover within 90 days. Feedback that says otherwise ends it.'
  },
  ATTACHMENT_MALWARE: {
    group: 'policy',
    text: 'An attachment is infected',
    sentences: ['The virus scanner found {signature}'],
    about:
      'ClamAV knows a file in the message (`[malware]`). Blocked, whatever the habits of the sender. Feedback cannot lift it: the scanner has to.'
  },
  ATTACHMENT_UNSCANNED: {
    group: 'policy',
    text: 'The attachments could not be scanned for viruses',
    sentences: ['The attachments could not be scanned for viruses: {cause}'],
    about:
      'The virus scanner did not answer in time, or gave a fault. Held with `malware.onFailure = "hold"`, else the verdict is that of the message.'
  },
  SENDER_SUSPENDED: {
    group: 'policy',
    text: 'The sender is suspended',
    about:
      'An operator or the containment of a hijacked account refuses everything from this sender until it is restored.'
  },
  SENDER_RESTRICTED: {
    group: 'policy',
    text: 'The sender is restricted and writes outside of its own domain',
    about: 'Mail of a restricted sender to other domains waits for a decision; mail inside the domain flows.'
  },
  MODELS_MISSING: {
    group: 'policy',
    text: 'No model judged the message',
    sentences: ['No model judged the message; the policy without models is "{policy}"'],
    about:
      'The model files are missing, were refused, or the models failed. `policy.withoutModels` decides: allow within limits and hold bulk of strangers (`limits`), hold all, or allow all.'
  },
  STRANGER_BULK: {
    group: 'policy',
    text: 'A sender without history writes to many strangers',
    sentences: [
      '{newRecipients} recipients never written to, from a sender with {messagesSeen} messages of history'
    ],
    about:
      'Without models this is all that is known: fewer than 20 messages of history, and 10 or more new recipients at once.'
  },
  SHADOW_MODE: {
    group: 'policy',
    text: 'Shadow mode: the message is allowed, whatever was judged',
    sentences: ['Shadow mode: the message is allowed; enforced, the verdict would be {verdict}'],
    about:
      '`policy.mode = "shadow"`, or `mode = "shadow"` of the mail server that asks, answers allow to everything, and says what it would have done.'
  },
  CONTENT_UNSEEN: {
    group: 'policy',
    text: 'Only the envelope was shown: the content was not judged',
    about:
      'The mail server asked without the message (a policy service), or the message is larger than what is read. Recipients, client and times were compared with the habits of the sender; what was not shown counts neither for nor against it, and teaches nothing.'
  },
  EARLIER_VERDICT: {
    group: 'policy',
    text: 'An earlier question about this message was answered more gravely',
    sentences: ['An earlier question about this message was answered with {verdict}, and that stands'],
    about:
      'A mail server asked about the same message before, for other recipients or without its content. What was said then is not taken back by what is shown later.'
  },
  ROUTED_TO_HOLD: {
    group: 'policy',
    text: 'The mail server handed the message over to be held',
    sentences: ['The mail server asked about the message, which was held as {verdictId}, and handed it over'],
    about:
      'With `hold = "route"` a mail server hands what is held to the relay port. What was held with its content stays held there, whatever it looks like when it comes; the verdict that is named says why.'
  },
  FROM_NOT_OWNED: {
    group: 'policy',
    text: 'The message names an author that its sender may not write as',
    sentences: [
      '{field} names {address}, whom the sender may not write as',
      '{field} does not say who sends: {problem}'
    ],
    about:
      'An address of From, Sender, Resent-From or Resent-Sender is neither the name of the authenticated user, nor an alias, nor covered by `identities`; or the field can be read in several ways. `policy.onForeignIdentity` says what follows. See [identity](identity.md#who-may-write-as-whom).'
  },
  ENVELOPE_NOT_OWNED: {
    group: 'policy',
    text: 'MAIL FROM names a sender that the user may not write as',
    sentences: [
      '{field} names {address}, whom the sender may not write as',
      '{field} does not say who sends: {problem}'
    ],
    about:
      'As `FROM_NOT_OWNED`, for the envelope. The null sender is for reports and automatic answers (RFC 5321 section 4.5.5).'
  },
  DMARC_MISALIGNED: {
    group: 'policy',
    text: 'Receivers will not see the message as authentic',
    sentences: [
      'Receivers will not see mail from {domain} as authentic, and its policy asks them to {asks} it: {dkim}; {spf}'
    ],
    about:
      'Foretold for what we send ourselves: neither SPF nor DKIM will be aligned with the domain of From (DMARC, RFC 9989). `policy.onMisaligned` says what follows: `sign` and `allow` let it go with this reason; `hold` holds it where the domain publishes `p=quarantine` or `p=reject`. See [domains](../operate/domains.md).'
  },
  DMARC_UNATTRIBUTABLE: {
    group: 'policy',
    text: 'The From field does not say whose mail it is',
    sentences: ['The From field does not say whose mail it is: {problem}'],
    about:
      'No From field, several of them, or addresses of several domains: receivers can evaluate no DMARC policy and often refuse such mail (RFC 9989 section 11.5). `policy.onMisaligned = "hold"` holds it.'
  },
  DMARC_UNKNOWN: {
    group: 'policy',
    text: 'Whether receivers will see the message as authentic could not be foretold',
    sentences: ['Whether receivers will see the message as authentic could not be foretold: {problem}'],
    about:
      'DNS did not answer within `dns.forecastTimeoutMs`, or the message leaves by a host whose addresses are not known. It changes nothing.'
  },
  DMARC_ALIGNED: {
    group: 'policy',
    text: 'Receivers will see the message as authentic',
    sentences: ['Receivers will see mail from {domain} as authentic, by {by}'],
    about: 'Given with `explain` only: SPF or DKIM will be aligned with the domain of From.'
  },
  DMARC_UNPUBLISHED: {
    group: 'policy',
    text: 'The domain of From publishes no DMARC policy',
    sentences: ['{domain} publishes no DMARC policy'],
    about: 'Given with `explain` only: receivers have nothing to go by, and judge by reputation.'
  },
  BASELINE: {
    group: 'baseline',
    text: 'Where every message starts, before anything in it speaks',
    about:
      'Log-odds of a message that shows nothing. With it, the contributions of a verdict sum to the logit of its risk.'
  },
  SIGNAL_UNUSUAL: {
    group: 'any',
    text: 'Something about the message is unusual',
    about: 'A feature group of a newer model that this release has no sentence for.'
  },
  SIGNAL_USUAL: {
    group: 'any',
    lowers: true,
    text: 'Something about the message is as usual',
    about: 'A feature group of a newer model that this release has no sentence for.'
  },
  OTHER_SIGNALS: {
    group: 'rest',
    text: 'Smaller signals together',
    sentences: ['Smaller signals together ({count})'],
    about: 'Groups whose own contribution is below 0.05 log-odds, summed.'
  }
} as const satisfies Record<string, ReasonEntry>
