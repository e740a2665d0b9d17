import type { Lexicon } from '../language.ts'
import { zones } from '../zone.ts'

export const lexicon: Lexicon = {
  code: 'it',
  zones: [zones.berlin],
  country: 'it',
  ibanCountry: 'IT',
  givenNames:
    'Giulia|Marco|Chiara|Luca|Francesca|Matteo|Elisa|Davide|Silvia|Andrea|Martina|Paolo|Federica|Simone|Laura|Giorgio|Alessia|Stefano|Irene|Nicola',
  familyNames:
    'Rossi|Bianchi|Ferrari|Esposito|Ricci|Marino|Greco|Conti|Gallo|Mancini|Costa|Giordano|Rizzo|Lombardi|Moretti|Barbieri|Fontana|Santoro|Caruso|Martini',
  familyFirst: false,
  companies: '{trade} {family}|{family} e Figli|{trade} {family} Srl|{trade} di {city}|Studio {family}',
  trades:
    'Falegnameria|Consulenza|Officina|Vivai|Tipografia|Panificio|Trasporti|Odontoiatria|Informatica|Impianti|Libreria|Immobiliare|Cucine',
  jobTitles:
    'Titolare|Segreteria|Amministrazione|Commerciale|Responsabile progetti|Assistenza clienti|Acquisti|Ingegnere|Contabilità|Direttrice',
  cities: 'Parma|Lecce|Trento|Pisa|Udine|Ancona|Bergamo|Siena|Pescara|Ravenna',
  goods:
    'scaffale in rovere|lampada da tavolo|giacca impermeabile|macinacaffè|panchina|scarpe da corsa|sedia da ufficio|tazzine|cover|cartuccia toner|coperta di lana|casco da bici',
  projects:
    'il trasloco del magazzino|il nuovo sito|il cantiere di via Verdi|il catalogo|il progetto Falco|il sondaggio|la revisione|la ristrutturazione della cucina|la migrazione|la festa estiva',
  fileNames: 'fattura|preventivo|verbale|relazione|contratto|scansione|foto|bozza|orario|ordine',
  banks: 'Intesa Sanpaolo|UniCredit|Poste Italiane|Banca del Nord|BPER|Banca Popolare|Credito Unito',
  couriers: 'Poste Italiane|BRT|SDA|DHL|GLS|Corriere Rapido|UPS',
  services: 'Netflix|Amazon|PayPal|iCloud|Microsoft 365|TIM|CloudBox|Enel|Aruba|Subito|Spotify',
  weekdays: 'domenica|lunedì|martedì|mercoledì|giovedì|venerdì|sabato',
  months: 'gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre',
  date: '{d} {month} {y}|{d}/{m}/{y}|{d} {month}|{d}/{m}',
  money: '{n} €|€ {n}|{n} euro',
  thousands: '.',
  decimal: ',',
  phone: '+39 06 5550 ###|06 5550 ####|+39 333 555 ####',
  greetings: {
    casual: 'Ciao {name}|Ciao|Ehi {name}|Buongiorno {name}|Ciao {name}, come va',
    formal:
      'Gentile {name} {last}|Egregio Sig. {last}|Gentile Sig.ra {last}|Buongiorno|Spett.le Ditta|Buonasera',
    generic: 'Gentile cliente|Salve|Buongiorno|Gentile utente|Gentile {name}|Ciao {name}|Caro cliente'
  },
  signOffs: {
    casual: 'Ciao|A presto|Grazie|Un abbraccio|Baci|Saluti',
    formal:
      'Cordiali saluti|Distinti saluti|Un cordiale saluto|Resto a disposizione|Grazie e buona giornata|Saluti',
    team: 'Il team di {mycompany}|Servizio clienti {mycompany}|{mycompany}|Cordiali saluti, {mycompany}'
  },
  mobileSignature: 'Inviato da iPhone|Inviato dal mio cellulare',
  quoteIntro: 'Il {date} alle {time}, {name} <{address}> ha scritto:|Il {date}, {name} ha scritto:',
  replyPrefix: 'R',
  forwardPrefix: 'I',
  quoteWords: 'Da|Inviato|A|Oggetto',
  buttons: 'Vedi|Apri|Leggi tutto|Il mio account|Traccia|Conferma|Vedi documento|Continua|Accedi|Verifica',
  unsubscribe: 'Annulla iscrizione|Gestisci le preferenze|Non ricevere più email',
  sentenceGap: ' '
}
