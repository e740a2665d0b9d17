import type { HonestTheme, Theme } from '../language.ts'

export const honest: Record<HonestTheme, Theme> = {
  quote: [
    'Oferta [{number}|{good}]|Państwa zapytanie|Cennik {city}|Wycena {number}',
    'Dziękuję za [zapytanie|rozmowę] [wczoraj|w zeszłym tygodniu|].|Zgodnie z ustaleniami [przesyłam|załączam] ofertę.',
    'Kwota to {amount} [netto|brutto].|Możemy to zrobić za {amount}, [dostawa w cenie|dostawa {small}].',
    '?Oferta ważna do {soon}.|Możemy zacząć od {date}.',
    'Proszę o [informację|odpowiedź], czy to odpowiada.|Jeśli pasuje, proszę potwierdzić do {soon}.'
  ],
  invoice: [
    'Faktura [{number}|nr {number}|{month}]|Nasza faktura|{mycompany}: faktura {number}',
    '[W załączeniu|Przesyłamy|Załączam] [fakturę|fakturę nr {number}].|Prace zakończone, przesyłam fakturę.',
    'Do zapłaty {amount}, termin {soon}.|Kwota {amount}, [płatne 14 dni|termin płatności {soon}].',
    'Prosimy o przelew na konto {iban}[, tytuł {number}|].|Numer konta bez zmian: {iban}.',
    '?Można też [zapłacić|pobrać] tutaj: {link}',
    '?W razie pytań proszę [odpisać|dzwonić {phone}].'
  ],
  reminder: [
    '[Przypomnienie|Wezwanie]: faktura {number}|Drugie przypomnienie {number}|PILNE: faktura {number} nieopłacona',
    'Według naszych danych faktura {number} na {amount} [nie została opłacona|jest po terminie].|Płatność {amount} miała termin {date} i jeszcze nie wpłynęła.',
    'Prosimy o wpłatę [do {soon}|w ciągu 7 dni] na {iban}.|Czy może Pan sprawdzić w banku[ dzisiaj|]?',
    '?W przeciwnym razie [wstrzymamy dostawy|naliczymy {small}|przekażemy sprawę prawnikowi].',
    '?Jeśli już zapłacono, proszę zignorować.'
  ],
  payment: [
    'Numer konta|Wypłata {month}|Przelew [wysłany|{company}]|Płatność za fakturę {number}|Delegacja {month}',
    'Przelałem {amount} do {company} [rano|dzisiaj], [potwierdzenie w załączniku|powinno dojść {soon}].|[Podeślesz|Proszę o] numer konta do [delegacji|zwrotu]?|Bank pyta o płatność {amount} na {iban}, [to Pan|kojarzysz]?',
    '?Tytuł przelewu {number}.|Proszę sprawdzić, czy konto to nadal {iban}.',
    '?Potrzebuję akceptacji do {time}, bank zamyka.|Wypłaty idą {soon}, [sprawdźcie dane|zmiany wcześniej].'
  ],
  meeting: [
    'Spotkanie [{date}|w {city}]|[Telefon|Rozmowa] {date}?|Agenda {date}|Przesunięte na {time}',
    '[Masz czas|Czy pasuje] {date} o {time}?|Spotkanie [teraz|] jest {date} o {time}[, {city}|].|Muszę [przełożyć|odwołać] spotkanie {date}, [przepraszam|coś wypadło].',
    '?Link: {link}|Spotykamy się w biurze jak zwykle.',
    '?Będzie też {person}.|[Weź|Proszę zabrać] dokumenty: {file}.',
    '?Tematy: {project}, [budżet|terminy].|Zajmie pół godziny.'
  ],
  project: [
    'Stan: {project}|Aktualizacja|Następne kroki|Pytanie',
    'Krótko, {project}: [w terminie|dwa dni opóźnienia|prawie gotowe].|Oglądaliśmy to [wczoraj|rano]: {project}.',
    '[Dostawca|Klient] [z miasta {city}|] [potwierdził|jeszcze nie potwierdził] [termin|cenę {amount}].|Brakuje jeszcze: [{file}|decyzja|dane], czeka {person}.',
    '?Dostawa będzie {soon}.|{file} leży [w folderze|tutaj]: {link}',
    '[Zerkniesz|Czy może Pani spojrzeć] [do {soon}|dzisiaj]?|Kolejny krok {soon}, dam znać.'
  ],
  document: [
    '{file} [w załączniku|wersja 2]|To, o co prosiłeś|Dokumenty do podpisu|Udostępniono: {file}',
    'Przesyłam dokument: {file}.|[Wrzuciłem|Udostępniłem] {file}, [link|otworzysz tutaj]: {link}',
    '?Proszę [podpisać|sprawdzić] i odesłać do {soon}.|Uwagi do {soon}.',
    '?Hasło to {code}[, proszę potem usunąć|].|Ważna jest strona {small2}.'
  ],
  order: [
    'Twoje zamówienie {order}|Potwierdzenie zamówienia {order}|Dziękujemy za zakupy',
    'Dziękujemy za zamówienie [w {mycompany}|{order}].|Otrzymaliśmy zamówienie z dnia {date}.',
    'Produkt: {good}, {amount}.|1 x {good}\n1 x {good}\nRazem {amount}',
    'Zamówienie zobaczysz [na koncie|tutaj]: {link}|Płatność {amount} [potwierdzona|otrzymana].',
    '?Wysyłka [w 2 dni|{soon}] przez {courier}.|Prosimy o przelew {amount} na {iban}, wyślemy od razu.',
    '?Zwrot za darmo 30 dni.'
  ],
  parcel: [
    'Twoja paczka jest w drodze|Wysłane: zamówienie {order}|{courier} doręczy {soon}|Dostawa: {good}',
    'Zamówienie {order} [opuściło magazyn|przekazano do {courier}].|{courier} doręczy paczkę {soon} między {time} a {time2}.',
    'Śledź paczkę: {link}|Numer przesyłki: {order}',
    '?Jeśli Cię nie będzie, [zostawimy u sąsiada|wrócimy jutro].|Możesz [zmienić termin|wybrać punkt] do {time}.',
    '?Cło {small} [wliczone|opłacone].'
  ],
  reset: [
    'Zmiana hasła|Twój kod [logowania|]|{code} to Twój kod|Nowe logowanie|Potwierdź adres',
    'Poproszono o zmianę hasła do Twojego konta.|Twój kod: {code}.|Zauważyliśmy nowe logowanie [z {city}|{date} o {time}].',
    '[Kliknij link|Użyj linku], aby [ustawić hasło|kontynuować|potwierdzić adres]: {link}|Jest ważny {hours} godzin.',
    '?Jeśli to nie Ty, [zignoruj|napisz do nas].|Nie podawaj kodu nikomu.'
  ],
  newsletter: [
    '{percent}% [do {soon}|na wszystko|w tym tygodniu]|Nowości {mycompany}|Nowe: {month}|Ostatnia szansa: {good}',
    'Nowy miesiąc, [nowe oferty|mamy coś dla Ciebie].|Co słychać w {mycompany}.',
    'Oszczędź {percent}% na [wszystko|{good}] [do {soon}|do wyczerpania zapasów].|Nowość: {good} od {small}.',
    '[Kup teraz|Zobacz oferty|Czytaj]: {link}|Darmowa dostawa [z kodem {code}|od {small}].',
    '?Zapraszamy, {city}, [do {time2}|do zobaczenia].|Wygraj jeden z {small2} bonów {small}, do {soon}.'
  ],
  ticket: [
    '[Zgłoszenie|Sprawa|Ticket] {number}|{number} [zaktualizowane|zamknięte|przyjęte]',
    'Dziękujemy za [kontakt z {mycompany}|wiadomość].|Zgłoszenie {number} zostało [przyjęte|rozwiązane|zamknięte].',
    '{person} sprawdził(a) [konto|problem] i [naprawione|mamy przyczynę|wysłano zamiennik].|[Proszę spróbować ponownie|Skrzynka ma teraz {small2} GB|Dostęp przywrócony].',
    'Zobacz sprawę: {link}|W razie pytań odpowiedz na tę wiadomość.',
    '?Odpowiadamy zwykle w {hours} godziny.'
  ],
  study: [
    'Pytanie o [zadanie|wykład]|[Praca|Szkic] rozdział {small2}|Termin {soon}|Grupa {date}',
    'Mam pytanie o [zadanie {small2}|pracę].|W załączniku [szkic|rozdział {small2}].|Czy wykład {date} jest o {time}?',
    'Czy mogę oddać [{soon}|dwa dni później]? [Byłem chory|Zepsuł mi się laptop].|Nie rozumiem [drugiej części|jak cytować].',
    '?Slajdy: {link}|Widzimy się w bibliotece o {time}.'
  ],
  personal: [
    '[Weekend|Sobota]|Kolacja {date}?|Sto lat|Zdjęcia|Co słychać|Babcia',
    'Co u [ciebie|was]? [U nas dobrze|Dawno się nie słyszeliśmy].|Wszystkiego najlepszego, [baw się dobrze|sto lat]!|Będziemy w okolicy {date}, [jesteście|spotkamy się]?',
    '[Dzieci|Mama|{person}] [pozdrawia|pytała o ciebie].|[Oto|Wysyłam] zdjęcia: {link}|Kupiliśmy [w końcu|] {good}.',
    '?[Pożyczysz|Jestem ci winien] {small} [za bilety|za kolację].|Zadzwoń [wieczorem|kiedy możesz].'
  ],
  travel: [
    '[Lot|Pociąg|Hotel] {city}|Rezerwacja {order}|Wyjazd {city}|Bilety {city}',
    'Będę na miejscu {date} o {time}.|Rezerwacja {order} [{city}|] potwierdzona.|Jestem w podróży do {soon}, [odpiszę później|lepiej dzwonić {phone}].',
    'Hotel kosztuje {amount} [dwie noce|ze śniadaniem].|[Bilety w załączniku|Twoje bilety]: {link}',
    '?Ktoś mnie odbierze [z dworca|z lotniska]?|Pociąg spóźniony, zacznijcie beze mnie.'
  ],
  technical: [
    '[Awaria|Przerwa] [w nocy|{date}]|Pełny dysk db{small2}|Wdrożenie {date}|[Certyfikat|Hasło] wygasa',
    '[Serwer|db{small2}|Backup] [nie działał|bez miejsca na dysku|działa wolno] [od {time}|między {time} a {time2}].|Wdrażamy nową wersję {date} o {time}.|[Certyfikat|Hasło VPN] wygasa {soon}, [zmień|odnowię].',
    '[Zrestartowałem|Cofnąłem wersję], [wygląda dobrze|kolejka spada].|[Logi|Ticket]: {link}|Spojrzysz na łatkę [dzisiaj|]?',
    '?PILNE: [nie restartować poczty|wylogujcie się z VPN] [do {time}|].|Przyczyna [później|nieznana].'
  ],
  appointment: [
    'Twoja wizyta {date}|Przypomnienie: {date} {time}|Wizyta [przełożona|odwołana]',
    '[Przypominamy o wizycie|Potwierdzamy wizytę] {date} o {time}.|Musimy [przełożyć|odwołać] wizytę {date}.',
    'Proszę zabrać [kartę|dowód|dokument].|[Potwierdź|Zmień] tutaj: {link}|Jeśli nie możesz przyjść, zadzwoń {phone}.',
    '?Późne odwołanie kosztuje {small}.'
  ],
  hiring: [
    'Aplikacja [{jobtitle}|]|Rozmowa {date}|CV {me}|Oferta pracy',
    'Dziękujemy za aplikację[: {jobtitle}|].|Aplikuję na stanowisko: {jobtitle}.|Z przyjemnością oferujemy pracę.',
    'Czy może Pani przyjść na rozmowę {date} o {time}?|W załączeniu CV i referencje.|Wynagrodzenie {big} rocznie, [start {date}|pół etatu możliwe].',
    '?Potrzebny jeszcze [numer konta|skan dowodu] do umowy.|Wybierz termin: {link}'
  ],
  reply: [
    'Pytanie|{good}|{date}|Odpowiedź',
    '[Dzięki|Super|OK], [pasuje|zgoda|zrobię].|Przepraszam za późną odpowiedź.|[Tak|Tak, chętnie|Nie], [{date} pasuje|proszę działać|poczekajmy do {soon}].|[Zapytam|Sprawdzę] i dam znać.',
    '?[Podeślesz|Proszę przesłać] [plik|adres|numer]?|Oto plik: {file}.|{time} też może być.|Było {amount}, [chyba|reszta zapłacona].',
    '?[Do zobaczenia|Miłego weekendu|Do jutra].'
  ]
}
