import { existsSync } from 'node:fs'
import path from 'node:path'
import { loadPhishingPot } from '../../datasets/phishing-pot/load-phishing-pot.ts'
import { loadSpamAssassin } from '../../datasets/spam-assassin/load-spam-assassin.ts'
import { createBadTexts, type BadTexts } from './bad-texts.ts'
import { realBadTexts } from './real-bad-texts.ts'

const perSet = 400

/** Texts that this project wrote itself. */
export function inventedBadTexts(seed: number): BadTexts {
  return createBadTexts({ seed: textSeed(seed) })
}

function textSeed(seed: number): string {
  return `texts ${seed}`
}

/**
 * Bad texts for measuring: invented ones, those of the SpamAssassin corpus where its package is installed, and those of phishing mail
 * where `data` holds it.
 */
export async function loadBadTexts(seed: number, data: string | null): Promise<BadTexts> {
  const spam = await loadSpamAssassin().catch(() => null)
  const hasPhishing = data !== null && existsSync(path.join(data, 'phishing-2022-2024.jsonl.gz'))
  const phishing = hasPhishing ? await loadPhishingPot(data) : null
  const sets = [spam?.mail ?? [], phishing?.mail ?? []]
  const real = await Promise.all(sets.map((mail) => realBadTexts(mail, perSet)))
  return createBadTexts({ seed: textSeed(seed), real: real.flat() })
}
