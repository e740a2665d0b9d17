import type { Priority, PriorityLabel } from './verdict.ts'

/** What the priority rules look at. Nothing of it is learned: the priority model comes with history. */
export interface PriorityFacts {
  readonly recipients: number
  /** new, reply, forward, auto, list */
  readonly kind: string
  readonly hasUnsubscribe: boolean
  /** HTML with images and several links: the shape of a newsletter. */
  readonly newsletterShape: boolean
  /** Answers a message that this sender took part in. */
  readonly knownThread: boolean
  readonly allRecipientsKnown: boolean
  readonly authoredWords: number
  readonly subject: string
  /** Held, blocked, or within ten hold budgets of it. */
  readonly suspicious: boolean
}

interface PriorityRule {
  readonly name: string
  readonly label: PriorityLabel
  readonly confidence: number
  readonly holds: (facts: PriorityFacts) => boolean
}

const shortMessageWords = 120
const bulkRecipients = 20

/** The first rule that holds decides. docs/reference/reasons.md shows this table. */
export const priorityRules: readonly PriorityRule[] = [
  { name: 'a mailing list', label: 'bulk', confidence: 0.95, holds: ({ kind }) => kind === 'list' },
  { name: 'offers to unsubscribe', label: 'bulk', confidence: 0.9, holds: (facts) => facts.hasUnsubscribe },
  {
    name: '20 recipients or more',
    label: 'bulk',
    confidence: 0.85,
    holds: ({ recipients }) => recipients >= bulkRecipients
  },
  { name: 'newsletter shape to several', label: 'bulk', confidence: 0.7, holds: isNewsletter },
  {
    name: 'held or suspicious is never urgent',
    label: 'normal',
    confidence: 0.9,
    holds: ({ suspicious }) => suspicious
  },
  { name: 'a one-time code or alert to one person', label: 'urgent', confidence: 0.85, holds: isOneTimeCode },
  { name: 'sent by a program', label: 'normal', confidence: 0.7, holds: ({ kind }) => kind === 'auto' },
  { name: 'a reply in a thread with known people', label: 'urgent', confidence: 0.7, holds: isKnownReply },
  { name: 'a short message to one known person', label: 'urgent', confidence: 0.6, holds: isShortNote },
  { name: 'anything else', label: 'normal', confidence: 0.6, holds: () => true }
]

/** The label and its MT-PRIORITY value (RFC 6710 section 4.2: -9 to 9, 0 is normal). */
export function priorityOf(facts: PriorityFacts): Priority {
  const rule = priorityRules.find(({ holds }) => holds(facts))
  const label = rule?.label ?? 'normal'
  return { label, mtPriority: mtPriorities[label], confidence: rule?.confidence ?? 0 }
}

const mtPriorities = { urgent: 4, normal: 0, bulk: -4 } as const

function isNewsletter({ newsletterShape, recipients, kind }: PriorityFacts): boolean {
  return newsletterShape && recipients > 3 && kind === 'new'
}

function isKnownReply({ kind, knownThread, allRecipientsKnown, recipients }: PriorityFacts): boolean {
  return kind === 'reply' && knownThread && allRecipientsKnown && recipients <= 5
}

function isShortNote({ kind, recipients, allRecipientsKnown, authoredWords }: PriorityFacts): boolean {
  return (
    kind === 'new' &&
    recipients === 1 &&
    allRecipientsKnown &&
    authoredWords > 0 &&
    authoredWords <= shortMessageWords
  )
}

/** What people wait for in front of a screen, in the languages of large providers. */
const waitedFor =
  /\b(?:otp|2fa|one[- ]time (?:code|password|pin)|passcode|(?:verification|security|login|sign[- ]?in|access) code|(?:password reset|reset your password)|verify your (?:e-?mail|account|address)|sicherheitscode|bestätigungscode|passwort zurücksetzen|mot de passe|código de (?:verificación|verificação|acesso|seguridad)|codice di (?:verifica|sicurezza)|doğrulama kodu|kod weryfikacyjny|kode verifikasi)\b|код подтверждения|验证码|驗證碼|認証コード|確認コード|인증번호/iu
/** `Code: 123456`, `123456 is your code`: the word alone may be about conduct. */
const codeWord = /\b(?:code|código|codice|kod|kode|kodu|pin)\b|код/iu
const digits = /\b\d{4,8}\b/u

function isOneTimeCode({ subject, recipients, kind }: PriorityFacts): boolean {
  if (recipients !== 1 || kind === 'reply' || kind === 'forward') return false
  return waitedFor.test(subject) || (codeWord.test(subject) && digits.test(subject))
}
