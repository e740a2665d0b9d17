import type { ReasonEntry } from './reason-entry.ts'

/** What the content says by itself: by feature group of the content model. */
export const contentReasons = {
  WORDING_SPAM: {
    group: 'wording',
    text: 'Worded like spam or phishing',
    about:
      'Words, pairs of words and character sequences of subject and text, as the content model learned them. They are kept as hashes.'
  },
  WORDING_HARMLESS: {
    group: 'wording',
    lowers: true,
    text: 'Worded like ordinary mail',
    about:
      'Words, pairs of words and character sequences of subject and text, as the content model learned them.'
  },
  LINKS_DECEPTIVE: {
    group: 'contentLinks',
    when: { linkTextMismatch: 'yes' },
    text: 'A link shows another address than the one it leads to',
    about: 'The text of a link names one host, its target is another one.'
  },
  LINKS_SUSPICIOUS: {
    group: 'contentLinks',
    text: 'Links look like those of spam or phishing',
    sentences: ['{linkCount} links to {linkDomains} domains, like those of spam or phishing'],
    about: 'Number of links, bare addresses, shorteners, punycode and overlong hosts.'
  },
  LINKS_HARMLESS: {
    group: 'contentLinks',
    lowers: true,
    text: 'Links, or their absence, are like those of ordinary mail',
    about: 'Number and form of the links.'
  },
  ATTACHMENTS_SUSPICIOUS: {
    group: 'attachments',
    text: 'Attachments look like those of spam or malware',
    sentences: ['{attachmentCount} attachments, like those of spam or malware'],
    about: 'Programs, archives and HTML files among the attachments. Their content is not opened.'
  },
  ATTACHMENTS_HARMLESS: {
    group: 'attachments',
    lowers: true,
    text: 'Attachments, or their absence, are like those of ordinary mail',
    about: 'Number and types of the attachments.'
  },
  LURE: {
    group: 'lure',
    text: 'Asks for money, passwords or haste',
    about:
      'Amounts, phone numbers, crypto addresses, forms, calls to log in, a Reply-To that leads elsewhere.'
  },
  NO_LURE: {
    group: 'lure',
    lowers: true,
    text: 'Does not ask for money, passwords or haste',
    about: 'Few of the cues by which fraud asks for something.'
  },
  DISGUISE: {
    group: 'disguise',
    text: 'Hides what it says',
    about: 'Hidden text, zero-width characters, mixed scripts, text as an image, text encoded without need.'
  },
  NO_DISGUISE: {
    group: 'disguise',
    lowers: true,
    text: 'Shows what it says',
    about: 'No hidden text, no text as an image.'
  },
  EMPHASIS: {
    group: 'emphasis',
    text: 'Shouts, or has a subject that pretends',
    about: 'Capitals and exclamation marks, an empty subject, a "Re:" that answers nothing.'
  },
  NO_EMPHASIS: {
    group: 'emphasis',
    lowers: true,
    text: 'Subject and emphasis are like those of ordinary mail',
    about: 'Capitals, exclamation marks and the subject.'
  },
  SHAPE_SUSPICIOUS: {
    group: 'shape',
    text: 'Has the shape of spam',
    about: 'Size, share of HTML, number of recipients, quoting, an offer to unsubscribe.'
  },
  SHAPE_HARMLESS: {
    group: 'shape',
    lowers: true,
    text: 'Has the shape of ordinary mail',
    about: 'Size, share of HTML, number of recipients, quoting.'
  }
} as const satisfies Record<string, ReasonEntry>
