import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toLabelled, type LabelledMessage } from '../../datasets/synthetic-mail/labelled.ts'
import { badThemes, honestThemes, languageCodes } from '../../datasets/synthetic-mail/language.ts'
import { languageOf } from '../../datasets/synthetic-mail/languages.ts'
import { createChance } from '../../datasets/synthetic-mail/chance.ts'
import { inventCompany, inventPerson } from '../../datasets/synthetic-mail/people.ts'
import { createSlots } from '../../datasets/synthetic-mail/slots.ts'
import { expand } from '../../datasets/synthetic-mail/spintax.ts'
import { zones } from '../../datasets/synthetic-mail/zone.ts'

const messages = toLabelled({ seed: 'labels', count: 1_800 })
const ham = messages.filter(({ label }) => label === 'ham')
const spam = messages.filter(({ label }) => label === 'spam')

test('half of it is bad, in every language, from every family', () => {
  assert.equal(messages.length, 1_800)
  assert.equal(spam.length, 900)
  for (const language of languageCodes)
    for (const side of [ham, spam])
      assert.ok(side.filter((one) => one.language === language).length > 15, language)
  const families = new Set(messages.map(({ family }) => family))
  for (const theme of badThemes) assert.ok(families.has(`bad/${theme}`), theme)
  for (const theme of honestThemes) assert.ok(families.has(`honest/${theme}`), theme)
  for (const { group, family, language } of messages) assert.equal(group, `${family}:${language}`)
})

/** What a reader sees only in the headers, the frame or the connection, as words. */
function traits({ raw, submission: { plan, client } }: LabelledMessage): string[] {
  const text = Buffer.from(raw).toString('latin1')
  const head = text.slice(0, text.indexOf('\r\n\r\n'))
  const names = Array.from(head.matchAll(/^[\w-]+(?=:)/gmu), ([name]) => `field ${name}`)
  const types = plan.attachments.map(({ fileName }) => `file ${fileName.slice(fileName.lastIndexOf('.'))}`)
  const encodings = Array.from(
    text.matchAll(/^content-transfer-encoding: (\S+)/gimu),
    ([, name]) => `encoding ${name}`
  )
  const links = Array.from(text.matchAll(/https?:\/\/[^/\s"<>]*\.(\w+)\//gu), ([, end]) => `link .${end}`)
  const shape = [
    `program ${plan.device.program}`,
    `html ${plan.html}`,
    `look ${plan.look}`,
    `kind ${plan.kind}`
  ]
  const helo = `helo ${client.helo.startsWith('[') ? 'literal' : client.helo.includes('.') ? 'name' : 'word'}`
  return [...new Set([...names, ...types, ...encodings, ...links, ...shape, helo])]
}

function counted(side: readonly LabelledMessage[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const trait of side.flatMap(traits)) found.set(trait, (found.get(trait) ?? 0) + 1)
  return found
}

test('no trait of headers, frame, files or connection occurs on one side only', () => {
  const [honest, bad] = [counted(ham), counted(spam)]
  for (const trait of new Set([...honest.keys(), ...bad.keys()])) {
    const [one, other] = [honest.get(trait) ?? 0, bad.get(trait) ?? 0]
    if (one + other >= 20) assert.ok(one > 0 && other > 0, `${trait}: ${one} honest, ${other} bad`)
  }
})

test('knowing the headers alone, the best single trait tells little about M2', () => {
  const stolen = spam.filter(({ submission }) => submission.attack?.endsWith('M2') === true)
  const share = (side: readonly LabelledMessage[], trait: string): number =>
    side.filter((one) => traits(one).includes(trait)).length / side.length
  // Threads and Bcc belong to the kind of attack, not to its headers.
  const names = [...new Set([...stolen, ...ham].flatMap(traits))].filter(
    (name) => !/kind |In-Reply-To|References|^field Cc|^field CC/u.test(name)
  )
  for (const name of names) {
    const gap = Math.abs(share(ham, name) - share(stolen, name))
    assert.ok(gap < 0.2, `${name}: ${gap.toFixed(2)}`)
  }
})

test('every template of every language expands, and no slot is left over', () => {
  for (const code of languageCodes) {
    const { lexicon, honest, bad } = languageOf(code)
    const chance = createChance(`templates ${code}`)
    const reader = inventPerson(code, chance)
    const company = inventCompany(lexicon, chance)
    const context = {
      lexicon,
      chance,
      writer: reader,
      reader,
      company,
      zone: zones.utc,
      at: 0,
      link: () => 'https://a.example/'
    }
    const templates = [...Object.values(honest), ...Object.values(bad)].flat()
    for (const template of templates)
      for (let round = 0; round < 4; round += 1) {
        const text = expand(template, { chance, slot: createSlots(context) })
        assert.doesNotMatch(text, /[[\]{}|]|undefined|NaN/u, `${code}: ${template}`)
      }
  }
})

function mentions(side: readonly LabelledMessage[], pattern: RegExp): number {
  return side.filter(({ submission: { plan } }) => pattern.test(`${plan.subject}\n${plan.text}`)).length
}

test('a bad family can be told from an honest one only by its words: near-misses stand on the honest side', () => {
  for (const pattern of [
    /https?:/u,
    /\b[A-Z]{2}\d{2} ?\w{4}/u,
    /password|passwor|contraseñ|пароль|كلمة|密码|パスワード|รหัส/iu,
    /urgent|dringend|срочно|عاجل|紧急|至急|ด่วน/iu
  ])
    assert.ok(
      mentions(ham, pattern) >= 5 && mentions(spam, pattern) >= 5,
      `${pattern}: ${mentions(ham, pattern)} ${mentions(spam, pattern)}`
    )
})
