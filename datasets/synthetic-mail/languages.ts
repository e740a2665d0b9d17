import type { Language, LanguageCode } from './language.ts'
import { bad as badAr } from './languages/ar-bad.ts'
import { honest as honestAr } from './languages/ar-honest.ts'
import { lexicon as ar } from './languages/ar.ts'
import { bad as badDe } from './languages/de-bad.ts'
import { honest as honestDe } from './languages/de-honest.ts'
import { lexicon as de } from './languages/de.ts'
import { bad as badEn } from './languages/en-bad.ts'
import { honest as honestEn } from './languages/en-honest.ts'
import { lexicon as en } from './languages/en.ts'
import { bad as badEs } from './languages/es-bad.ts'
import { honest as honestEs } from './languages/es-honest.ts'
import { lexicon as es } from './languages/es.ts'
import { bad as badFr } from './languages/fr-bad.ts'
import { honest as honestFr } from './languages/fr-honest.ts'
import { lexicon as fr } from './languages/fr.ts'
import { bad as badIt } from './languages/it-bad.ts'
import { honest as honestIt } from './languages/it-honest.ts'
import { lexicon as it } from './languages/it.ts'
import { bad as badJa } from './languages/ja-bad.ts'
import { honest as honestJa } from './languages/ja-honest.ts'
import { lexicon as ja } from './languages/ja.ts'
import { bad as badNl } from './languages/nl-bad.ts'
import { honest as honestNl } from './languages/nl-honest.ts'
import { lexicon as nl } from './languages/nl.ts'
import { bad as badPl } from './languages/pl-bad.ts'
import { honest as honestPl } from './languages/pl-honest.ts'
import { lexicon as pl } from './languages/pl.ts'
import { bad as badPt } from './languages/pt-bad.ts'
import { honest as honestPt } from './languages/pt-honest.ts'
import { lexicon as pt } from './languages/pt.ts'
import { bad as badRu } from './languages/ru-bad.ts'
import { honest as honestRu } from './languages/ru-honest.ts'
import { lexicon as ru } from './languages/ru.ts'
import { bad as badTh } from './languages/th-bad.ts'
import { honest as honestTh } from './languages/th-honest.ts'
import { lexicon as th } from './languages/th.ts'
import { bad as badZh } from './languages/zh-bad.ts'
import { honest as honestZh } from './languages/zh-honest.ts'
import { lexicon as zh } from './languages/zh.ts'

const languages: Readonly<Record<LanguageCode, Language>> = {
  en: { lexicon: en, honest: honestEn, bad: badEn },
  de: { lexicon: de, honest: honestDe, bad: badDe },
  fr: { lexicon: fr, honest: honestFr, bad: badFr },
  es: { lexicon: es, honest: honestEs, bad: badEs },
  pt: { lexicon: pt, honest: honestPt, bad: badPt },
  it: { lexicon: it, honest: honestIt, bad: badIt },
  nl: { lexicon: nl, honest: honestNl, bad: badNl },
  pl: { lexicon: pl, honest: honestPl, bad: badPl },
  ru: { lexicon: ru, honest: honestRu, bad: badRu },
  ar: { lexicon: ar, honest: honestAr, bad: badAr },
  zh: { lexicon: zh, honest: honestZh, bad: badZh },
  ja: { lexicon: ja, honest: honestJa, bad: badJa },
  th: { lexicon: th, honest: honestTh, bad: badTh }
}

export function languageOf(code: LanguageCode): Language {
  return languages[code]
}
