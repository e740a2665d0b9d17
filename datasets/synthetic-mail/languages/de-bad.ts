import type { BadTexts } from '../language.ts'

export const bad: BadTexts = {
  bank: [
    '[Ihr Konto|Ihre Karte|Ihr Onlinebanking] [wurde eingeschränkt|wird gesperrt]|Wichtig: [Daten bestätigen|pushTAN aktualisieren]|[Ungewöhnliche|Verdächtige] Aktivität|[Sicherheitshinweis|Mitteilung] {bank}',
    '[wir haben|unser System hat] [eine ungewöhnliche|eine verdächtige] [Zahlung über {amount}|Anmeldung|Überweisung] auf Ihrem Konto bei der {bank} [festgestellt|bemerkt].|[zu Ihrer Sicherheit|vorsorglich] hat die {bank} Ihre [Karte|Zugangsdaten] [eingeschränkt|gesperrt].|die {bank} führt ein neues [Sicherheitsverfahren|TAN-Verfahren] ein, Ihr [Zugang|Profil] ist noch nicht [registriert|umgestellt].',
    '[Bitte bestätigen Sie|Verifizieren Sie] Ihre [Identität|Daten] [innerhalb von {hours} Stunden|bis {soon}|umgehend]: {link}|[Um die Sperre aufzuheben|Um die Zahlung zu stoppen], [melden Sie sich hier an|folgen Sie dem Link]: {link}',
    '?[Andernfalls|Ohne Bestätigung] wird Ihr Konto [dauerhaft|] gesperrt [und eine Gebühr von {small} fällig|].|Der Vorgang dauert nur zwei Minuten.'
  ],
  courier: [
    'Ihr Paket [konnte nicht zugestellt werden|wartet auf Sie|wird zurückgehalten]|{courier}: [Zollgebühr offen|Zustellung fehlgeschlagen]|Sendung {order}: Handlung erforderlich|Letzte Mitteilung zu Ihrer Sendung',
    '[unser Fahrer|{courier}] wollte Ihr Paket {order} [heute|am {date}] zustellen, [aber die Adresse war unvollständig|traf aber niemanden an|es fehlt jedoch eine Gebühr].|Ihre Sendung {order} [liegt im Depot|hängt im Zoll fest|wird in {city} gelagert].',
    '[Zahlen Sie|Bitte begleichen Sie] die Gebühr von {tiny}[, um die Sendung freizugeben|]: {link}|[Bestätigen|Aktualisieren] Sie Ihre [Adresse|Daten] [innerhalb von {hours} Stunden|hier]: {link}',
    '?Sonst geht [das Paket|die Sendung] [nach {soon}|] an den Absender zurück.'
  ],
  mailbox: [
    'Ihr Postfach ist [fast voll|voll]|Ihr Passwort läuft [heute|in {hours} Stunden] ab|{small2} Nachrichten [zurückgehalten|nicht zugestellt]|[Webmail|Mailserver]: [Aktualisierung|Hinweis]|IT-Abteilung: bitte handeln',
    'Ihr Postfach hat {percent2} % [des Speichers|der Quota] erreicht und [nimmt bald keine Mails mehr an|weist neue Mails ab].|das Passwort von {address} läuft [heute|in {hours} Stunden] ab.|{small2} eingehende Nachrichten [werden zurückgehalten|konnten nicht zugestellt werden], weil [Ihr Konto bestätigt werden muss|die Synchronisierung fehlschlug].',
    '[Passwort beibehalten|Konto bestätigen|Speicher erweitern|Nachrichten freigeben]: {link}|[Melden Sie sich hier an|Loggen Sie sich ein], um [Unterbrechungen zu vermeiden|das Konto weiter zu nutzen]: {link}',
    '?[Ohne Ihre Reaktion|Sonst] wird das Konto [am {soon}|] [deaktiviert|gelöscht].|Diese Nachricht kommt automatisch vom [Helpdesk|Administrator von {domain}].'
  ],
  account: [
    '{service}: Zahlung [fehlgeschlagen|abgelehnt]|Ihr {service}-[Konto|Abo] [ist gesperrt|endet heute]|[Beleg|Bestellung] {order}: {amount}|Anmeldung aus {city}',
    'wir konnten Ihre [letzte|] Zahlung für {service} nicht [einziehen|verarbeiten].|Ihr {service}-Konto [wurde gesperrt|ruht], [weil die Zahlungsdaten veraltet sind|wegen eines Abrechnungsproblems].|danke für Ihren Kauf über {amount} bei {service}. [Nicht von Ihnen? Jetzt stornieren.|]',
    '[Aktualisieren Sie|Bitte erneuern Sie] Ihre [Zahlungsart|Kartendaten]: {link}|[Stornieren|Geld zurückholen|Konto sichern] Sie hier [innerhalb von {hours} Stunden|]: {link}|Rufen Sie [sofort|] unsere [Hotline|Erstattungsstelle] an: {phone}.',
    '?[Sonst|Am {soon}] löschen wir [Ihre Dateien|Ihr Profil].'
  ],
  tax: [
    'Steuererstattung [über {amount}|]|[Finanzamt|ELSTER]: [Bescheid|Mitteilung] {number}|Ihre Rückzahlung [liegt bereit|]|Bußgeld {number}',
    'nach [der letzten Berechnung|Prüfung Ihrer Steuererklärung] steht Ihnen eine Erstattung von {amount} zu.|Sie haben [noch|] ein offenes Bußgeld von {amount}, Aktenzeichen {number}.',
    '[Füllen Sie das Formular aus|Beantragen Sie die Auszahlung|Geben Sie Ihre Kartendaten an]: {link}|Zahlen Sie [bis {soon}|heute], um [Vollstreckung|weitere Kosten] zu vermeiden: {link}',
    '?Die [Auszahlung|Gutschrift] dauert 3 Tage.'
  ],
  sharedfile: [
    '{person} hat [ein Dokument|„{file}.pdf“] für Sie freigegeben|Bitte [prüfen|unterschreiben]: {file}|[Neues|Vertrauliches] Dokument|Sie haben ein Fax erhalten',
    '{person} hat [Ihnen|] ein [vertrauliches|sicheres|] Dokument [über {service}|] [geschickt|freigegeben].|Ihr Dokument „{file}“ [liegt bereit|wartet auf Ihre Unterschrift].',
    '[Öffnen|Ansehen|Herunterladen] können Sie es hier: {link}|[Melden Sie sich mit Ihrer E-Mail an|Geben Sie Ihr Mailpasswort ein], um es zu [lesen|öffnen]: {link}',
    '?Der Link gilt bis {soon}.|Die Datei ist verschlüsselt[, nur Sie können sie öffnen|].'
  ],
  voicemail: [
    'Neue Sprachnachricht [von {phone}|]|Verpasster Anruf {phone}|Voicemail ({tinysec} Sek.)|Fax {number}',
    'Sie haben eine [neue|] Sprachnachricht von {phone} [({tinysec} Sekunden)|] erhalten.|{phone} hat am {date} um {time} Uhr eine Nachricht hinterlassen.',
    '[Anhören|Abspielen]: {link}|Öffnen Sie den Anhang und [melden Sie sich an|geben Sie Ihr Passwort ein].',
    '?Die Nachricht wird in {hours} Stunden gelöscht.'
  ],
  sextortion: [
    'Ich kenne Ihr Passwort {code}|Ihr Gerät wurde gehackt|[Lesen Sie das|Zahlung von Ihrem Konto]|Schlechte Nachrichten für dich',
    'ich habe [vor einigen Monaten|im {month}] [dein Gerät|deinen Account] gehackt.|wie du siehst, [schreibe ich dir von deiner eigenen Adresse|kenne ich dein Passwort]. Auf deinen Geräten läuft mein Trojaner.',
    'Ich habe dich [gefilmt|über die Webcam aufgenommen], während du [Pornos|gewisse Videos] angesehen hast.|Ich habe [alle deine Kontakte|deine Nachrichten und Fotos].',
    '[Überweise|Schicke] {amount} in Bitcoin an {wallet}|Du hast {hours} Stunden, um {amount} an diese Wallet zu zahlen: {wallet}',
    '?[Antworte nicht|Keine Polizei]. [Nach der Zahlung lösche ich alles|Sonst sehen es alle].'
  ],
  inheritance: [
    '[Geschäftsvorschlag|Erbschaft]|Fonds über {huge}|[Lieber Freund|Vertraulich]|Spende für Sie',
    'ich bin {person}, [Anwalt|Bankangestellter|Witwe] [aus {city}|bei der {bank}].|ich wende mich im Vertrauen an Sie: ein Kunde ist [ohne Erben|bei einem Unfall] gestorben.|Sie wurden ausgewählt und haben {huge} [bei unserer Lotterie|aus einer Stiftung] gewonnen.',
    'Er hinterließ {huge} [auf einem ruhenden Konto|in unserer Bank], und ich möchte Sie als [Erben|Begünstigten] vorstellen.|Ich möchte {huge} [Ihnen|für gute Zwecke] spenden, [da ich schwer krank bin|bevor ich sterbe].',
    'Ihr Anteil beträgt {percent} %.|[Senden Sie|Antworten Sie mit] Name, Anschrift, [Telefon|Konto] und [Alter|Beruf].',
    '?[Behandeln Sie das vertraulich|Sprechen Sie mit niemandem darüber]. Ich warte auf Ihre [schnelle|] Antwort.'
  ],
  executive: [
    '[Kurze Bitte|Dringend|Sind Sie im Büro]?|[Verfügbar|Zeit] [heute|]?|[Zahlung|Überweisung] heute|Vertraulich',
    '[sind Sie|bist du] [gerade|] [am Platz|verfügbar]? Ich brauche [Sie|dich] für [eine Zahlung|eine diskrete Sache].|ich bin [in einer Besprechung|im Flugzeug|auf einer Tagung] und kann nicht telefonieren, [antworten Sie nur per Mail|schreib mir hier].',
    '[Wir müssen|Bitte] [heute|vor {time} Uhr] {big} an [einen neuen Lieferanten|einen Partner in {city}] überweisen.|Wie hoch ist unser [Kontostand|Guthaben], und [wie viel können wir heute zahlen|was ist heute möglich]?|Schicken Sie mir Ihre Handynummer, ich habe eine Aufgabe.',
    '?[Konto|Das Konto ist]: {iban}[, Zweck {number}|].|[Behalten Sie es für sich|Bitte mit niemandem besprechen]. Ich verlasse mich auf Sie.'
  ],
  giftcards: [
    '[Kleine Bitte|Ein Gefallen]|Gutscheine [für das Team|]|Brauche [heute|] Hilfe|Hast du kurz Zeit?',
    '[ich brauche|könnten Sie mir] einen Gefallen[ tun|]: ich möchte [das Team|einige Kunden] mit Gutscheinen überraschen.|ich sitze fest und kann die Gutscheine nicht selbst [kaufen|besorgen].',
    '[Bitte kaufen Sie|Kannst du] {small2} [Amazon|Apple|Steam|Google-Play]-Karten [zu je {small}|über {small}] [|besorgen].|Rubbeln Sie die Codes frei und [schicken Sie mir ein Foto|mailen Sie sie mir].',
    '?Das Geld bekommen Sie [heute Abend|morgen] zurück.|[Wie schnell|Wann] geht das?'
  ],
  newbank: [
    '[Neue|Geänderte] Bankverbindung|Gehaltskonto ändern|Bitte Kontodaten aktualisieren',
    'ich habe die Bank gewechselt und möchte [mein Gehalt|alle Zahlungen] auf das neue Konto [bekommen|umstellen].|wegen [einer Prüfung|des Jahresabschlusses] kann unser [altes|bisheriges] Konto keine Zahlungen annehmen.',
    '[Das neue Konto|Neue Daten]: {iban}, {bank}.|Bitte zahlen Sie [ab sofort|nur noch] auf {iban}[, auch Rechnung {number}|].',
    '?Klappt das [vor der nächsten Abrechnung|bis {soon}]?|Bitte bestätigen Sie die Änderung [kurz|heute noch].'
  ],
  fakeinvoice: [
    '[Rechnung|Kontoauszug] {number}|[Offene|Überfällige] Forderung {number}|Letzte Mahnung: {amount}|Verlängerung {order}',
    '[anbei|beigefügt] die [offene|fällige] Rechnung [über {amount}|{number}].|Ihr [Virenschutz|Abo|Eintrag für {domain}] wurde [heute|] für {amount} verlängert.|der Betrag von {amount} ist [überfällig|im Inkasso].',
    '[Rechnung herunterladen|Ansehen]: {link}|[Zahlen Sie|Überweisen Sie] [heute|innerhalb von {hours} Stunden] an {iban}.|Widerspruch nur [telefonisch|] unter {phone} [binnen {hours} Stunden|].',
    '?Sonst [folgen rechtliche Schritte|sperren wir Ihren Zugang].'
  ],
  job: [
    '[Heimarbeit|Nebenjob]: {big} im Monat|Ihr Lebenslauf|[Stellenangebot|Freie Stelle]: [Zahlungsassistent|Produkttester]',
    'wir suchen [Mitarbeiter im Homeoffice|Finanzagenten|Produkttester] [in Ihrer Nähe|in {city}].|wir haben Ihr Profil [im Netz|] gesehen und bieten Ihnen [eine Stelle|einen Nebenjob] an.',
    'Sie verdienen {amount} [am Tag|pro Woche] für [1-2 Stunden|das Weiterleiten von Zahlungen|Bewertungen].|[Keine Erfahrung|Kein Kapital] nötig, [Sie behalten {percent} %|Auszahlung täglich].',
    '[Bewerben|Anmelden]: {link}|[Schreiben Sie per WhatsApp|Schicken Sie Name und Konto an]: {phone}'
  ],
  crypto: [
    'Bitcoin: {amount} [Gewinn|warten auf Sie]|{big} im Monat verdienen|Ihr Guthaben {code}|[Handelsplattform|Geldanlage]',
    'unser [KI-Roboter|Handelsprogramm] [bringt|brachte Mitgliedern] {percent} % [am Tag|pro Woche], [garantiert|ohne Risiko].|auf Ihrer Wallet liegen {amount}, die [bald verfallen|nicht abgeholt wurden].|Banken wollen nicht, dass Sie das wissen.',
    '[Starten Sie mit|Nur] {small} [einzahlen|] und verdoppeln: {link}|[Auszahlen|Guthaben abholen]: {link}|Senden Sie {small} an {wallet} und Sie erhalten das Doppelte.',
    '?Nur noch {small2} Plätze.'
  ],
  pharmacy: [
    '[Potenzmittel|Tabletten] -{percent} %|[Abnehmen|{small2} kg] in einem Monat|Rezeptfrei [bestellen|]|Männer [lieben|schwören auf] das',
    '[Viagra, Cialis|Alle Marken|Schlafmittel] [ab {tiny}|{percent} % billiger], [ohne Rezept|diskret].|{small2} kg weniger in {small2} Tagen [ohne Diät|mit diesem Trick].|Mehr Ausdauer [im Bett|heute Nacht] mit unserem Naturmittel.',
    '[Hier bestellen|Jetzt kaufen]: {link}|Diskreter Versand [weltweit|]: {link}',
    '?Geld-zurück-Garantie. [Nur heute|Mit Gratisproben].'
  ],
  casino: [
    '{small2} Freispiele|[Bonus|Jackpot] {amount}|Casino [Bonus|Angebot]|Sie haben gewonnen',
    '[Spielen Sie|Jetzt] im [Royal|Lucky|Gold] Casino und [sichern Sie sich|holen Sie] {percent2} % Bonus.|[Glückwunsch|Gute Nachricht], Sie haben {small2} Freispiele [und {amount}|] [gewonnen|erhalten].',
    '[Abholen|Spielen|Registrieren]: {link}|[Sofort-Auszahlung|Ohne Einzahlung], los geht es: {link}',
    '?Gültig bis {soon}. [Ab 18|Nur für neue Spieler].'
  ],
  fakeshop: [
    '[Rolex|Luxusuhren|Designertaschen] -{percent2} %|[Lagerräumung|Ausverkauf], letzter Tag|Sie haben ein iPhone gewonnen|Umfrage: Gutschein {amount}',
    '[Replika-Uhren|Markentaschen|Sneaker] [ab {small}|bis {percent2} % reduziert], [beste Qualität|vom Original nicht zu unterscheiden].|Sie wurden ausgewählt und erhalten [ein iPhone|einen Gutschein über {amount}|eine Bohrmaschine], [nach einer kurzen Umfrage|beantworten Sie nur drei Fragen].',
    '[Jetzt kaufen|Zum Shop]: {link}|Preis abholen, nur {tiny} Versand: {link}',
    '?Nur noch {small2} Stück. [Endet heute|Schnell sein].'
  ],
  loan: [
    '[Kredit|Darlehen] [bewilligt|ab 2 %]|Brauchen Sie Geld?|Sofortkredit bis {huge}|SEO: Seite 1 bei Google',
    'wir vergeben Kredite von {big} bis {huge} zu [2|3] %, [ohne Schufa|ohne Prüfung].|ich habe Ihre Seite {domain} geprüft und [Fehler gefunden|sie steht nicht auf Seite 1]. Wir [beheben das|verkaufen Backlinks] [ab {small}|].',
    '[Antworten Sie|Beantragen Sie] [heute|mit Name, Betrag und Telefon], [Geld in {hours} Stunden|Zusage garantiert].|[Preise|Mehr]: {link}',
    '?Kontakt: Herr {person}, WhatsApp {phone}.'
  ],
  romance: [
    'Hallo [Schatz|mein Lieber]|Dein Profil|[Einsam|Ich suche dich]|Meine Fotos',
    'ich bin {person}, {small2} Jahre, [aus {city}|Krankenschwester].|ich habe dein Profil gesehen und [mich sofort interessiert|möchte dich kennenlernen].',
    'Schau dir meine [privaten|] Fotos an: {link}|Ich würde dich besuchen, aber [das Ticket|das Visum] kostet {amount}.',
    '?Schreib [bald|mir], [Kuss|ich warte].'
  ],
  threadLink:
    '[Übrigens, ich|Ich] habe die [neue|aktuelle|unterschriebene] Fassung hier abgelegt, [bitte ansehen|schauen Sie bitte drauf]: {link}|[Bitte prüfen Sie|Kannst du] [vorher|heute] noch dieses Dokument [|prüfen]: {link}|Der Anhang war zu groß, [hier herunterladen|liegt hier]: {link}|Neue Datei, Anmeldung mit dem Mailpasswort: {link}',
  threadBank:
    '[Noch etwas|Bitte beachten]: unsere Bankverbindung hat sich geändert, bitte [ab sofort|künftig] auf {iban} [zahlen|überweisen].|Unser Konto wird geprüft, [nutzen Sie|bitte nehmen Sie] für [diese Rechnung|Rechnung {number}] {iban}.|[Können Sie|Kannst du] [heute|bis {time} Uhr] noch die {amount} auf {iban} überweisen?'
}
