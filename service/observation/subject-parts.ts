/** A subject taken apart: how often it was answered or forwarded, its list tag, what it is about. */
export interface SubjectParts {
  readonly topic: string
  /** `[word]` at the front, without brackets; '' if none. */
  readonly bracket: string
  readonly isReply: boolean
  readonly isForward: boolean
}

const reply =
  /^(?:re|aw|antw|antwort|sv|vs|ref|rif|res|odp|ynt|vá|на|отв|回复|回覆|返信|답장|رد)(?:\[\d+\]|\(\d+\))?\s*[:：]\s*/iu
const forward = /^(?:fwd?|wg|tr|rv|enc|i|vl|pd|továbbítás|пересл|fs|转发|轉寄|転送|전달)\s*[:：]\s*/iu
const tag = /^\[([^\]]{1,60})\]\s*/u
/** Prefixes pile up in long threads; more than this is an attack on the loop. */
const maxPrefixes = 12

/** `Re: [list] Fwd: Hello` → topic `Hello`, bracket `list`, reply and forward. */
export function subjectParts(subject: string): SubjectParts {
  let topic = subject.slice(0, 500).trim()
  let bracket = ''
  let isReply = false
  let isForward = false
  for (let round = 0; round < maxPrefixes; round += 1) {
    const before = topic
    topic = topic.replace(tag, (_, name: string) => {
      if (bracket === '') bracket = name
      return ''
    })
    const unanswered = topic.replace(reply, '')
    if (unanswered !== topic) isReply = true
    const unforwarded = unanswered.replace(forward, '')
    if (unforwarded !== unanswered) isForward = true
    topic = unforwarded
    if (topic === before) break
  }
  return { topic, bracket, isReply, isForward }
}
