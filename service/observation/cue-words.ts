import { hash32 } from './public-hash.ts'

/** What a single word hints at. Bits, for one word can hint at several. */
export const cue = { money: 1, urgency: 2, credential: 4, unsubscribe: 8 } as const

const lists: readonly (readonly [bit: number, words: string])[] = [
  [
    cue.money,
    'money cash dollar dollars usd eur euro euros gbp pound pounds payment payments pay paid invoice refund bank banking transfer wire iban swift account loan credit debt prize lottery million billion fund funds inheritance bitcoin btc crypto wallet gift card cards voucher rechnung zahlung überweisung konto geld bezahlen virement facture paiement banque argent compte pago factura dinero banco cuenta transferencia pagamento fattura bonifico banca conto soldi fatura dinheiro conta transferência betaling rekening factuur betala faktura konto деньги оплата счет счёт перевод банк pieniądze przelew płatność'
  ],
  [
    cue.urgency,
    'urgent urgently immediately asap now today expire expires expired expiring deadline final warning suspended suspend suspension limited locked blocked deactivate deactivated terminate terminated overdue attention act important hurry confidential alert notice unusual dringend sofort umgehend gesperrt abgelaufen wichtig frist urgence immédiatement suspendu bloqué expiré urgente inmediatamente suspendida bloqueada caducado vencido immediatamente sospeso scaduto bloccato imediatamente suspensa bloqueado dringende onmiddellijk geblokkeerd verlopen brådskande omedelbart срочно немедленно заблокирован pilne natychmiast zablokowane'
  ],
  [
    cue.credential,
    'password passwords login log-in signin username verify verification confirm confirmation validate authenticate credentials account security secure update upgrade mailbox quota storage webmail pin ssn identity click passwort kennwort anmelden bestätigen verifizieren zugangsdaten mot passe identifiant vérifier confirmer contraseña clave verificar confirmar iniciar accedere verificare confermare senha acessar wachtwoord inloggen bevestigen lösenord logga пароль подтвердите войти hasło zaloguj potwierdź'
  ],
  [
    cue.unsubscribe,
    'unsubscribe opt-out optout unsubscribing remove removed abmelden abbestellen désabonner désinscrire désinscription cancelar darse baja disiscriviti disiscrizione cancellati descadastrar afmelden uitschrijven avregistrera отписаться wypisz'
  ]
]

/** Hints in scripts without spaces, by the pairs and fours that the scanner gives. */
const unspaced: readonly (readonly [bit: number, words: string])[] = [
  [cue.money, '付款 银行 帐户 账户 转账 发票 汇款 支付 銀行 口座 振込 請求 支払 โอนเง ธนาคา'],
  [cue.urgency, '紧急 立即 马上 過期 过期 冻结 警告 緊急 至急 停止 期限 ด่วนท ทันที'],
  [cue.credential, '密码 验证 登录 登錄 確認 认证 安全 邮箱 密碼 認証 รหัสผ ยืนยั'],
  [cue.unsubscribe, '退订 退訂 解除 配信']
]

const bitsByHash = build()
/** By the low half of the hash: nearly every word is none of them, and this says so without a look into the map. */
const mayHint = new Uint8Array(65_536)
for (const hash of bitsByHash.keys()) mayHint[hash & 0xffff] = 1

/** Cue bits of a word by its hash, 0 for most. */
export function cuesOf(hash: number): number {
  return mayHint[hash & 0xffff] === 0 ? 0 : (bitsByHash.get(hash) ?? 0)
}

function build(): Map<number, number> {
  const bits = new Map<number, number>()
  for (const [bit, words] of [...lists, ...unspaced]) {
    for (const word of words.split(' ')) {
      const hash = hash32(word)
      bits.set(hash, (bits.get(hash) ?? 0) | bit)
    }
  }
  return bits
}
