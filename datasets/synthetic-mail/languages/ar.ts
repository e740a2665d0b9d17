import type { Lexicon } from '../language.ts'
import { zones } from '../zone.ts'

export const lexicon: Lexicon = {
  code: 'ar',
  zones: [zones.riyadh, zones.dubai],
  country: 'ar',
  ibanCountry: 'AE',
  givenNames:
    'أحمد:ahmed|فاطمة:fatima|محمد:mohamed|مريم:mariam|خالد:khaled|نورة:noura|يوسف:yousef|ليلى:layla|عمر:omar|سارة:sara|حسن:hassan|هند:hind|طارق:tarek|رنا:rana|سامي:sami|دينا:dina',
  familyNames:
    'الحربي:alharbi|السيد:elsayed|المنصوري:almansoori|حداد:haddad|القحطاني:alqahtani|خوري:khoury|الشمري:alshammari|منصور:mansour|الزهراني:alzahrani|سالم:salem|النجار:alnajjar|عيسى:issa|الهاشمي:alhashmi|ناصر:nasser',
  familyFirst: false,
  companies: 'شركة {family}|{trade} {family}|مؤسسة {family} التجارية|{trade} {city}|مجموعة {family}',
  trades:
    'للنجارة|للمحاسبة|للسيارات|للزراعة|للطباعة|مخبز|للنقل|عيادة|للبرمجيات|للكهرباء|مكتبة|للعقارات|للمطابخ',
  jobTitles: 'المدير|السكرتارية|المحاسبة|المبيعات|مدير المشروع|خدمة العملاء|المشتريات|مهندس|الإدارة|مستشار',
  cities: 'جدة|دبي|عمّان|الشارقة|الإسكندرية|الدمام|مسقط|طنطا|أبها|العين',
  goods:
    'رف خشب|مصباح مكتب|معطف مطر|مطحنة قهوة|مقعد حديقة|حذاء رياضي|كرسي مكتب|فناجين قهوة|غطاء هاتف|حبر طابعة|بطانية صوف|خوذة',
  projects:
    'نقل المستودع|الموقع الجديد|مشروع شارع النخيل|كتالوج الربيع|مشروع الصقر|الاستبيان|التدقيق|تجديد المطبخ|الترحيل|حفل الصيف',
  fileNames: 'الفاتورة|العرض|المحضر|التقرير|العقد|نسخة|الصور|المسودة|الجدول|الطلب',
  banks: 'بنك الراجحي|البنك الأهلي|بنك دبي|بنك الشمال|بنك مصر|البنك المتحد',
  couriers: 'أرامكس|سمسا|DHL|البريد السعودي|ناقل|بريد الإمارات|UPS',
  services: 'نتفليكس|أمازون|PayPal|iCloud|Microsoft 365|نون|CloudBox|STC|اتصالات|أبشر',
  weekdays: 'الأحد|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت',
  months: 'يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر',
  date: '{d} {month}|{d}/{m}/{y}|{d} {month} {y}|{d}/{m}',
  money: '{n} ريال|{n} درهم|{n} ر.س',
  thousands: ',',
  decimal: '.',
  phone: '+966 11 555 ####|+971 4 555 ####|055 555 ####',
  greetings: {
    casual: 'مرحبا {name}|أهلا {name}|هلا {name}|السلام عليكم {name}',
    formal:
      'السيد {name} المحترم|السيدة {name} المحترمة|السلام عليكم ورحمة الله|تحية طيبة وبعد|الأستاذ {name}',
    generic: 'عميلنا العزيز|عزيزي العميل|مرحبا|السلام عليكم|عزيزي المستخدم|عزيزي {name}'
  },
  signOffs: {
    casual: 'تحياتي|شكرا|إلى اللقاء|مع السلامة|دمت بخير',
    formal: 'مع خالص التحية|وتفضلوا بقبول فائق الاحترام|مع أطيب التحيات|شكرا جزيلا|تحياتي',
    team: 'فريق {mycompany}|خدمة العملاء، {mycompany}|{mycompany}|مع تحيات {mycompany}'
  },
  mobileSignature: 'أُرسلت من الـ iPhone|أرسل من هاتفي',
  quoteIntro: 'في {date}، {time}، كتب {name} <{address}>:|في {date} كتب {name}:',
  replyPrefix: 'رد',
  forwardPrefix: 'تحويل',
  quoteWords: 'من|تاريخ الإرسال|إلى|الموضوع',
  buttons: 'عرض|فتح|اقرأ المزيد|حسابي|تتبع|تأكيد|عرض المستند|متابعة|تسجيل الدخول|تحقق',
  unsubscribe: 'إلغاء الاشتراك|إدارة التفضيلات|عدم استلام الرسائل',
  sentenceGap: ' '
}
