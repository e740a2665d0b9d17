import { structureNames, type StructureName } from '../../observation/observation.ts'
import type { ContentInput } from '../../models/model-ports.ts'
import type { Evidence } from '../../verdict/verdict.ts'

/** What of the structure speaks together; `wording` are the hashed tokens. A name that stands nowhere belongs to `shape`. */
const structureGroups = {
  contentLinks: [
    'linkCountLog',
    'linkDomainsLog',
    'linkTextMismatch',
    'linkIp',
    'linkShortener',
    'linkPunycode',
    'linkLongHost'
  ],
  attachments: ['attachmentCountLog', 'attachmentExecutable', 'attachmentArchive', 'attachmentHtml'],
  lure: [
    'money',
    'phone',
    'urgency',
    'credential',
    'cryptoAddress',
    'formInHtml',
    'fromNameHasAddress',
    'replyToDiffers'
  ],
  disguise: ['hiddenText', 'zeroWidth', 'mixedScript', 'base64Text', 'imageToText', 'imageCountLog'],
  emphasis: [
    'subjectUpper',
    'subjectExclamation',
    'bodyUpper',
    'bodyExclamation',
    'subjectEmpty',
    'subjectReplyWithoutThread'
  ]
} as const satisfies Record<string, readonly StructureName[]>

/** The players of the content model, in order. */
export const contentGroups = ['wording', ...Object.keys(structureGroups), 'shape'] as const

/** The coalition of all of them, as bits. */
export const allContentGroups = 2 ** contentGroups.length - 1

const groupOfName: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(structureGroups).flatMap(([group, names]) => names.map((name) => [name, group]))
)

/** By position in the structure: the index of its group in `contentGroups`. */
const groupIndex = structureNames.map((name) => contentGroups.indexOf(groupOfName[name] ?? 'shape'))

/** The input with the groups outside of `present` (bits, in the order of `contentGroups`) replaced by the neutral one's. */
export function maskContent(input: ContentInput, neutral: ContentInput, present: number): ContentInput {
  if (present === allContentGroups) return input
  const has = (group: number): boolean => (present & (1 << group)) !== 0
  return {
    tokens: has(0) ? input.tokens : neutral.tokens,
    structure: input.structure.map((value, index) =>
      has(groupIndex[index] ?? 0) ? value : (neutral.structure[index] ?? 0)
    )
  }
}

/** No word, and a structure of zeros: used where the model does not say what its own neutral input is. */
export const blankContent: ContentInput = { tokens: [], structure: structureNames.map(() => 0) }

/** What people can check of one group in the message: counts and flags that are not zero. Words stay hashed, so wording shows nothing. */
export function contentFacts({ structure }: ContentInput, group: string): Evidence {
  const indexes = groupIndexes.get(group) ?? []
  const shown = indexes.filter((index) => (structure[index] ?? 0) !== 0)
  return Object.fromEntries(shown.map((index) => fact(structureNames[index] ?? '', structure[index] ?? 0)))
}

const groupIndexes: ReadonlyMap<string, readonly number[]> = Map.groupBy(
  structureNames.keys(),
  (index) => contentGroups[groupIndex[index] ?? 0] ?? 'shape'
)

function fact(name: string, value: number): readonly [string, number] {
  if (name.endsWith('Log')) return [name.slice(0, -3), Math.round(Math.expm1(value))]
  return [name, Math.round(value * 1000) / 1000]
}
