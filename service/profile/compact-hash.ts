/**
 * 32 bits of a text, never 0 (0 marks an empty slot). Profiles keep people, threads, subjects and link domains as this number of
 * their keyed hash: 4 bytes instead of 12, and a stranger passes for one of 400 known people once in ten million messages.
 * FNV-1a over UTF-16 units with the finisher of MurmurHash3.
 */
export function compactHash(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0 || 1
}
