import type { Lexicon } from '../language.ts'
import { zones } from '../zone.ts'

export const lexicon: Lexicon = {
  code: 'th',
  zones: [zones.bangkok],
  country: 'th',
  ibanCountry: '',
  givenNames:
    'สมชาย:somchai|สุดา:suda|นิพนธ์:niphon|มาลี:malee|อนันต์:anan|พิมพ์:pim|วิชัย:wichai|กานดา:kanda|ธนา:thana|รัตนา:rattana|ณัฐ:nat|อรทัย:orathai|ชัยวัฒน์:chaiwat|ปรียา:preeya|กิตติ:kitti|วราภรณ์:waraporn',
  familyNames:
    'แสงทอง:saengthong|วงศ์ไทย:wongthai|ศรีสุข:srisuk|ใจดี:jaidee|บุญมี:boonmee|ทองคำ:thongkham|รักษา:raksa|สุขใจ:sukjai|พงษ์:phong|จันทร์:chan|มีสุข:meesuk|แก้ว:kaew|ดวงดี:duangdee|ชัยศรี:chaisri',
  familyFirst: false,
  companies: 'บริษัท {family}{trade} จำกัด|ร้าน{trade}{family}|{trade}{city}|หจก. {family}{trade}',
  trades: 'เฟอร์นิเจอร์|บัญชี|ยานยนต์|สวน|การพิมพ์|เบเกอรี่|ขนส่ง|ทันตกรรม|ซอฟต์แวร์|ไฟฟ้า|หนังสือ|อสังหา|ครัว',
  jobTitles: 'กรรมการผู้จัดการ|เลขานุการ|ฝ่ายบัญชี|ฝ่ายขาย|ผู้จัดการโครงการ|ฝ่ายบริการลูกค้า|ฝ่ายจัดซื้อ|วิศวกร|ธุรการ|หัวหน้าแผนก',
  cities: 'เชียงใหม่|ขอนแก่น|ระยอง|สงขลา|นครปฐม|ภูเก็ต|อุดรธานี|ลำปาง|ตรัง|น่าน',
  goods:
    'ชั้นไม้โอ๊ค|โคมไฟ|เสื้อกันฝน|เครื่องบดกาแฟ|ม้านั่ง|รองเท้าวิ่ง|เก้าอี้สำนักงาน|แก้วกาแฟ|เคสโทรศัพท์|หมึกพิมพ์|ผ้าห่ม|หมวกจักรยาน',
  projects:
    'การย้ายคลังสินค้า|เว็บไซต์ใหม่|งานที่ถนนสุขใจ|แคตตาล็อก|โครงการเหยี่ยว|แบบสำรวจ|การตรวจสอบบัญชี|ปรับปรุงครัว|การย้ายระบบ|งานเลี้ยง',
  fileNames: 'ใบแจ้งหนี้|ใบเสนอราคา|รายงานการประชุม|รายงาน|สัญญา|สแกน|รูปภาพ|ฉบับร่าง|ตารางเรียน|ใบสั่งซื้อ',
  banks: 'ธนาคารกสิกรไทย|ธนาคารไทยพาณิชย์|ธนาคารกรุงเทพ|ธนาคารเหนือ|ธนาคารกรุงไทย|ธนาคารออมสิน',
  couriers: 'ไปรษณีย์ไทย|Kerry|Flash|J&T|DHL|ด่วนขนส่ง',
  services: 'Netflix|Shopee|Lazada|LINE|iCloud|Microsoft 365|CloudBox|AIS|TrueMove|PayPal|PromptPay',
  weekdays: 'วันอาทิตย์|วันจันทร์|วันอังคาร|วันพุธ|วันพฤหัสบดี|วันศุกร์|วันเสาร์',
  months: 'มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม',
  date: '{d} {month}|{d}/{m}/{y}|{d} {month} {y}|{d}/{m}',
  money: '{n} บาท|฿{n}|THB {n}',
  thousands: ',',
  decimal: '.',
  phone: '02-555-####|081-555-####|+66 2 555 ####',
  greetings: {
    casual: 'สวัสดี {name}|หวัดดี {name}|คุณ{name}|{name}',
    formal: 'เรียน คุณ{name}|เรียนคุณ{name} {last}|สวัสดีครับคุณ{name}|สวัสดีค่ะคุณ{name}|เรียน ทุกท่าน',
    generic: 'เรียน ลูกค้า|เรียน ท่านผู้ใช้งาน|สวัสดีค่ะ|สวัสดีครับ|เรียน คุณ{name}|ลูกค้าที่เคารพ'
  },
  signOffs: {
    casual: 'ขอบคุณ|แล้วเจอกัน|คิดถึง|ขอบใจนะ|ไว้คุยกัน',
    formal: 'ขอแสดงความนับถือ|ด้วยความเคารพ|ขอบคุณครับ|ขอบคุณค่ะ|จึงเรียนมาเพื่อทราบ',
    team: 'ทีมงาน {mycompany}|ฝ่ายบริการลูกค้า {mycompany}|{mycompany}|ขอบคุณจาก {mycompany}'
  },
  mobileSignature: 'ส่งจาก iPhone ของฉัน|ส่งจากโทรศัพท์',
  quoteIntro: 'เมื่อ {date} เวลา {time} {name} <{address}> เขียนว่า:|{date} {name} เขียนว่า:',
  replyPrefix: 'RE',
  forwardPrefix: 'FW',
  quoteWords: 'จาก|ส่งเมื่อ|ถึง|เรื่อง',
  buttons: 'ดูรายละเอียด|เปิด|อ่านต่อ|บัญชีของฉัน|ติดตามพัสดุ|ยืนยัน|ดูเอกสาร|ดำเนินการต่อ|เข้าสู่ระบบ|ตรวจสอบ',
  unsubscribe: 'ยกเลิกการรับข่าวสาร|จัดการการแจ้งเตือน|ไม่ต้องการรับอีเมลนี้',
  sentenceGap: ' '
}
