import type { ReasonEntry } from './reason-entry.ts'

/** How the message compares with the habits of its sender: by feature group of the takeover model, the telling codes first. */
export const behaviourReasons = {
  CLIENT_NETWORK_NEW: {
    group: 'client',
    when: { networkKnown: 'no' },
    text: 'Sent from a network this sender has not used before',
    sentences: [
      'First seen from {firstSeenFrom} in {firstSeenIn}, usually {usualAsn} in {usualCountry}',
      'First seen from {firstSeenFrom}, usually {usualAsn}',
      'Sent from a network of {asn} {asName} that this sender has not used before'
    ],
    about:
      'The client address lies in a /16 (IPv6: /32) that is not among the habits of the sender; evidence names who operates it, and who usually does. A new office or a hotel looks so too.'
  },
  CLIENT_PROGRAM_NEW: {
    group: 'client',
    when: { clientKnown: 'no' },
    text: 'Sent with a mail program this sender has not used before',
    sentences: ['Sent with {client}, usually {clientBefore}'],
    about: 'User-Agent or X-Mailer name another program, or another version, than the habits of the sender.'
  },
  CLIENT_UNUSUAL: {
    group: 'client',
    text: 'The network, program and time zone together are unusual for this sender',
    about: 'Each may be known, but not this combination, or none was seen for a long time.'
  },
  CLIENT_KNOWN: {
    group: 'client',
    lowers: true,
    text: 'Sent from the network and program this sender is known to use',
    about: 'Client address, HELO, mail program and time zone are habits of the sender.'
  },
  FROM_ADDRESS_NEW: {
    group: 'structure',
    when: { fromAddressKnown: 'no' },
    text: 'Shows a From address that this sender has not used before',
    about: 'The From field names another mailbox than the habits of the sender.'
  },
  FROM_NAME_NEW: {
    group: 'structure',
    when: { fromNameKnown: 'no' },
    text: 'Shows a From name that this sender has not used before',
    about:
      'The display name of the From field is not among the habits of the sender: impostors often show the name of somebody else.'
  },
  MESSAGE_BUILD_UNUSUAL: {
    group: 'structure',
    text: 'The message is built unlike the ones of this sender',
    about:
      'Order and spelling of the header fields, MIME tree, Message-ID or attachments differ from the habits: often another program wrote it.'
  },
  MESSAGE_BUILD_KNOWN: {
    group: 'structure',
    lowers: true,
    text: 'The message is built like the ones of this sender',
    about: 'Header fields, MIME tree and Message-ID have the shape that they usually have.'
  },
  TIME_UNUSUAL: {
    group: 'time',
    text: 'Sent at an unusual hour or day for this sender',
    sentences: [
      'Sent at {localHour}:00 local time; this sender usually writes between {usualFromHour}:00 and {usualToHour}:00',
      'Sent at {localHour}:00 local time, unusual for this sender'
    ],
    about: 'Hour and weekday by the time zone of the Date field, compared with the habits of the sender.'
  },
  TIME_USUAL: {
    group: 'time',
    lowers: true,
    text: 'Sent at a usual hour for this sender',
    sentences: ['Sent at {localHour}:00 local time, usual for this sender'],
    about: 'Hour and weekday are habits of the sender.'
  },
  RECIPIENTS_NEW: {
    group: 'recipients',
    when: { newRecipients: 'yes' },
    text: 'Goes to people this sender has not written to',
    sentences: [
      '{newRecipients} of {recipients} recipients never written to, {recipientsUnknownHere} of them by nobody here',
      '{newRecipients} of {recipients} recipients never written to'
    ],
    about: 'How many recipients, and how many domains, are not among the habits of the sender.'
  },
  RECIPIENTS_UNUSUAL: {
    group: 'recipients',
    text: 'These recipients together are unusual for this sender',
    sentences: ['{recipients} recipients: an unusual number or combination for this sender'],
    about: 'All are known, but rarely written to, or never together, or more than usual.'
  },
  RECIPIENTS_KNOWN: {
    group: 'recipients',
    lowers: true,
    text: 'Goes to people this sender usually writes to',
    about: 'Recipients are contacts of the sender, in the usual number and company.'
  },
  THREAD_UNKNOWN: {
    group: 'thread',
    when: { threadKnown: 'no' },
    text: 'Is not part of a conversation of this sender',
    sentences: ['A message of kind "{kind}" outside of any conversation of this sender'],
    about:
      'Neither In-Reply-To nor References nor the subject lead to a message that the sender wrote or answered.'
  },
  THREAD_UNUSUAL: {
    group: 'thread',
    text: 'Continues a conversation in an unusual way',
    about:
      'The thread is known, but people, quoting or kind of message differ from the habits: hijackers answer in real threads.'
  },
  THREAD_KNOWN: {
    group: 'thread',
    lowers: true,
    text: 'Continues a conversation as this sender usually does',
    about: 'The message answers one of a known conversation, with its people.'
  },
  LANGUAGE_NEW: {
    group: 'style',
    when: { languageKnown: 'no' },
    text: 'Written in a language this sender has not used before',
    sentences: ['Written in a language ({language}) that this sender has not used before'],
    about: 'The language of the authored text, found by statistics, is not among the habits of the sender.'
  },
  STYLE_UNUSUAL: {
    group: 'style',
    text: 'Written unlike this sender writes',
    sentences: [
      'Written unlike this sender writes: {newWordsPercent} % new words, similarity {similarityPercent} %',
      'Written unlike this sender writes: {newWordsPercent} % new words'
    ],
    about:
      'Words, character habits, punctuation, greeting and sign-off of the authored text, compared with the habits.'
  },
  STYLE_KNOWN: {
    group: 'style',
    lowers: true,
    text: 'Written as this sender writes',
    sentences: ['Written as this sender writes: similarity {similarityPercent} %'],
    about: 'Words and style of the authored text are habits of the sender.'
  },
  LINK_DOMAINS_NEW: {
    group: 'links',
    when: { newLinkDomains: 'yes' },
    text: 'Links to domains this sender has not linked to',
    sentences: [
      '{newLinkDomains} of {linkDomains} link domains never linked to by this sender, {linkDomainsUnknownHere} of them by nobody here',
      '{newLinkDomains} of {linkDomains} link domains never linked to by this sender'
    ],
    about: 'A new link domain stands in most hijacked messages, and in few honest ones.'
  },
  LINKS_UNUSUAL: {
    group: 'links',
    text: 'Links, or what asks for money or haste, are unusual for this sender',
    sentences: ['{links} links: unusual for this sender, or with wording that asks for money or haste'],
    about:
      'Number of links, and cues such as money, phone numbers, urgency and passwords, compared with the habits.'
  },
  LINKS_KNOWN: {
    group: 'links',
    lowers: true,
    text: 'Links are as usual for this sender',
    sentences: ['{links} links, as usual for this sender'],
    about: 'No link, or links to domains among the habits of the sender.'
  },
  VOLUME_UNUSUAL: {
    group: 'volume',
    text: 'Sends more, larger or sooner than usual',
    sentences: [
      '{messagesLastHour} messages in the last hour, {minutesSinceLast} minutes after the one before',
      '{messagesLastHour} messages in the last hour'
    ],
    about: 'Size, time since the message before, and messages in the last hour, compared with the habits.'
  },
  VOLUME_USUAL: {
    group: 'volume',
    lowers: true,
    text: 'Sends as much and as often as usual',
    about: 'Size and pace of the messages are habits of the sender.'
  },
  PASSAGE_SUSPICIOUS: {
    group: 'passages',
    when: { worstPassageStandsOut: 'yes' },
    text: 'One passage reads like spam or phishing, the rest does not',
    sentences: ['Passage {worstPassage} of {passages} reads like spam or phishing, the others less'],
    about:
      'The content model reads the message and each of its passages by itself. Hijackers put a bad line into an otherwise genuine message.'
  },
  TEXT_SUSPICIOUS: {
    group: 'passages',
    text: 'The text reads like spam or phishing, which is weighed more where it is news for this sender',
    about:
      'What the content model says of the message and of its passages, together with how much they sound like the sender.'
  },
  TEXT_HARMLESS: {
    group: 'passages',
    lowers: true,
    text: 'No passage reads like spam or phishing',
    about: 'The content model finds nothing in the message nor in any of its passages.'
  },
  SENDER_UNKNOWN: {
    group: 'newcomer',
    lowers: true,
    text: 'Nothing is known of this sender yet: there are no habits to break',
    about:
      'The first message of a sender is judged by its content and by what others send; all that habits would say is summed up here.'
  },
  HISTORY_SHORT: {
    group: 'history',
    text: 'Little is known of this sender',
    sentences: ['Only {messagesSeen} messages of this sender are known'],
    about: 'How much history the comparison stands on.'
  },
  HISTORY_LONG: {
    group: 'history',
    lowers: true,
    text: 'The habits of this sender are known well',
    sentences: ['{messagesSeen} messages of this sender are known'],
    about: 'How much history the comparison stands on.'
  }
} as const satisfies Record<string, ReasonEntry>
