import type { Lexicon } from '../language.ts'
import { zones } from '../zone.ts'

export const lexicon: Lexicon = {
  code: 'ja',
  zones: [zones.tokyo],
  country: 'ja',
  ibanCountry: '',
  givenNames:
    '翔太:shota|美咲:misaki|健一:kenichi|由美:yumi|大輔:daisuke|陽子:yoko|拓也:takuya|恵:megumi|直樹:naoki|千尋:chihiro|誠:makoto|久美子:kumiko|亮:ryo|綾:aya|浩:hiroshi|真由:mayu',
  familyNames:
    '佐藤:sato|鈴木:suzuki|高橋:takahashi|田中:tanaka|渡辺:watanabe|伊藤:ito|山本:yamamoto|中村:nakamura|小林:kobayashi|加藤:kato|吉田:yoshida|松本:matsumoto|井上:inoue|木村:kimura|清水:shimizu|森:mori',
  familyFirst: true,
  companies: '株式会社{family}{trade}|{family}{trade}店|有限会社{family}{trade}|{city}{trade}株式会社',
  trades: '木工|会計事務所|自動車|園芸|印刷|製パン|運輸|歯科|ソフト|電設|書店|不動産|キッチン',
  jobTitles:
    '代表取締役|総務部|経理部|営業部|プロジェクト担当|カスタマーサポート|購買部|エンジニア|事務局|部長',
  cities: '仙台|金沢|岡山|松山|長野|静岡|熊本|奈良|富山|函館',
  goods:
    'オーク棚|デスクライト|レインジャケット|コーヒーミル|ガーデンベンチ|ランニングシューズ|オフィスチェア|湯のみ|スマホケース|トナー|ウール毛布|自転車ヘルメット',
  projects:
    '倉庫移転|新サイト|本町の現場|春のカタログ|ハヤブサ計画|アンケート|監査|キッチン改装|システム移行|夏祭り',
  fileNames: '請求書|見積書|議事録|報告書|契約書|スキャン|写真|下書き|時間割|注文書',
  banks: '三菱UFJ銀行|みずほ銀行|ゆうちょ銀行|北方銀行|楽天銀行|三井住友銀行|ユニオン銀行',
  couriers: 'ヤマト運輸|佐川急便|日本郵便|DHL|福山通運|クイック便',
  services:
    'Amazon|楽天|Netflix|Apple ID|Microsoft 365|えきねっと|CloudBox|ETCサービス|メルカリ|PayPay|ドコモ',
  weekdays: '日曜日|月曜日|火曜日|水曜日|木曜日|金曜日|土曜日',
  months: '1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月',
  date: '{m}月{d}日|{y}年{m}月{d}日|{m}/{d}|{y}/{m}/{d}',
  money: '{n}円|¥{n}',
  thousands: ',',
  decimal: '.',
  phone: '03-5550-####|090-5550-####|+81 3 5550 ####',
  greetings: {
    casual: '{name}さん、|{name}へ|{last}さん、こんにちは。|どうも、|{name}さん',
    formal:
      '{last}様|{fullname}様|{last}様\nいつもお世話になっております。|関係者各位|お世話になっております。',
    generic: 'お客様各位|お客様|{fullname}様|ご利用者様|いつもご利用ありがとうございます。'
  },
  signOffs: {
    casual: 'よろしく！|またね|では|ありがとう|それでは',
    formal:
      'よろしくお願いいたします。|どうぞよろしくお願い申し上げます。|以上、よろしくお願いします。|敬具|失礼いたします。',
    team: '{mycompany}|{mycompany} カスタマーサポート|{mycompany} スタッフ一同|{mycompany} 運営事務局'
  },
  mobileSignature: 'iPhoneから送信|スマートフォンから送信',
  quoteIntro: '{date} {time}、{name} <{address}> のメール:|{date}、{name}さんは書きました:',
  replyPrefix: 'RE',
  forwardPrefix: 'FW',
  quoteWords: '差出人|送信日時|宛先|件名',
  buttons: '確認する|開く|続きを読む|マイページ|配送状況|承認する|書類を見る|次へ|ログイン|詳細を見る',
  unsubscribe: '配信停止|メール設定の変更|今後メールを受け取らない',
  sentenceGap: ''
}
