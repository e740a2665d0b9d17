import type { BadTexts } from '../language.ts'

export const bad: BadTexts = {
  bank: [
    '[Twoje konto|Twoja karta] [ograniczone|zostanie zablokowana]|Ważne: [potwierdź dane|zaktualizuj aplikację]|[Nietypowa|Podejrzana] aktywność|[Komunikat|Powiadomienie] {bank}',
    'Wykryliśmy [nietypową płatność {amount}|podejrzane logowanie|nieautoryzowany przelew] na koncie {bank}.|Dla bezpieczeństwa {bank} [ograniczył|zablokował] [kartę|dostęp].|{bank} wprowadza nowy system zabezpieczeń, Twoje urządzenie nie jest jeszcze dodane.',
    '[Potwierdź|Zweryfikuj] [tożsamość|dane] [w ciągu {hours} godzin|do {soon}|natychmiast]: {link}|Aby [odblokować dostęp|anulować płatność], [zaloguj się|wykonaj kroki]: {link}',
    '?W przeciwnym razie konto zostanie [zamknięte|zablokowane].|To zajmie dwie minuty.'
  ],
  courier: [
    'Paczka [nie została doręczona|czeka|wstrzymana]|{courier}: [dopłata|nieudane doręczenie]|Przesyłka {order}: wymagane działanie|Ostatnie powiadomienie',
    '[Kurier|{courier}] próbował doręczyć paczkę {order} [dzisiaj|{date}], [niepełny adres|nikogo nie było|brak opłaty].|Przesyłka {order} [czeka|utknęła] [w odprawie|w sortowni].',
    'Dopłać {tiny} [i odbierz|i wybierz termin]: {link}|[Potwierdź|Zaktualizuj] adres [w {hours} godzin|]: {link}',
    '?Inaczej wróci do nadawcy[ {soon}|].'
  ],
  mailbox: [
    'Skrzynka jest [pełna|prawie pełna]|Hasło wygasa [dzisiaj|za {hours} godzin]|{small2} wiadomości wstrzymanych|[Webmail|Poczta]: aktualizacja',
    'Skrzynka osiągnęła {percent2}% [limitu|miejsca] i [przestanie przyjmować pocztę|odrzuca wiadomości].|Hasło do {address} wygasa [dzisiaj|za {hours} godzin].|{small2} wiadomości [wstrzymano|nie doręczono], konto wymaga weryfikacji.',
    '[Zachowaj hasło|Zweryfikuj konto|Zwiększ miejsce|Zwolnij wiadomości]: {link}|Zaloguj się [tutaj|w portalu], aby [uniknąć przerwy|kontynuować]: {link}',
    '?Inaczej konto zostanie [wyłączone|usunięte] {soon}.|Wiadomość automatyczna [helpdesku|administratora {domain}].'
  ],
  account: [
    '{service}: płatność [odrzucona|nieudana]|[Konto|Subskrypcja] {service} [zawieszona|wygasa]|Paragon {order}: {amount}|Logowanie: {city}',
    'Nie udało się [pobrać|przetworzyć] płatności {service}.|Konto {service} [zawieszone|wstrzymane] [z powodu rozliczeń|].|Dziękujemy za zakup {amount} w {service}. To nie Ty?',
    '[Zaktualizuj|Odnów] [kartę|płatność]: {link}|[Anuluj|Odzyskaj pieniądze|Zabezpiecz konto] [w {hours} godzin|]: {link}|Zadzwoń do [pomocy|działu zwrotów]: {phone}.',
    '?{soon} usuniemy [pliki|dane].'
  ],
  tax: [
    'Zwrot podatku {amount}|[Urząd skarbowy|ZUS]: [pismo|zawiadomienie] {number}|Mandat {number} nieopłacony',
    'Po [przeliczeniu|weryfikacji zeznania] przysługuje zwrot {amount}.|Masz nieopłacony mandat {amount}, sprawa {number}.',
    '[Wypełnij formularz|Złóż wniosek|Podaj kartę]: {link}|Zapłać [do {soon}|dzisiaj], aby uniknąć [odsetek|egzekucji]: {link}',
    '?Wypłata trwa 3 dni.'
  ],
  sharedfile: [
    '{person} udostępnia [dokument|„{file}.pdf”]|Do [podpisu|sprawdzenia]: {file}|Nowy [bezpieczny|] dokument|Masz faks',
    '{person} [przesyła|udostępnia] [bezpieczny|poufny|] dokument [przez {service}|].|Dokument „{file}” [jest gotowy|czeka na podpis].',
    '[Otwórz|Zobacz|Pobierz]: {link}|[Zaloguj się mailem|Podaj hasło], aby przeczytać: {link}',
    '?Link wygasa {soon}.|Plik jest zaszyfrowany[, tylko dla Ciebie|].'
  ],
  voicemail: [
    'Nowa wiadomość głosowa [od {phone}|]|Nieodebrane {phone}|Poczta głosowa ({tinysec} s)',
    'Masz wiadomość głosową od {phone} [({tinysec} sekund)|].|{phone} zostawił wiadomość {date} o {time}.',
    'Odsłuchaj: {link}|Otwórz załącznik i [zaloguj się|podaj hasło].',
    '?Zniknie za {hours} godzin.'
  ],
  sextortion: [
    'Znam twoje hasło {code}|Twoje urządzenie zhakowane|[Przeczytaj|Płatność]|Złe wieści',
    'Włamałem się na [twoje urządzenie|twoje konto] [kilka miesięcy temu|{date}].|Jak widzisz, [piszę z twojego adresu|znam hasło]. Zainstalowałem trojana.',
    'Nagrałem cię [kamerą|], gdy oglądałeś [filmy dla dorosłych|porno].|Mam [wszystkie kontakty|zdjęcia i wiadomości].',
    'Wyślij {amount} w bitcoinach na {wallet}|Masz {hours} godzin, by zapłacić {amount} na portfel {wallet}',
    '?Żadnej policji. [Po wpłacie usunę wszystko|Inaczej zobaczą wszyscy].'
  ],
  inheritance: [
    '[Propozycja|Spadek]|Fundusz {huge}|[Drogi przyjacielu|Poufne]|Darowizna',
    'Nazywam się {person}, [prawnik|bankier|wdowa] [z {bank}|].|Piszę w zaufaniu: klient zmarł bez spadkobierców.|Wybrano Pana, wygrana {huge} [w loterii|od fundacji].',
    'Zostawił {huge} [na uśpionym koncie|w banku], chcę przedstawić Pana jako [spadkobiercę|beneficjenta].|Chcę przekazać Panu {huge}, [jestem chora|przed śmiercią].',
    'Pana część to {percent}%.|Proszę podać imię, adres, [telefon|konto] i zawód.',
    '?To tajemnica. Czekam na odpowiedź.'
  ],
  executive: [
    '[Prośba|Pilne]|[Jesteś|Jest Pani] w biurze?|Przelew [dzisiaj|]|Poufne',
    '[Jesteś|Jest Pani] dostępna? Potrzebuję [płatności|czegoś dyskretnego].|Jestem [na spotkaniu|w samolocie|na targach], nie mogę rozmawiać, proszę pisać.',
    'Trzeba [przelać|zapłacić] {big} [nowemu dostawcy|partnerowi] [dzisiaj|przed {time}].|Jakie mamy saldo i ile możemy dziś przelać?|Proszę o numer komórki, mam zadanie.',
    '?Konto: {iban}[, tytuł {number}|].|Proszę nikomu nie mówić [na razie|]. Liczę na Panią.'
  ],
  giftcards: [
    'Przysługa|Karty podarunkowe [dla zespołu|]|Potrzebuję pomocy|Zajęty?',
    'Potrzebuję przysługi: chcę dać karty podarunkowe [zespołowi|klientom].|[Utknąłem|Jestem w podróży] i nie mogę kupić [kart|karty].',
    'Kupisz {small2} kart [Amazon|Apple|Steam|Google Play] po {small}?|Zdrap kody i wyślij [zdjęcie|kody].',
    '?Oddam [wieczorem|jutro].|Kiedy możesz?'
  ],
  newbank: [
    '[Nowe|Zmiana] konta bankowego|Zmiana konta do wypłaty|Proszę zaktualizować dane',
    'Zmieniłem bank i proszę o [wypłatę|płatności] na nowe konto.|Z powodu [audytu|kontroli] stare konto nie przyjmuje wpłat.',
    'Nowe konto: {iban}, {bank}.|Proszę płacić od teraz na {iban}[, także fakturę {number}|].',
    '?Uda się przed [wypłatą|{soon}]?|Proszę potwierdzić [dzisiaj|].'
  ],
  fakeinvoice: [
    '[Faktura|Wyciąg] {number}|[Zaległość|Dług] {number}|Ostatnie wezwanie: {amount}|Odnowienie {order}',
    'W załączniku [nieopłacona|zaległa] faktura na {amount}.|Twój [antywirus|abonament|domena {domain}] odnowiony za {amount}.|Kwota {amount} jest [po terminie|w windykacji].',
    'Pobierz fakturę: {link}|Zapłać [dzisiaj|w {hours} godzin] na {iban}.|Aby anulować, zadzwoń {phone}[ w {hours} godzin|].',
    '?Inaczej [kroki prawne|odłączymy usługę].'
  ],
  job: [
    'Praca w domu: {big} miesięcznie|Twoje CV|[Oferta|Praca]: [agent płatności|tester]',
    'Szukamy [asystentów|agentów|testerów] [w okolicy|zdalnie].|Widzieliśmy profil i oferujemy [pracę|dodatek].',
    'Zarabiaj {amount} [dziennie|tygodniowo] za [1-2 godziny|opinie|przelewy].|Bez [doświadczenia|wkładu], [zostaje {percent}%|wypłata codziennie].',
    '[Zapisz się|Aplikuj]: {link}|Napisz na WhatsApp: {phone}'
  ],
  crypto: [
    'Bitcoin: {amount} [czeka|zysku]|Zarób {big} miesięcznie|Twoje saldo {code}|Inwestycja',
    'Nasz [robot|system AI] daje {percent}% [dziennie|tygodniowo], [gwarantowane|bez ryzyka].|W portfelu jest {amount} do odbioru.|Banki nie chcą, żebyś wiedział.',
    'Zacznij od {small}: {link}|Wypłać saldo: {link}|Wyślij {small} na {wallet}, dostaniesz podwójnie.',
    '?Zostało {small2} miejsc.'
  ],
  pharmacy: [
    'Tabletki -{percent}%|Schudnij {small2} kg|Bez recepty|Mężczyźni to kochają',
    'Viagra, Cialis [i więcej|] [od {tiny}|{percent}% taniej], bez recepty.|{small2} kg mniej w {small2} dni [bez diety|dzięki tej sztuczce].|Odzyskaj siły z naturalną formułą.',
    '[Zamów|Kup]: {link}|Dyskretna wysyłka: {link}',
    '?Gwarancja zwrotu. [Tylko dziś|].'
  ],
  casino: [
    '{small2} darmowych spinów|[Bonus|Wygrana] {amount}|Kasyno: oferta|Wygrałeś',
    'Graj w [Royal|Lucky|Gold] Casino i odbierz {percent2}% bonusu.|Gratulacje, {small2} darmowych spinów [i {amount}|] czeka.',
    '[Odbierz|Graj|Rejestracja]: {link}|[Szybka wypłata|Bez depozytu]: {link}',
    '?Do {soon}. [18+|Tylko nowi].'
  ],
  fakeshop: [
    '[Rolex|Zegarki|Torebki] -{percent2}%|Wyprzedaż, ostatni dzień|Wygrałeś iPhone|Ankieta: bon {amount}',
    '[Repliki|Zegarki|Torebki] [od {small}|do -{percent2}%], świetna jakość.|Wybrano Cię: [iPhone|bon {amount}] [po krótkiej ankiecie|].',
    '[Kup|Sklep]: {link}|Odbierz nagrodę, wysyłka {tiny}: {link}',
    '?Zostało {small2}. [Do dziś|Szybko].'
  ],
  loan: [
    '[Pożyczka|Kredyt] [przyznany|2%]|Potrzebujesz pieniędzy?|Szybki kredyt do {huge}|SEO: pierwsza strona',
    'Pożyczki od {big} do {huge} na [2|3]%, [bez BIK|bez zaświadczeń].|Widziałem stronę {domain}: [błędy|nie ma jej w Google]. Naprawimy [za {small}|].',
    'Odpisz: imię, kwota, telefon, [pieniądze w {hours} godzin|pewna decyzja].|[Ceny|Szczegóły]: {link}',
    '?Kontakt: {person}, WhatsApp {phone}.'
  ],
  romance: [
    '[Cześć kochanie|Hej przystojniaku]|Twój profil|[Samotna|Szukam cię]|Moje zdjęcia',
    'Jestem {person}, {small2} lat, [pielęgniarka|z daleka].|Widziałam profil i [spodobałeś mi się|chcę cię poznać].',
    'Zobacz moje zdjęcia: {link}|Przyjechałabym, ale [bilet|wiza] kosztuje {amount}.',
    '?Napisz [szybko|], całuję.'
  ],
  threadLink:
    '[Przy okazji, nowa|Nowa] wersja jest tutaj, proszę [zerknąć|sprawdzić]: {link}|Zanim pójdziemy dalej, proszę przeczytać ten dokument: {link}|Załącznik był za duży, do pobrania tutaj: {link}|Nowy plik, logowanie hasłem do poczty: {link}',
  threadBank:
    '[Uwaga|Przy okazji]: zmienił się nasz numer konta, proszę [teraz|od dziś] płacić na {iban}.|Nasze konto jest sprawdzane, proszę użyć {iban} do [tej faktury|faktury {number}].|[Możesz|Czy może Pani] [dzisiaj|do {time}] przelać {amount} na {iban}?'
}
