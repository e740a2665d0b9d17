import type { Lexicon } from '../language.ts'
import { zones } from '../zone.ts'

export const lexicon: Lexicon = {
  code: 'de',
  zones: [zones.berlin],
  country: 'de',
  ibanCountry: 'DE',
  givenNames:
    'Anna|Jonas|Lena|Felix|Katrin|Stefan|Sabine|Matthias|Julia|Tobias|Petra|Holger|Miriam|Sven|Heike|Lukas|Ayşe|Bernd|Ulrike|Jürgen|Nele|Florian',
  familyNames:
    'Müller|Schröder|Hoffmann|Krämer|Vogt|Lindner|Brandt|Keller|Yilmaz|Seidel|Böhm|Winkler|Haas|Dietrich|Pohl|Lorenz|Reuter|Bergmann|Thiele|Jansen',
  familyFirst: false,
  companies: '{trade} {family}|{trade} {family} GmbH|{family} {trade} KG|{trade} {city} eG|{family} & Söhne',
  trades:
    'Tischlerei|Steuerkanzlei|Autohaus|Gärtnerei|Druckerei|Bäckerei|Spedition|Zahnarztpraxis|Softwarehaus|Elektrotechnik|Buchhandlung|Hausverwaltung|Küchenstudio',
  jobTitles:
    'Geschäftsführer|Sekretariat|Buchhaltung|Vertrieb|Projektleitung|Kundendienst|Einkauf|Softwareentwickler|Leiterin Verwaltung|Praxisteam',
  cities: 'Kassel|Münster|Rostock|Ulm|Erfurt|Aachen|Lübeck|Freiburg|Görlitz|Bamberg',
  goods:
    'Eichenregal|Schreibtischlampe|Regenjacke|Kaffeemühle|Gartenbank|Laufschuhe|Bürostuhl|Espressotassen|Handyhülle|Tonerkartusche|Wolldecke|Fahrradhelm',
  projects:
    'den Umzug des Lagers|die neue Webseite|das Bauvorhaben Talstraße|den Frühjahrskatalog|das Projekt Falke|die Mieterbefragung|die Betriebsprüfung|die Küchensanierung|die Schnittstelle|das Sommerfest',
  fileNames: 'Rechnung|Angebot|Protokoll|Bericht|Vertrag|Scan|Fotos|Entwurf|Stundenplan|Bestellung',
  banks: 'Sparkasse|Volksbank|Nordbank|Postbank|Deutsche Handelsbank|Stadtbank|Commerzbank|Rheinkasse',
  couriers: 'DHL|Hermes|DPD|GLS|UPS|Paketwerk|Deutsche Post',
  services: 'Netflix|Amazon|PayPal|iCloud|Microsoft 365|Klarna|CloudBox|Telekom|eBay|DocuSign|GMX',
  weekdays: 'Sonntag|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag',
  months: 'Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember',
  date: '{d}. {month} {y}|{d}.{m}.{y}|{d}. {month}|{d}.{m}.',
  money: '{n} €|{n} Euro|EUR {n}',
  thousands: '.',
  decimal: ',',
  phone: '+49 30 2318####|0561 99####|+49 171 39200##',
  greetings: {
    casual: 'Hallo {name}|Hi {name}|Lieber {name}|Liebe {name}|Moin {name}|Servus {name}|Hallo',
    formal:
      'Sehr geehrte Frau {last}|Sehr geehrter Herr {last}|Guten Tag {name} {last}|Guten Morgen Frau {last}|Sehr geehrte Damen und Herren',
    generic:
      'Sehr geehrter Kunde|Sehr geehrte Kundin, sehr geehrter Kunde|Guten Tag|Hallo|Lieber Nutzer|Hallo {name}|Guten Tag {name} {last}'
  },
  signOffs: {
    casual: 'Viele Grüße|Liebe Grüße|LG|Gruß|Bis bald|Danke und Gruß|Ciao',
    formal:
      'Mit freundlichen Grüßen|Freundliche Grüße|Beste Grüße|Mit besten Grüßen|Viele Grüße aus {city}|MfG',
    team: 'Ihr Team von {mycompany}|Ihr Kundenservice, {mycompany}|{mycompany}|Freundliche Grüße, {mycompany}|Dein {mycompany}-Team'
  },
  mobileSignature: 'Von meinem iPhone gesendet|Von unterwegs gesendet',
  quoteIntro: 'Am {date} um {time} schrieb {name} <{address}>:|Am {date} schrieb {name}:',
  replyPrefix: 'AW',
  forwardPrefix: 'WG',
  quoteWords: 'Von|Gesendet|An|Betreff',
  buttons:
    'Ansehen|Öffnen|Weiterlesen|Zum Konto|Sendung verfolgen|Bestätigen|Zum Dokument|Weiter|Anmelden|Jetzt prüfen',
  unsubscribe: 'Abmelden|Newsletter abbestellen|Keine weiteren Mails erwünscht? Hier abmelden',
  sentenceGap: ' '
}
