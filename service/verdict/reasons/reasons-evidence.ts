import type { ReasonEntry } from './reason-entry.ts'

/** What others' messages, and the recipients of earlier ones, say of a message. */
export const evidenceReasons = {
  CAMPAIGN_BODY_KNOWN: {
    group: 'campaignBody',
    when: { known: 'yes' },
    text: 'Says nearly the same as a message that was confirmed to be bad',
    about: 'Feedback marked a message with these words as spam, phishing or takeover within the last 90 days.'
  },
  CAMPAIGN_BODY_STOPPED: {
    group: 'campaignBody',
    when: { stopped: 'yes' },
    text: 'Nearly the same text was held, blocked or confirmed as bad lately',
    about:
      'More than half of the authored words are those of messages that were held, blocked or confirmed as bad. Quoted and forwarded text does not count.'
  },
  CAMPAIGN_BODY: {
    group: 'campaignBody',
    text: 'Unrelated senders sent nearly the same text lately',
    sentences: ['{senders} other senders sent nearly the same text lately'],
    about:
      'The same words from senders of different domains who write to strangers or show link domains new to them. Templates in use for a week, and what the sender itself sent before, do not count.'
  },
  LINK_SUDDENLY_COMMON: {
    group: 'campaignLinks',
    text: 'Several senders suddenly link to a domain that none of them used before',
    sentences: [
      '{senders} other senders suddenly link to the same domain, which is new to them as it is to this sender'
    ],
    about:
      'Counted over senders of different domains in the last days. Domains that others here use, or that were in use two weeks ago, do not count.'
  },
  RECIPIENTS_COMPLAINED: {
    group: 'outcomes',
    when: { complaints: 'yes' },
    text: 'Recipients of this sender complained lately',
    sentences: ['{complaints} complaints about this sender in the last week'],
    about: 'Feedback reports of recipients, beyond what a newsletter has to expect.'
  },
  RECIPIENTS_UNKNOWN: {
    group: 'outcomes',
    when: { unknown: 'yes' },
    text: 'Many recent recipients of this sender do not exist',
    sentences: ['{unknown} of {recipients} recent recipients do not exist'],
    about:
      'Share of unknown mailboxes and domains in the last day and week against the usual of the sender. Bought and guessed address lists look so.'
  },
  RECIPIENTS_REFUSED: {
    group: 'outcomes',
    text: 'Other hosts lately refused mail of this sender as spam or by policy',
    sentences: ['{refused} of {recipients} recent recipients were refused as spam or by policy'],
    about: 'Share of refusals in the last day and week against the usual of the sender.'
  }
} as const satisfies Record<string, ReasonEntry>
