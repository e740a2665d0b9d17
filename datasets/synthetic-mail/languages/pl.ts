import type { Lexicon } from '../language.ts'
import { zones } from '../zone.ts'

export const lexicon: Lexicon = {
  code: 'pl',
  zones: [zones.berlin],
  country: 'pl',
  ibanCountry: 'PL',
  givenNames:
    'Zofia|Jakub|Katarzyna|Michał|Agnieszka|Piotr|Magdalena|Tomasz|Joanna|Krzysztof|Ewa|Paweł:pawel|Natalia|Marcin|Aleksandra|Łukasz:lukasz|Monika|Wojciech|Barbara|Rafał:rafal',
  familyNames:
    'Nowak|Kowalska|Wiśniewski|Wójcik|Kamińska|Lewandowski|Zieliński|Szymańska|Dąbrowski|Kozłowska:kozlowska|Mazur|Krawczyk|Piotrowski|Grabowska|Pawłowski:pawlowski|Michalska|Król:krol|Wróbel|Jabłoński:jablonski|Sikora',
  familyFirst: false,
  companies: '{trade} {family}|{family} i Synowie|{trade} {family} sp. z o.o.|{trade} {city}|Grupa {family}',
  trades:
    'Stolarnia|Biuro Rachunkowe|Auto Serwis|Szkółka|Drukarnia|Piekarnia|Transport|Stomatologia|Informatyka|Instalacje|Księgarnia|Nieruchomości|Meble',
  jobTitles:
    'Właściciel|Sekretariat|Księgowość|Dział sprzedaży|Kierownik projektu|Biuro obsługi|Zakupy|Inżynier|Administracja|Dyrektor',
  cities: 'Lublin|Toruń|Opole|Rzeszów|Gdynia|Kielce|Olsztyn|Zamość|Szczecin|Radom',
  goods:
    'półka dębowa|lampka biurkowa|kurtka|młynek do kawy|ławka ogrodowa|buty do biegania|krzesło biurowe|filiżanki|etui|toner|koc wełniany|kask rowerowy',
  projects:
    'przeprowadzka magazynu|nowa strona|budowa przy Leśnej|katalog wiosenny|projekt Sokół|ankieta|audyt|remont kuchni|migracja|festyn',
  fileNames: 'faktura|oferta|protokół|raport|umowa|skan|zdjęcia|szkic|grafik|zamówienie',
  banks: 'PKO|mBank|Pekao|Bank Północny|ING|Santander|Bank Spółdzielczy',
  couriers: 'InPost|Poczta Polska|DPD|DHL|GLS|Kurier24|UPS',
  services: 'Netflix|Amazon|PayPal|iCloud|Microsoft 365|Allegro|CloudBox|Orange|OLX|PGE|Spotify',
  weekdays: 'niedziela|poniedziałek|wtorek|środa|czwartek|piątek|sobota',
  months: 'styczeń|luty|marzec|kwiecień|maj|czerwiec|lipiec|sierpień|wrzesień|październik|listopad|grudzień',
  date: '{d}.{m}.{y}|{d}.{m}|{y}-{m}-{d}|{d}.{m}.{y} r.',
  money: '{n} zł|{n} PLN',
  thousands: ' ',
  decimal: ',',
  phone: '+48 22 555 ## ##|555 ### ###|+48 600 555 ###',
  greetings: {
    casual: 'Cześć {name}|Hej {name}|Hej|Witaj {name}|Siema {name}',
    formal: 'Szanowny Panie|Szanowna Pani|Dzień dobry|Dzień dobry Pani {name}|Szanowni Państwo|Witam',
    generic: 'Drogi Kliencie|Szanowny Kliencie|Witaj|Dzień dobry|Drogi użytkowniku|Witaj {name}|Cześć {name}'
  },
  signOffs: {
    casual: 'Pozdrawiam|Pozdro|Do zobaczenia|Dzięki|Buziaki|Na razie',
    formal:
      'Z poważaniem|Z wyrazami szacunku|Pozdrawiam serdecznie|Łączę pozdrowienia|Pozdrawiam|Dziękuję i pozdrawiam',
    team: 'Zespół {mycompany}|Biuro obsługi klienta {mycompany}|{mycompany}|Pozdrawiamy, {mycompany}'
  },
  mobileSignature: "Wysłane z iPhone'a|Wysłano z telefonu",
  quoteIntro: 'W dniu {date} o {time} {name} <{address}> pisze:|Dnia {date} {name} napisał(a):',
  replyPrefix: 'Odp',
  forwardPrefix: 'PD',
  quoteWords: 'Od|Wysłano|Do|Temat',
  buttons: 'Zobacz|Otwórz|Czytaj więcej|Moje konto|Śledź|Potwierdź|Zobacz dokument|Dalej|Zaloguj się|Sprawdź',
  unsubscribe: 'Wypisz się|Zarządzaj zgodami|Nie chcę otrzymywać wiadomości',
  sentenceGap: ' '
}
