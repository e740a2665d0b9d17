import type { DataSet, LabelledMail } from '../../datasets/labelled-mail.ts'
import { createRandom, type Random } from '../chance.ts'

const perHonest = 0.3

/**
 * Honest mail with a harmful paragraph put in: what a thief does in a hijacked mailbox. Besides, it breaks the corpora's own
 * lesson, that business talk or patches are always honest. Paragraphs come from the bad mail of the sets; a carrier and the mail it was made from
 * share their group, and so their fold.
 */
export function withHarmfulLines(mail: readonly LabelledMail[], seed: number): DataSet<LabelledMail> {
  const random = createRandom(seed + 17)
  const paragraphs = mail.filter(({ label }) => label === 'bad').flatMap(({ raw }) => harmfulParagraphs(raw))
  const made: LabelledMail[] = []
  for (const honest of mail) {
    if (honest.label !== 'honest' || random() >= perHonest || !isPlain(honest.raw)) continue
    const paragraph = paragraphs[Math.floor(random() * paragraphs.length)]
    if (paragraph === undefined) break
    made.push({
      ...honest,
      id: `carrier/${honest.id}`,
      source: 'carriers',
      label: 'bad',
      raw: insert(honest.raw, paragraph, random)
    })
  }
  return {
    provenance: { source: 'carriers', licence: 'made from the other sets', sha256: '0'.repeat(64) },
    mail: made
  }
}

/** One text/plain body in a plain transfer encoding: text can be put in as it stands. */
function isPlain(raw: string): boolean {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n'))
  return !/content-type:\s*(?!text\/plain)/iu.test(head) && !/quoted-printable|base64/iu.test(head)
}

/** Asks for something and says where: a link, an account, money, a number to call. */
const asks =
  /https?:\/\/|www\.|\bclick\b|\baccount|\bverify|\bpassword|\bcredit|\binvest|\bmillion|\border now|\bcall (?:us|now|me)|\bbank\b|\btransfer\b/iu

function harmfulParagraphs(raw: string): string[] {
  if (!isPlain(raw)) return []
  const body = raw.slice(raw.indexOf('\r\n\r\n') + 4)
  return body
    .split(/\r\n[ \t]*\r\n/u)
    .map((paragraph) => paragraph.trim())
    .filter(
      (paragraph) =>
        paragraph.length > 60 &&
        paragraph.length < 700 &&
        asks.test(paragraph) &&
        !/<[a-z/]/iu.test(paragraph)
    )
    .slice(0, 6)
}

/** Before the text, after its first paragraph, or after its last own line. */
function insert(raw: string, paragraph: string, random: Random): string {
  const start = raw.indexOf('\r\n\r\n') + 4
  const body = raw.slice(start)
  const firstEnd = body.search(/\r\n[ \t]*\r\n/u)
  const at = random() < 0.4 || firstEnd < 0 ? 0 : firstEnd + 2
  return `${raw.slice(0, start)}${body.slice(0, at)}\r\n${paragraph}\r\n\r\n${body.slice(at)}`
}
