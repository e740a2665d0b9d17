import type { Family } from './family.ts'

/** How much history the comparison stands on. */
export const historyFamily: Family = {
  group: 'history',
  names: ['messages_log', 'people_log', 'words_log'],
  measure({ profile }) {
    return {
      values: [
        Math.log1p(profile.messagesSeen),
        Math.log1p(profile.people.keys.length),
        Math.log1p(profile.words.total)
      ],
      facts: { messagesSeen: profile.messagesSeen }
    }
  }
}
