import type { NoticeLanguage } from './notice-language.ts'

export const english: NoticeLanguage = {
  code: 'en',
  subject: {
    failed: 'Your message could not be delivered',
    delayed: 'Your message is delayed',
    success: 'Your message has arrived'
  },
  from: (host) => `This is the mail system at ${host}.`,
  failed: 'Your message could not be delivered to the following recipients. It will not be tried again.',
  delayed: (until) =>
    `Your message has not reached the following recipients yet. You need not send it again: we go on trying until ${until}.`,
  delivered: 'Your message was delivered to the following recipients.',
  relayed:
    'Your message was handed to the mail system of the following recipients. That system sends no delivery reports, so this is the last one.',
  causes: {
    'address-unknown': 'This address does not exist. Please check its spelling.',
    'domain-unknown': 'The part after the @ takes no mail. Please check its spelling.',
    'mailbox-full': 'The mailbox is full. Please reach the recipient another way.',
    'too-large':
      'The message is too large for the recipient’s mail system. Please send it in smaller parts or as a link.',
    refused: 'The recipient’s mail system refused the message by its rules.',
    held: 'The message was held for review and was not released.',
    'not-reached': 'The recipient’s mail system could not be reached.',
    expired: 'Delivery was tried for as long as we keep mail, without success.',
    characters: 'The recipient’s mail system does not take addresses or headers with these characters.',
    insecure:
      'The message may only travel encrypted, and the recipient’s mail system did not offer it securely.',
    other: 'The recipient’s mail system did not take the message.'
  },
  said: (host) => `${host} answered:`,
  about: { title: 'About your message:', subject: 'Subject', received: 'Received', queueId: 'Queue id' }
}
