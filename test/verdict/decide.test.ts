import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide, type Findings } from '../../service/verdict/decide.ts'
import { logit } from '../../service/verdict/log-odds.ts'
import { policy } from './policy.ts'

const harmless: Findings = {
  riskLogit: logit(0.01),
  spamLogit: logit(0.004),
  thresholds: { suspicious: 0.2, hold: 0.4, block: 0.9 },
  policy,
  containment: 'normal',
  external: true,
  knownCampaign: false,
  unreadable: null,
  brokenLimits: [],
  messagesSeen: 100,
  newRecipients: 0
}
const limit = { code: 'LIMIT_MESSAGES_PER_HOUR', evidence: { used: 100, adds: 1, limit: 100 } } as const
const unreadable = { cause: 'too-deep', detail: '101 levels' }
const misaligned = {
  kind: 'misaligned',
  domain: 'example.org',
  policy: 'reject',
  spf: 'SPF of example.org is fail for 203.0.113.25',
  dkim: 'no key for example.org'
} as const
const noModels = { riskLogit: null, spamLogit: null }

const cases: readonly (readonly [string, Partial<Findings>, string, readonly string[]])[] = [
  ['a harmless message is allowed', {}, 'allow', []],
  ['the first anomaly holds', { riskLogit: logit(0.41) }, 'hold', ['RISK_ABOVE_HOLD']],
  [
    'a takeover as certain as can be holds, and does not block',
    { riskLogit: logit(0.999999) },
    'hold',
    ['RISK_ABOVE_HOLD']
  ],
  [
    'content that is certain by itself blocks',
    { riskLogit: logit(0.95), spamLogit: logit(0.91) },
    'block',
    ['CONTENT_CERTAIN', 'RISK_ABOVE_HOLD']
  ],
  ['the text of a known campaign blocks', { knownCampaign: true }, 'block', ['CAMPAIGN_KNOWN']],
  [
    'a suspended sender is blocked, whatever it writes',
    { containment: 'suspended' },
    'block',
    ['SENDER_SUSPENDED']
  ],
  [
    'a restricted sender is held outside of its domain',
    { containment: 'restricted' },
    'hold',
    ['SENDER_RESTRICTED']
  ],
  [
    'a restricted sender may write inside of its domain',
    { containment: 'restricted', external: false },
    'allow',
    []
  ],
  ['a watched sender is judged like any other', { containment: 'watched' }, 'allow', []],
  ['a broken limit holds', { brokenLimits: [limit] }, 'hold', ['LIMIT_MESSAGES_PER_HOUR']],
  ['what cannot be read is held', { ...noModels, unreadable }, 'hold', ['MESSAGE_UNREADABLE']],
  ['without models, mail within limits is allowed and says so', noModels, 'allow', ['MODELS_MISSING']],
  [
    'without models, bulk of a stranger is held',
    { ...noModels, messagesSeen: 19, newRecipients: 10 },
    'hold',
    ['MODELS_MISSING', 'STRANGER_BULK']
  ],
  [
    'without models, bulk of a known sender is allowed',
    { ...noModels, messagesSeen: 20, newRecipients: 10 },
    'allow',
    ['MODELS_MISSING']
  ],
  [
    'without models, the policy hold holds all',
    { ...noModels, policy: { ...policy, withoutModels: 'hold' } },
    'hold',
    ['MODELS_MISSING']
  ],
  [
    'without models, the policy allow allows even strangers’ bulk',
    { ...noModels, messagesSeen: 0, newRecipients: 50, policy: { ...policy, withoutModels: 'allow' } },
    'allow',
    ['MODELS_MISSING']
  ],
  [
    'an envelope without content is judged as it is, and says so',
    { contentUnseen: true, riskLogit: logit(0.5) },
    'hold',
    ['RISK_ABOVE_HOLD', 'CONTENT_UNSEEN']
  ],
  ['what receivers will refuse is told', { alignment: misaligned }, 'allow', ['DMARC_MISALIGNED']],
  [
    'what receivers will refuse is held by policy',
    { alignment: misaligned, policy: { ...policy, onMisaligned: 'hold' } },
    'hold',
    ['DMARC_MISALIGNED']
  ],
  [
    'what receivers only report is not held',
    { alignment: { ...misaligned, policy: 'none' }, policy: { ...policy, onMisaligned: 'hold' } },
    'allow',
    ['DMARC_MISALIGNED']
  ],
  [
    'what names no one author is held by policy',
    {
      alignment: { kind: 'unattributable', why: 'multiple-from-fields' },
      policy: { ...policy, onMisaligned: 'hold' }
    },
    'hold',
    ['DMARC_UNATTRIBUTABLE']
  ],
  [
    'a forecast that is not known changes nothing',
    {
      alignment: { kind: 'unknown', domain: 'example.org', why: 'DNS did not answer within 20 ms' },
      policy: { ...policy, onMisaligned: 'hold' }
    },
    'allow',
    ['DMARC_UNKNOWN']
  ],
  [
    'who asks why hears also that all is well',
    { alignment: { kind: 'aligned', domain: 'example.org', by: 'DKIM' } },
    'allow',
    ['DMARC_ALIGNED']
  ],
  ['what was not seen is nothing against it', { contentUnseen: true }, 'allow', ['CONTENT_UNSEEN']],
  [
    'what was held before stays held, and says so',
    { earlier: { judged: 'hold', hold: 'hard' } },
    'hold',
    ['EARLIER_VERDICT']
  ],
  [
    'what was blocked before stays blocked, whatever else holds it now',
    { earlier: { judged: 'block', hold: null }, riskLogit: logit(0.5) },
    'block',
    ['EARLIER_VERDICT', 'RISK_ABOVE_HOLD']
  ],
  [
    'what is worse than before needs no earlier verdict',
    { earlier: { judged: 'hold', hold: 'hard' }, containment: 'suspended' },
    'block',
    ['SENDER_SUSPENDED']
  ],
  ['an earlier allow binds nobody', { earlier: { judged: 'allow', hold: null } }, 'allow', []]
]

for (const [sentence, change, verdict, codes] of cases) {
  test(sentence, () => {
    const decision = decide({ ...harmless, ...change })

    assert.equal(decision.verdict, verdict)
    assert.equal(decision.judged, verdict)
    assert.deepEqual(
      decision.reasons.map(({ code }) => code),
      codes
    )
  })
}

test('shadow mode allows, and says what it would have done', () => {
  const decision = decide({ ...harmless, riskLogit: logit(0.5), policy: { ...policy, mode: 'shadow' } })

  assert.equal(decision.verdict, 'allow')
  assert.equal(decision.judged, 'hold')
  assert.deepEqual(decision.reasons[0], { code: 'SHADOW_MODE', evidence: { verdict: 'hold' } })
})

test('the shadow of one submission is like that of the policy', () => {
  const decision = decide({ ...harmless, shadow: true, riskLogit: logit(0.5) })

  assert.deepEqual([decision.verdict, decision.judged, decision.hold], ['allow', 'hold', 'hard'])
  assert.deepEqual(decision.reasons[0], { code: 'SHADOW_MODE', evidence: { verdict: 'hold' } })
})

const patient = { ...policy, softHoldMinutes: 10 }

for (const [name, findings, verdict, hold] of [
  ['between one and ten budgets a message is held softly', { riskLogit: logit(0.3) }, 'hold', 'soft'],
  ['above the hold threshold it is held until somebody decides', { riskLogit: logit(0.5) }, 'hold', 'hard'],
  ['below ten budgets it is allowed', { riskLogit: logit(0.1) }, 'allow', null],
  [
    'what anything else holds too is held hard',
    { riskLogit: logit(0.3), brokenLimits: [limit] },
    'hold',
    'hard'
  ],
  ['what was held softly before stays so', { earlier: { judged: 'hold', hold: 'soft' } }, 'hold', 'soft'],
  ['without the policy nothing is held softly', { riskLogit: logit(0.3), policy }, 'allow', null]
] as const satisfies readonly (readonly [string, Partial<Findings>, string, string | null])[]) {
  test(`soft hold: ${name}`, () => {
    const decision = decide({ ...harmless, policy: patient, ...findings })

    assert.deepEqual([decision.verdict, decision.hold], [verdict, hold])
  })
}
