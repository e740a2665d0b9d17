import assert from 'node:assert/strict'
import { test } from 'node:test'
import { networksOf } from '../../service/observation/network.ts'
import { readLanguage } from '../../service/observation/language.ts'
import { identifierShape, shapeOf } from '../../service/observation/masks.ts'
import { scanWords } from '../../service/observation/scan-words.ts'
import { scriptOf } from '../../service/observation/script.ts'
import { subjectParts } from '../../service/observation/subject-parts.ts'
import { toVisibleText } from '../../service/observation/visible-text.ts'

const sentences: readonly (readonly [language: string, text: string])[] = [
  ['en', 'Could you please send me the report before the end of the week?'],
  ['de', 'Könnten Sie mir bitte den Bericht noch vor dem Wochenende senden?'],
  ['fr', 'Pourriez-vous nous envoyer le rapport avant la fin de la semaine, et une copie pour moi ?'],
  ['es', '¿Puede enviarme el informe antes de que termine la semana, por favor?'],
  ['it', 'Potrebbe inviarmi il rapporto prima della fine della settimana? Grazie per il suo aiuto.'],
  ['pt', 'Você pode me enviar o relatório até o fim da semana? Muito obrigado, não se esqueça.'],
  ['nl', 'Kunt u mij het verslag voor het einde van de week sturen? Dat is niet te veel, hoop ik.'],
  ['sv', 'Kan du skicka rapporten till mig före helgen? Det är inte så mycket, och jag behöver den.'],
  ['pl', 'Czy może mi pan przesłać raport przed końcem tygodnia? To nie jest dużo.'],
  ['cs', 'Můžete mi prosím poslat zprávu do konce týdne? Není to moc a jsem rád, že jste.'],
  ['hu', 'El tudná küldeni a jelentést a hét végéig? Nem sok, és csak egy oldal.'],
  ['tr', 'Raporu bu hafta sonuna kadar bana gönderebilir misiniz? Çok uzun değil ve kolay.'],
  ['ru', 'Не могли бы вы прислать мне отчёт до конца недели? Это не так много.'],
  ['uk', 'Чи не могли б ви надіслати мені звіт до кінця тижня? Це не так багато, але треба.'],
  ['vi', 'Bạn có thể gửi cho tôi báo cáo trước cuối tuần được không? Tôi và các bạn đã chờ.'],
  ['el', 'Μπορείτε να μου στείλετε την έκθεση;'],
  ['ar', 'هل يمكنك إرسال التقرير لي؟'],
  ['he', 'האם תוכל לשלוח לי את הדוח?'],
  ['th', 'กรุณาส่งรายงานให้ฉันด้วย'],
  ['ja', '報告書を送ってください。'],
  ['ko', '보고서를 보내 주시겠습니까?'],
  ['zh', '请在周末之前把报告发给我。'],
  ['', 'ok']
]
for (const [language, text] of sentences) {
  test(`language of "${text}" is ${language || 'unknown'}`, () => {
    assert.equal(readLanguage(scanWords(text), scriptOf(text)).language, language)
  })
}

const subjects: readonly (readonly [subject: string, topic: string, bracket: string, marks: string])[] = [
  ['Re: [team] Fwd: Plan', 'Plan', 'team', 'reply forward'],
  ['AW: WG: Termin', 'Termin', '', 'reply forward'],
  ['回复：会议', '会议', '', 'reply '],
  ['[PATCH v2 3/7] fix: it', 'fix: it', 'PATCH v2 3/7', ' '],
  ['Regarding: nothing', 'Regarding: nothing', '', ' '],
  ['', '', '', ' ']
]
for (const [subject, topic, bracket, marks] of subjects) {
  test(`subject "${subject}"`, () => {
    const parts = subjectParts(subject)
    const found = `${parts.isReply ? 'reply' : ''} ${parts.isForward ? 'forward' : ''}`
    assert.deepEqual([parts.topic, parts.bracket, found], [topic, bracket, marks])
  })
}

const networks: readonly (readonly [ip: string, near: string, wide: string])[] = [
  ['203.0.113.7', '203.0.113', '203.0'],
  ['::ffff:203.0.113.7', '203.0.113', '203.0'],
  ['2001:db8:1::1', '2001:db8:1', '2001:db8'],
  ['2001:0DB8:0001:0:0:0:0:1', '2001:db8:1', '2001:db8'],
  ['::1', '0:0:0', '0:0'],
  ['300.1.1.1', '', ''],
  ['1::2::3', '', ''],
  ['nonsense', '', '']
]
for (const [ip, near, wide] of networks) {
  test(`networks of ${ip}`, () => assert.deepEqual(networksOf(ip), { near, wide }))
}

test('shapes keep the pattern of an identifier, not its content', () => {
  assert.equal(shapeOf('laptop-07.example.com'), 'a-9.a.a')
  assert.equal(identifierShape('20261102093015.AB12cd34EF@x'), '9++.h++@a')
  assert.equal(identifierShape('CAKxyz_9qW4'), 'A+_x+')
})

test('invisible and posing characters are undone and counted', () => {
  assert.deepEqual(toVisibleText('pay\u200bpal \u{1d5d5}\u{1d5ee}\u{1d5fb}\u{1d5f8} ｆｕｌｌ'), {
    text: 'paypal Bank full',
    invisible: 5
  })
  assert.deepEqual(toVisibleText('grün – “quoted” привет 您好'), {
    text: 'grün – “quoted” привет 您好',
    invisible: 0
  })
})
