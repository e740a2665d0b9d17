/** How mail programs introduce what they quote. A new language is a new word here. */
const wrote = [
  'wrote', 'writes', 'schrieb', 'a écrit', 'escribió', 'ha scritto', 'escreveu', 'schreef', 'skrev', 'kirjoitti',
  'napisał\\(?a?\\)?', 'napsal\\(?a?\\)?', 'napísal', 'írta', 'a scris', 'yazdı', 'написала?\\(?а?\\)?', 'пишет', 'написав',
  'έγραψε', 'đã viết', 'menulis', 'เขียน', '写道', '寫道', 'wrote'
] // prettier-ignore

/** `On Monday, Jane wrote:`, without what it quotes. */
export const attribution = new RegExp(`(?:^|[\\s>)"”])(?:${wrote.join('|')})\\s*[:：]\\s*$`, 'iu')
export const attributionStart = /^\s*(?:on|am|le|el|il|em|op|den|på|w dniu|dne|в|at|在|於|vào|pada)\s/iu

const original = [
  'original message', 'original mail', 'ursprüngliche nachricht', 'originalnachricht', "message d'origine", 'message original',
  'mensaje original', 'messaggio originale', 'mensagem original', 'oorspronkelijk bericht', 'ursprungligt meddelande',
  'oprindelig meddelelse', 'opprinnelig melding', 'alkuperäinen viesti', 'wiadomość oryginalna', 'původní zpráva',
  'eredeti üzenet', 'исходное сообщение', '原始邮件', '原始郵件', 'original appointment', 'forwarded message',
  'begin forwarded message', 'weitergeleitete nachricht', 'message transféré', 'mensaje reenviado', 'messaggio inoltrato',
  'mensagem encaminhada', 'doorgestuurd bericht', 'пересылаемое сообщение', '转发邮件', '轉寄郵件', 'forwarded by'
] // prettier-ignore

/** `-----Original Message-----` and its kin: all that follows is not this sender's. */
export const originalMessage = new RegExp(`^\\s*-{2,}\\s*(?:${original.join('|')})`, 'iu')
export const appleForward = /^\s*begin forwarded message\s*[:：]/iu

/** The header block that Outlook puts above what it quotes. */
export const quotedFrom =
  /^\s*\**(?:from|von|de|da|van|från|fra|lähettäjä|od|feladó|от|від|kimden|发件人|寄件者|差出人|보낸 사람|จาก)\**\s*[:：]/iu
export const quotedSent =
  /^\s*\**(?:sent|date|gesendet|datum|envoyé|enviado|enviada em|fecha|inviato|data|verzonden|skickat|sendt|lähetetty|wysłano|odesláno|elküldve|отправлено|дата|надіслано|gönderilme|发送时间|日期|寄件日期|送信日時|보낸 날짜|ส่ง)[^:：]{0,12}[:：]/iu

const greetings = [
  'hi', 'hello', 'hey', 'dear', 'good', 'greetings', 'morning', 'hallo', 'guten', 'liebe', 'lieber', 'sehr', 'moin', 'servus',
  'bonjour', 'bonsoir', 'salut', 'cher', 'chère', 'madame', 'monsieur', 'hola', 'buenos', 'buenas', 'estimado', 'estimada',
  'querido', 'querida', 'ciao', 'buongiorno', 'buonasera', 'gentile', 'salve', 'caro', 'cara', 'olá', 'oi', 'prezado',
  'prezada', 'caros', 'bom', 'boa', 'beste', 'geachte', 'dag', 'hej', 'hei', 'kära', 'kære', 'kjære', 'terve', 'moi', 'hyvä',
  'cześć', 'dzień', 'witam', 'szanowni', 'szanowna', 'szanowny', 'dobrý', 'ahoj', 'vážený', 'vážená', 'kedves', 'tisztelt',
  'szia', 'bună', 'stimate', 'stimată', 'merhaba', 'sayın', 'selam', 'здравствуйте', 'привет', 'добрый', 'уважаемый',
  'уважаемая', 'уважаемые', 'вітаю', 'добрий', 'шановний', 'γεια', 'αγαπητέ', 'שלום', 'مرحبا', 'السلام', 'عزيزي', 'xin', 'chào', 'kính',
  'halo', 'selamat', 'yth', 'folks', 'all', 'team', 'namaste', 'नमस्ते', 'สวัสดี', 'เรียน', '您好', '你好', '尊敬的', '亲爱的', '各位', 'お世話', 'こんにちは', '안녕하세요'
] // prettier-ignore
export const greetingWords: ReadonlySet<string> = new Set(greetings)
/** Greetings of scripts without spaces stand at the start of the first word. */
export const unspacedGreetings = greetings.filter((word) =>
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Thai}\p{sc=Hangul}]/u.test(word)
)

const signOffs = [
  'regards', 'best', 'kind regards', 'best regards', 'warm regards', 'sincerely', 'yours', 'thanks', 'thank you', 'thx', 'cheers', 'ciao',
  'many thanks', 'all the best', 'take care', 'love', 'respectfully', 'cordially', 'br', 'rgds', 'hth', 'ttyl', 'mfg', 'lg', 'vg', 'viele grüße', 'viele grüsse',
  'mit freundlichen', 'freundliche grüße', 'liebe grüße', 'beste grüße', 'gruß', 'grüße', 'gruss', 'cordialement', 'bien cordialement',
  'bien à vous', 'salutations', 'amitiés', 'merci', 'saludos', 'un saludo', 'atentamente', 'gracias', 'un abrazo', 'cordiali saluti', 'distinti saluti',
  'saluti', 'grazie', 'atenciosamente', 'att', 'abraço', 'abraços', 'obrigado', 'obrigada', 'cumprimentos', 'met vriendelijke', 'groeten', 'groetjes',
  'mvh', 'med vänlig', 'vänliga', 'hälsningar', 'med venlig', 'med vennlig', 'hilsen', 'terveisin', 'ystävällisin', 'pozdrawiam', 'z poważaniem',
  's pozdravem', 'üdvözlettel', 'üdv', 'cu stimă', 'mulțumesc', 'saygılarımla', 'teşekkürler', 'с уважением', 'спасибо', 'з повагою', 'дякую', 'με εκτίμηση',
  'trân trọng', 'salam', 'terima kasih', 'hormat', 'ขอบคุณ', 'ด้วยความเคารพ', '谢谢', '謝謝', '此致', '祝好', 'よろしく', 'ありがとう', '감사합니다', 'شكرا', 'مع التحية', 'בברכה', 'תודה', 'धन्यवाद'
] // prettier-ignore
export const signOffPhrases: readonly string[] = signOffs

/** Below a rule line: what lists and providers append. */
export const listFooter =
  /mailing list|listinfo|unsubscribe|list-?serv|yahoo! groups|sf\.net|sponsored by|abmelden|désinscrire|darse de baja/iu
export const ruleLine = /^[\s_*=~-]*(?:_{10,}|-{15,}|={15,}|\*{15,}|~{10,})[\s_*=~>-]*$/u
