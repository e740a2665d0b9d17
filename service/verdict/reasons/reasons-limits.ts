import type { ReasonEntry } from './reason-entry.ts'

/** The safety net (`[limits]`): which limit, how far it is used, and when there is room again. */
export const limitReasons = {
  LIMIT_MESSAGES_PER_MINUTE: {
    group: 'policy',
    text: 'The limit of messages per minute is reached',
    sentences: [
      '{used} messages in the last minute and {adds} more are above the limit of {limit}; there is room again at {recoversAt}',
      '{used} messages in the last minute and {adds} more are above the limit of {limit}'
    ],
    about: 'The safety net `limits.messagesPerMinute`, over the 60 seconds before the message.'
  },
  LIMIT_MESSAGES_PER_HOUR: {
    group: 'policy',
    text: 'The limit of messages per hour is reached',
    sentences: [
      '{used} messages in the last hour and {adds} more are above the limit of {limit}; there is room again at {recoversAt}',
      '{used} messages in the last hour and {adds} more are above the limit of {limit}'
    ],
    about: 'The safety net `limits.messagesPerHour`, over the 60 minutes before the message.'
  },
  LIMIT_MESSAGES_PER_DAY: {
    group: 'policy',
    text: 'The limit of messages per day is reached',
    sentences: [
      '{used} messages in the last 24 hours and {adds} more are above the limit of {limit}; there is room again at {recoversAt}',
      '{used} messages in the last 24 hours and {adds} more are above the limit of {limit}'
    ],
    about: 'The safety net `limits.messagesPerDay`, over the 24 hours before the message.'
  },
  LIMIT_RECIPIENTS_PER_MINUTE: {
    group: 'policy',
    text: 'The limit of recipients per minute is reached',
    sentences: [
      '{used} recipients in the last minute and {adds} more are above the limit of {limit}; there is room again at {recoversAt}',
      '{used} recipients in the last minute and {adds} more are above the limit of {limit}'
    ],
    about: 'The safety net `limits.recipientsPerMinute`, over the 60 seconds before the message.'
  },
  LIMIT_RECIPIENTS_PER_HOUR: {
    group: 'policy',
    text: 'The limit of recipients per hour is reached',
    sentences: [
      '{used} recipients in the last hour and {adds} more are above the limit of {limit}; there is room again at {recoversAt}',
      '{used} recipients in the last hour and {adds} more are above the limit of {limit}'
    ],
    about:
      'The safety net `limits.recipientsPerHour`, over the 60 minutes before the message. Two spellings of one mailbox (`+tag`, Gmail dots) count once a message.'
  },
  LIMIT_RECIPIENTS_PER_DAY: {
    group: 'policy',
    text: 'The limit of recipients per day is reached',
    sentences: [
      '{used} recipients in the last 24 hours and {adds} more are above the limit of {limit}; there is room again at {recoversAt}',
      '{used} recipients in the last 24 hours and {adds} more are above the limit of {limit}'
    ],
    about: 'The safety net `limits.recipientsPerDay`, over the 24 hours before the message.'
  },
  LIMIT_NEW_RECIPIENTS_PER_MINUTE: {
    group: 'policy',
    text: 'The limit of recipients never written to before per minute is reached',
    sentences: [
      '{used} new recipients in the last minute and {adds} more are above the limit of {limit}; there is room again at {recoversAt}',
      '{used} new recipients in the last minute and {adds} more are above the limit of {limit}'
    ],
    about: 'The safety net `limits.newRecipientsPerMinute`, over the 60 seconds before the message.'
  },
  LIMIT_NEW_RECIPIENTS_PER_HOUR: {
    group: 'policy',
    text: 'The limit of recipients never written to before per hour is reached',
    sentences: [
      '{used} new recipients in the last hour and {adds} more are above the limit of {limit}; there is room again at {recoversAt}',
      '{used} new recipients in the last hour and {adds} more are above the limit of {limit}'
    ],
    about: 'The safety net `limits.newRecipientsPerHour`, over the 60 minutes before the message.'
  },
  LIMIT_NEW_RECIPIENTS_PER_DAY: {
    group: 'policy',
    text: 'The limit of recipients never written to before per day is reached',
    sentences: [
      '{used} new recipients in the last 24 hours and {adds} more are above the limit of {limit}; there is room again at {recoversAt}',
      '{used} new recipients in the last 24 hours and {adds} more are above the limit of {limit}'
    ],
    about:
      'The safety net `limits.newRecipientsPerDay`, over the 24 hours before the message. New are people whom this sender has not written to, as far as its habits remember.'
  },
  LIMIT_PERSONAL_MESSAGES_PER_HOUR: {
    group: 'policy',
    text: 'The sender has far more messages an hour than usual',
    sentences: [
      'This sender has usually at most {usual} messages an hour; {used} in the last hour and {adds} more are above its limit of {limit}; there is room again at {recoversAt}',
      'This sender has usually at most {usual} messages an hour; {used} in the last hour and {adds} more are above its limit of {limit}'
    ],
    about:
      'Like `LIMIT_MESSAGES_PER_HOUR`, with a limit that follows what the sender sent on earlier days (`[limits.personal]`).'
  },
  LIMIT_PERSONAL_MESSAGES_PER_DAY: {
    group: 'policy',
    text: 'The sender has far more messages a day than usual',
    sentences: [
      'This sender has usually at most {usual} messages a day; {used} in the last 24 hours and {adds} more are above its limit of {limit}; there is room again at {recoversAt}',
      'This sender has usually at most {usual} messages a day; {used} in the last 24 hours and {adds} more are above its limit of {limit}'
    ],
    about:
      'Like `LIMIT_MESSAGES_PER_DAY`, with a limit that follows what the sender sent on earlier days (`[limits.personal]`).'
  },
  LIMIT_PERSONAL_RECIPIENTS_PER_HOUR: {
    group: 'policy',
    text: 'The sender has far more recipients an hour than usual',
    sentences: [
      'This sender has usually at most {usual} recipients an hour; {used} in the last hour and {adds} more are above its limit of {limit}; there is room again at {recoversAt}',
      'This sender has usually at most {usual} recipients an hour; {used} in the last hour and {adds} more are above its limit of {limit}'
    ],
    about:
      'Like `LIMIT_RECIPIENTS_PER_HOUR`, with a limit that follows what the sender sent on earlier days (`[limits.personal]`).'
  },
  LIMIT_PERSONAL_RECIPIENTS_PER_DAY: {
    group: 'policy',
    text: 'The sender has far more recipients a day than usual',
    sentences: [
      'This sender has usually at most {usual} recipients a day; {used} in the last 24 hours and {adds} more are above its limit of {limit}; there is room again at {recoversAt}',
      'This sender has usually at most {usual} recipients a day; {used} in the last 24 hours and {adds} more are above its limit of {limit}'
    ],
    about:
      'Like `LIMIT_RECIPIENTS_PER_DAY`, with a limit that follows what the sender sent on earlier days (`[limits.personal]`).'
  },
  LIMIT_PERSONAL_NEW_RECIPIENTS_PER_HOUR: {
    group: 'policy',
    text: 'The sender has far more recipients never written to before an hour than usual',
    sentences: [
      'This sender has usually at most {usual} new recipients an hour; {used} in the last hour and {adds} more are above its limit of {limit}; there is room again at {recoversAt}',
      'This sender has usually at most {usual} new recipients an hour; {used} in the last hour and {adds} more are above its limit of {limit}'
    ],
    about:
      'Like `LIMIT_NEW_RECIPIENTS_PER_HOUR`, with a limit that follows what the sender sent on earlier days (`[limits.personal]`).'
  },
  LIMIT_PERSONAL_NEW_RECIPIENTS_PER_DAY: {
    group: 'policy',
    text: 'The sender has far more recipients never written to before a day than usual',
    sentences: [
      'This sender has usually at most {usual} new recipients a day; {used} in the last 24 hours and {adds} more are above its limit of {limit}; there is room again at {recoversAt}',
      'This sender has usually at most {usual} new recipients a day; {used} in the last 24 hours and {adds} more are above its limit of {limit}'
    ],
    about:
      'Like `LIMIT_NEW_RECIPIENTS_PER_DAY`, with a limit that follows what the sender sent on earlier days (`[limits.personal]`).'
  }
} as const satisfies Record<string, ReasonEntry>
