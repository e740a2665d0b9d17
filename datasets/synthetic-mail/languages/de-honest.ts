import type { HonestTheme, Theme } from '../language.ts'

export const honest: Record<HonestTheme, Theme> = {
  quote: [
    'Angebot [{number}|für {good}]|[Ihre|Deine] Anfrage|[Kostenvoranschlag|Preise] {city}',
    '[vielen Dank|danke] für [Ihre Anfrage|das Gespräch] [am {weekday}|von gestern|letzte Woche].|[wie besprochen|wie gewünscht] [erhalten Sie|schicke ich Ihnen] unser Angebot [im Anhang|].',
    '[Der Preis|Die Summe] beträgt {amount} [netto|zzgl. MwSt.].|Für das Material rechnen wir mit {amount}, [die Lieferung kostet {small}|Lieferung inklusive].',
    '?Das Angebot gilt bis {soon}.|Anfangen könnten wir im {month}.',
    '[Geben Sie mir|Bitte geben Sie uns] [kurz|] Bescheid, [ob das passt|ob wir bestellen sollen].|Wenn es passt, bestätigen Sie bitte bis {weekday}.'
  ],
  invoice: [
    'Rechnung [{number}|Nr. {number}|{month}]|Unsere Rechnung für {project}|{mycompany}: Rechnung {number}',
    '[anbei|im Anhang] [finden Sie|erhalten Sie|schicken wir] [unsere Rechnung|die Rechnung {number}] für {project}.|die Arbeiten [in {city}|] sind fertig, hier nun die Rechnung.',
    '[Der Betrag von|Bitte überweisen Sie] {amount} [ist bis {soon} fällig|bis {soon}|innerhalb von 14 Tagen].|Zahlbar sind {amount}, [ohne Abzug|bei Zahlung bis {soon} abzüglich 2 % Skonto].',
    '[Unsere Bankverbindung|Konto]: {iban}[, Verwendungszweck {number}|].|Bitte nutzen Sie [wie immer|] das Konto {iban}.',
    '?Online [bezahlen|herunterladen] können Sie sie hier: {link}',
    '?Bei [Fragen|Unstimmigkeiten] [antworten Sie einfach|rufen Sie bitte {phone} an].'
  ],
  reminder: [
    '[Zahlungserinnerung|Mahnung|Erinnerung]: Rechnung {number}|[2. Mahnung|Letzte Erinnerung] {number}|DRINGEND: Rechnung {number} offen',
    '[bei Durchsicht unserer Konten|in der Buchhaltung] [ist uns aufgefallen|haben wir gesehen], dass die Rechnung {number} über {amount} [noch offen ist|nicht bezahlt wurde].|Ihre Zahlung von {amount} war am {date} fällig und ist noch nicht eingegangen.',
    '[Bitte überweisen Sie|Wir bitten um Überweisung] [bis {soon}|innerhalb von 7 Tagen] auf {iban}.|Könnten Sie [bitte|heute noch] bei Ihrer Bank nachsehen?',
    '?[Andernfalls|Sonst] [berechnen wir {small} Mahngebühr|müssen wir die Lieferung stoppen|geben wir die Sache an unseren Anwalt].',
    '?Falls Sie [schon|inzwischen] bezahlt haben, [betrachten Sie dies als gegenstandslos|vergessen Sie diese Mail].'
  ],
  payment: [
    'Bankverbindung|Gehalt {month}|Zahlung Rechnung {number}|Überweisung [erledigt|an {company}]|Auslagen {month}',
    '[ich habe|wir haben] {amount} [heute|heute früh] an {company} überwiesen, [Beleg anbei|müsste {weekday} da sein].|[schickst du mir|könnten Sie mir] bitte [deine|Ihre] Kontonummer für die Auslagen [schicken|aus {city} schicken]?|die Bank hat wegen der Zahlung über {amount} an {iban} [angerufen|nachgefragt], [waren Sie das|kennen Sie die]?',
    '?[Verwendungszweck ist|Habe als Zweck] {number} [angegeben|genommen].|Bitte [prüfen|prüft], ob das Konto noch {iban} ist, bevor wir zahlen.',
    '?Ich brauche [die Freigabe|eine Unterschrift] [bis {time}|heute noch], [die Bank schließt früh|sonst geht es erst {weekday} raus].|Die Löhne gehen am {soon} raus, [Änderungen bitte vorher|bitte Daten prüfen].'
  ],
  meeting: [
    'Termin [am {weekday}|{date}]|[Besprechung|Telefonat] {weekday}?|Tagesordnung {weekday}|Verschoben auf {time} Uhr',
    '[hast du|haben Sie|passt es] am {weekday} um {time} Uhr [Zeit|]?|die Besprechung ist [jetzt|] am {weekday} um {time} Uhr[ in {city}| im kleinen Raum|].|leider muss ich [den Termin|unser Treffen] am {weekday} [verschieben|absagen], [tut mir leid|es ist etwas dazwischengekommen].',
    '?[Hier der Link|Einwahl]: {link}|Wir treffen uns [wie immer|] bei uns im Büro.',
    '?{person} [kommt auch|ist dabei].|[Bring bitte|Bringen Sie bitte] [den Vertrag|die Unterlagen] mit.',
    '?[Themen|Es geht um]: {project}, [Budget|Planung], Sonstiges.|Dauert [nicht lange|etwa eine halbe Stunde].'
  ],
  project: [
    'Stand {weekday}|[Nächste Schritte|Rückfrage]|Kurzes Update|[Frage|Info] zum Projekt',
    '[kurz der Stand|kurzes Update] zu {project}: [wir liegen im Plan|wir haben zwei Tage verloren|das meiste ist fertig].|{person} und ich haben uns [gestern|heute früh] {project} angesehen.',
    'Der [Lieferant|Kunde] [in {city}|] hat [den Termin|den Preis von {amount}] [bestätigt|noch nicht bestätigt].|Uns fehlt noch [die {file}|eine Entscheidung|die Zahl für {month}] von {person}.',
    '?Die Lieferung kommt am {weekday}.|[Die Datei|Alles] liegt [im Ordner|hier]: {link}',
    '[Schaust du|Könnten Sie] [bitte|mal] [bis {weekday}|heute] drüber [|schauen]?|Nächster Schritt am {soon}, ich melde mich.'
  ],
  document: [
    '{file} [anbei|für Sie|Version 2]|[Unterlagen|Vertrag] zur Unterschrift|Die gewünschten Unterlagen|Freigabe: {file}',
    '[anbei|im Anhang] [die gewünschte Datei|das Dokument] [für {project}|, wie besprochen|].|ich habe [die Datei|die Unterlagen] [hochgeladen|freigegeben], [hier der Link|zu finden unter]: {link}',
    '?[Bitte unterschreiben|Bitte prüfen] und bis {weekday} [zurückschicken|zurücksenden].|[Anmerkungen|Änderungen] gern bis {weekday}.',
    '?Das Passwort [für die Datei|] ist {code}[, bitte danach löschen|].|Wichtig ist [vor allem|] Seite {small2}.'
  ],
  order: [
    '[Ihre|Deine] Bestellung {order}|Bestellbestätigung {order}|Danke für [Ihre|deine] Bestellung',
    '[vielen Dank|danke] für [Ihre|deine] Bestellung [bei {mycompany}|{order}].|wir haben Ihre Bestellung vom {date} erhalten.',
    'Artikel: {good}, {amount}.|1 x {good}\n1 x {good}\nSumme {amount}',
    'Ihre Bestellung [sehen|finden] Sie [im Kundenkonto|hier]: {link}|[Die Zahlung|Die Kartenzahlung] über {amount} ist [eingegangen|bestätigt].',
    '?Wir versenden [in 2 Tagen|am {weekday}] mit {courier}.|Bitte überweisen Sie {amount} auf {iban}, dann versenden wir sofort.',
    '?Sie können die Ware 30 Tage [kostenlos|] zurückgeben.'
  ],
  parcel: [
    '[Ihr|Dein] Paket ist unterwegs|Versandbestätigung {order}|{courier} liefert [am {weekday}|morgen]|Lieferung: {good}',
    'Ihre Bestellung {order} [hat unser Lager verlassen|wurde heute an {courier} übergeben].|{courier} bringt Ihr Paket am {weekday} zwischen {time} und {time2} Uhr.',
    '[Sendung verfolgen|Zur Sendungsverfolgung]: {link}|Sendungsnummer: {order}',
    '?Sind Sie nicht da, [gibt der Fahrer es beim Nachbarn ab|kommt der Fahrer am nächsten Tag wieder].|[Lieferdatum ändern|Filiale wählen] können Sie bis {time} Uhr.',
    '?Zoll von {small} haben wir [bezahlt|schon entrichtet].'
  ],
  reset: [
    'Passwort zurücksetzen|Ihr [Sicherheitscode|Code]|{code} ist Ihr Code|Neue Anmeldung|Bitte E-Mail-Adresse bestätigen',
    '[jemand hat|Sie haben] [darum gebeten|angefordert], das Passwort Ihres Kontos zurückzusetzen.|[Ihr Code|Ihr Anmeldecode] lautet {code}.|Wir haben eine neue Anmeldung [aus {city}|am {date} um {time} Uhr] [bei Ihrem Konto|] bemerkt.',
    '[Klicken Sie auf den Link|Nutzen Sie diesen Link], um [ein neues Passwort zu wählen|fortzufahren|Ihre Adresse zu bestätigen]: {link}|Er gilt {hours} Stunden[ und nur einmal|].',
    '?[Waren Sie das nicht|Falls nicht], [ignorieren Sie diese Mail|melden Sie sich bitte].|Geben Sie den Code nie weiter.'
  ],
  newsletter: [
    '{percent} % [auf alles|bis {weekday}|nur diese Woche]|Neues von {mycompany}|Neu im {month}|Letzte Chance: {good}|Newsletter {month}',
    'der {month} ist da und [wir haben etwas für Sie|mit ihm unsere Angebote].|das war der {month} bei {mycompany}.',
    '[Sparen Sie|Sichern Sie sich] {percent} % auf [jeden Artikel|{good}] [bis {soon}|solange der Vorrat reicht].|Neu im Laden: {good} ab {small}.',
    '[Jetzt einkaufen|Alle Angebote|Mehr lesen]: {link}|Diese Woche versandkostenfrei [mit dem Code {code}|ab {small}].',
    '?Besuchen Sie uns in {city}, [täglich bis {time2} Uhr|wir freuen uns].|Gewinnen Sie einen von {small2} Gutscheinen [über {small}|], mitmachen bis {soon}.'
  ],
  ticket: [
    '[Ticket|Anfrage|Vorgang] {number}[: Anmeldung|: {good}|]|{number} [aktualisiert|geschlossen|eingegangen]',
    '[danke für Ihre Nachricht|vielen Dank für Ihre Anfrage].|Ihre Anfrage {number} wurde [aufgenommen|beantwortet|geschlossen].',
    '{person} hat [Ihr Konto|das Problem] geprüft und [die Ursache gefunden|Ersatz geschickt|es zurückgesetzt].|[Bitte versuchen Sie es noch einmal|Ihr Postfach hat jetzt {small2} GB|Ihr Zugang ist wieder frei].',
    '[Den Stand|Ihr Ticket] sehen Sie hier: {link}|[Antworten Sie einfach|Bei Fragen antworten Sie] auf diese Nachricht.',
    '?Wir antworten meist innerhalb von {hours} Stunden.'
  ],
  study: [
    'Frage zur [Hausaufgabe|Vorlesung]|[Hausarbeit|Exposé|Bachelorarbeit] [Kapitel {small2}|Entwurf]|Abgabe {soon}|Lerngruppe {weekday}',
    'ich habe eine Frage zu [Aufgabe {small2}|der Hausarbeit].|anbei [mein Entwurf|Kapitel {small2}].|findet [die Vorlesung|das Seminar] am {weekday} um {time} Uhr statt?',
    '[Könnte ich|Wäre es möglich], [am {soon}|zwei Tage später] abzugeben? [Ich war krank|Mein Laptop ist kaputt].|Ich verstehe [den zweiten Teil|die Zitierweise] nicht [ganz|].',
    '?Die Folien sind hier: {link}|Wir treffen uns um {time} Uhr in der Bibliothek.'
  ],
  personal: [
    '[Wochenende|Samstag]|Essen am {weekday}?|Alles Gute!|Fotos aus {city}|Wie geht es euch|Oma',
    'wie geht es [dir|euch]? [Uns geht es gut|Hier alles bestens|Lange nichts gehört].|alles Gute zum Geburtstag, [feier schön|lass dich feiern]!|wir sind [am {weekday}|im {month}] in {city}, [seid ihr da|treffen wir uns]?',
    '[Die Kinder|Mama|{person}] [lässt grüßen|hat nach dir gefragt].|[Hier sind|Ich schicke dir] die Fotos [aus {city}|]: {link}|Wir haben [endlich|] ein {good} gekauft.',
    '?[Kannst du mir|Ich schulde dir noch] {small} [für die Karten|fürs Essen] [leihen|], [ich überweise es|geb ich dir {weekday}].|Ruf [mal|heute Abend] an.'
  ],
  travel: [
    '[Flug|Zug|Hotel] {city}|Buchung {order}|Reise nach {city}|Fahrkarten {city}',
    '[ich lande|ich bin|wir sind] am {weekday} um {time} Uhr in {city}.|Ihre Buchung {order} [für {city}|] ist bestätigt.|ich bin bis {soon} in {city}, [antworte also später|am besten anrufen: {phone}].',
    'Das Hotel kostet {amount}[ für zwei Nächte|, Frühstück inklusive|].|[Die Fahrkarten sind im Anhang|Ihre Tickets]: {link}',
    '?Kann mich jemand [vom Bahnhof|am Flughafen] abholen?|Mein Zug hat Verspätung, [fangt ohne mich an|bis {time}].'
  ],
  technical: [
    '[Ausfall|Wartung] [heute Nacht|{weekday}]|[Platte voll|Alarm] auf [db{small2}|mail{small2}]|Release {weekday}|[Zertifikat|Passwort] läuft ab|Tests schlagen fehl',
    '[der Server|db{small2}|das Backup] [war weg|hatte keinen Platz mehr|ist langsam] [seit {time} Uhr|zwischen {time} und {time2} Uhr].|wir spielen [die neue Version|das Update] am {weekday} um {time} Uhr ein.|das [Zertifikat|VPN-Passwort] läuft am {soon} ab, [bitte ändern|ich erneuere es].',
    'Ich habe [neu gestartet|zurückgerollt], [sieht gut aus|die Queue leert sich].|[Logs|Ticket]: {link}|Schaust du [bitte|heute] auf den Patch?',
    '?DRINGEND: bitte [den Mailserver nicht neu starten|vom VPN abmelden] [bis {time} Uhr|heute].|Die Ursache [ist noch unklar|kommt später].'
  ],
  appointment: [
    '[Ihr Termin|Erinnerung]: {weekday}, {time} Uhr|Ihr Termin am {date}|Terminverschiebung',
    'wir [erinnern an|bestätigen] Ihren Termin am {weekday}, {date} um {time} Uhr.|leider müssen wir Ihren Termin am {date} [verschieben|absagen].',
    'Bitte bringen Sie [die Versichertenkarte|die Unterlagen|einen Ausweis] mit.|[Bestätigen|Verschieben] können Sie hier: {link}|Wenn Sie nicht kommen können, rufen Sie [bitte bis {weekday}|] {phone} an.',
    '?Bei später Absage berechnen wir {small}.'
  ],
  hiring: [
    'Bewerbung [als {jobtitle}|]|Vorstellungsgespräch {weekday}|Lebenslauf {me}|Zusage',
    '[vielen Dank für Ihre Bewerbung|Ihr Lebenslauf gefällt uns].|hiermit bewerbe ich mich [als {jobtitle}|auf Ihre Anzeige].|wir freuen uns, Ihnen die Stelle anzubieten.',
    '[Passt Ihnen|Können Sie zu] [ein Gespräch|einem Gespräch] am {weekday} um {time} Uhr [kommen|]?|Anbei Lebenslauf und Zeugnisse.|Das Gehalt beträgt {big} im Jahr, [Beginn im {month}|Teilzeit ist möglich].',
    '?Für den Vertrag brauchen wir noch [Ihre Bankverbindung|eine Ausweiskopie].|Termin [buchen|wählen]: {link}'
  ],
  reply: [
    'Kurze Frage|{good}|{weekday}|Rückmeldung',
    '[Danke|Prima|Super], [passt|das geht so|mache ich].|[Sorry|Entschuldigung] für die späte Antwort.|[Ja|Ja, gern|Nein], [{weekday} passt|machen Sie ruhig|warten wir bis {weekday}].|Ich [frage {person}|schaue nach] und melde mich [{weekday}|].',
    '?[Kannst du|Können Sie] mir noch [die {file}|die Adresse|die Nummer] schicken?|Anbei die Datei.|{time} Uhr geht auch.|Es waren {amount}, [glaube ich|der Rest ist bezahlt].',
    '?[Bis {weekday}|Schönes Wochenende|Bis morgen].'
  ]
}
