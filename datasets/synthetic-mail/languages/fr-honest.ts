import type { HonestTheme, Theme } from '../language.ts'

export const honest: Record<HonestTheme, Theme> = {
  quote: [
    'Devis [{number}|{good}]|Votre demande|Tarifs {city}|[Offre|Proposition] {number}',
    "Merci pour [votre demande|votre appel] [de {weekday}|d'hier].|Suite à [notre échange|votre visite], voici notre devis[ en pièce jointe|].",
    "Le montant s'élève à {amount} [HT|TTC].|Nous pouvons le faire pour {amount}, [livraison comprise|livraison {small}].",
    "?L'offre est valable jusqu'au {soon}.|Nous pourrions commencer en {month}.",
    "[Dites-moi|Merci de me dire] si cela vous convient.|Si c'est bon pour vous, merci de confirmer avant {weekday}."
  ],
  invoice: [
    'Facture [{number}|n° {number}|{month}]|Notre facture|{mycompany} : facture {number}',
    '[Veuillez trouver|Vous trouverez] [ci-joint|en pièce jointe] [notre facture|la facture {number}].|Le travail est terminé [à {city}|], voici donc la facture.',
    'Le montant de {amount} est [à régler avant le {soon}|payable à 30 jours].|Total : {amount}, échéance {soon}.',
    "[Merci de virer|Règlement par virement] sur notre compte {iban}[, référence {number}|].|Nos coordonnées bancaires [n'ont pas changé|habituelles] : {iban}.",
    '?Vous pouvez aussi [payer en ligne|la télécharger] : {link}',
    '?Pour toute question, [répondez à ce message|appelez le {phone}].'
  ],
  reminder: [
    '[Relance|Rappel] : facture {number}|[Deuxième|Dernier] rappel {number}|URGENT : facture {number} impayée',
    "[Sauf erreur de notre part|D'après notre comptabilité], la facture {number} de {amount} [reste impayée|n'a pas été réglée].|Votre paiement de {amount} était attendu le {date} et n'est pas arrivé.",
    "Merci de [régler|virer la somme] [avant le {soon}|sous 7 jours] sur {iban}.|Pourriez-vous vérifier avec votre banque[ aujourd'hui|] ?",
    '?[À défaut|Sans règlement], nous [suspendrons les livraisons|appliquerons {small} de frais|transmettrons le dossier].',
    '?Si vous avez [déjà|entre-temps] payé, ne tenez pas compte de ce message.'
  ],
  payment: [
    'RIB|Salaire {month}|Virement [fait|{company}]|Règlement facture {number}|Notes de frais {month}',
    "J'ai viré {amount} à {company} [ce matin|aujourd'hui], [reçu ci-joint|ça devrait arriver {weekday}].|[Peux-tu|Pouvez-vous] m'envoyer [ton|votre] RIB pour les frais[ de {city}|] ?|La banque a appelé pour le paiement de {amount} vers {iban}, [c'était vous|vous le reconnaissez] ?",
    '?La référence est {number}.|Merci de vérifier que le compte est toujours {iban} avant paiement.',
    '?Il me faut [votre accord|une signature] avant {time}, la banque ferme.|Les salaires partent le {soon}, [vérifiez vos données|changements avant cette date].'
  ],
  meeting: [
    'Réunion [de {weekday}|{date}]|[Point|Appel] {weekday} ?|Ordre du jour {weekday}|Décalé à {time}',
    '[Es-tu|Êtes-vous] disponible {weekday} à {time} ?|La réunion est [maintenant|] {weekday} à {time}[ à {city}|].|Je dois [décaler|annuler] notre rendez-vous de {weekday}, [désolé|un imprévu].',
    "?Voici le lien : {link}|On se retrouve [au bureau|en bas] comme d'habitude.",
    "?{person} sera là aussi.|[Apporte|Apportez] le {file} s'il [te|vous] plaît.",
    '?Au programme : {project}, [budget|planning], divers.|Ce sera court, [une demi-heure|pas plus].'
  ],
  project: [
    'Point sur {project}|Avancement {weekday}|Prochaines étapes|Une question',
    'Petit point sur {project} : [on est dans les temps|deux jours de retard|presque fini].|{person} et moi avons [regardé|revu] {project} [hier|ce matin].',
    'Le [fournisseur|client] [de {city}|] [a confirmé|doit encore confirmer] [la date|le prix de {amount}].|Il manque encore [le {file}|une décision|les chiffres de {month}] de {person}.',
    "?La livraison arrive {weekday}.|J'ai mis le {file} [dans le dossier|ici] : {link}",
    "[Tu peux|Pouvez-vous] regarder [avant {weekday}|aujourd'hui] ?|Prochaine étape le {soon}, je [te|vous] tiens au courant."
  ],
  document: [
    '{file} [ci-joint|version 2]|Le document demandé|Documents à signer|[Contrat|Brouillon] partagé',
    "Voici le {file} [demandé|pour {project}].|J'ai [déposé|partagé] le {file}, [le lien|à ouvrir ici] : {link}",
    '?Merci de [signer|relire] et de le renvoyer avant {weekday}.|Vos remarques [sont bienvenues|avant {weekday}].',
    '?Le mot de passe est {code}[, à effacer ensuite|].|La page {small2} est [nouvelle|importante].'
  ],
  order: [
    'Votre commande {order}|Confirmation de commande {order}|Merci pour votre commande',
    'Merci pour votre commande [chez {mycompany}|{order}].|Nous avons bien reçu votre commande du {date}.',
    'Article : {good}, {amount}.|1 x {good}\n1 x {good}\nTotal {amount}',
    'Suivez votre commande [dans votre compte|ici] : {link}|Votre paiement de {amount} est [reçu|confirmé].',
    '?Expédition [sous 2 jours|{weekday}] par {courier}.|Merci de virer {amount} sur {iban}, nous expédions aussitôt.',
    '?Retour gratuit pendant 30 jours.'
  ],
  parcel: [
    'Votre colis est en route|Commande {order} expédiée|{courier} livre {weekday}|Livraison : {good}',
    'Votre commande {order} [a quitté notre entrepôt|a été remise à {courier}].|{courier} livrera votre colis {weekday} entre {time} et {time2}.',
    'Suivre le colis : {link}|Numéro de suivi : {order}',
    "?En cas d'absence, [le livreur repassera|il sera déposé chez un voisin].|Vous pouvez [changer la date|choisir un relais] jusqu'à {time}.",
    '?Les droits de douane de {small} sont [inclus|réglés].'
  ],
  reset: [
    'Réinitialisation du mot de passe|Votre code [de connexion|]|{code} est votre code|Nouvelle connexion|Confirmez votre adresse',
    "[Vous avez|Quelqu'un a] demandé à réinitialiser le mot de passe de votre compte.|Votre code est {code}.|Nouvelle connexion à votre compte [depuis {city}|le {date} à {time}].",
    '[Cliquez sur le lien|Utilisez ce lien] pour [choisir un mot de passe|continuer|confirmer votre adresse] : {link}|Il est valable {hours} heures.',
    "?Si ce n'était pas vous, [ignorez ce message|contactez-nous].|Ne donnez ce code à personne."
  ],
  newsletter: [
    "-{percent} % [jusqu'à {weekday}|sur tout|cette semaine]|Les nouvelles de {mycompany}|Nouveau en {month}|Dernière chance : {good}",
    "{month} est là, [nos offres aussi|et nous avons pensé à vous].|Voici ce qui s'est passé chez {mycompany} en {month}.",
    "Profitez de {percent} % sur [tout le magasin|{good}] [jusqu'au {soon}|dans la limite des stocks].|Nouveau : {good} dès {small}.",
    "[J'en profite|Toutes les offres|Lire l'article] : {link}|Livraison offerte [avec le code {code}|dès {small}].",
    "?Venez nous voir à {city}, [ouvert jusqu'à {time2}|à bientôt].|Gagnez un des {small2} bons [de {small}|], participez avant le {soon}."
  ],
  ticket: [
    '[Ticket|Demande|Dossier] {number}|{number} [mis à jour|clos|reçu]|Votre demande {number}',
    "Merci [d'avoir contacté {mycompany}|pour votre message].|Votre demande {number} a été [enregistrée|traitée|close].",
    "{person} a vérifié [votre compte|le problème] et [trouvé la cause|l'a rétabli|envoyé un remplacement].|[Merci de réessayer|Votre boîte a maintenant {small2} Go|Votre accès est rétabli].",
    'Suivre le dossier : {link}|Répondez [simplement|] à ce message [pour toute question|].',
    '?Nous répondons en général sous {hours} heures.'
  ],
  study: [
    'Question sur le [devoir|cours]|[Mémoire|Brouillon] chapitre {small2}|Rendu le {soon}|Groupe de travail {weekday}',
    "J'ai une question sur [l'exercice {small2}|le devoir].|Voici [mon brouillon|le chapitre {small2}].|Le cours de {weekday} est-il bien à {time} ?",
    "Serait-il possible de rendre [le {soon}|deux jours plus tard] ? [J'étais malade|Mon ordinateur est en panne].|Je ne comprends pas [la deuxième partie|comment citer].",
    '?Les diapos sont ici : {link}|On se retrouve à la bibliothèque à {time}.'
  ],
  personal: [
    '[Ce week-end|Samedi]|Dîner {weekday} ?|Joyeux anniversaire|Photos de {city}|Des nouvelles|Mamie',
    'Comment [vas-tu|allez-vous] ? [Ici tout va bien|Ça fait longtemps].|Joyeux anniversaire, [profite bien|gros bisous] !|On passe à {city} [{weekday}|en {month}], [vous êtes là|on se voit] ?',
    "[Les enfants|Maman|{person}] [t'embrasse|a demandé de tes nouvelles].|[Voilà|Je t'envoie] les photos : {link}|On a [enfin|] acheté un {good}.",
    '?[Tu peux me prêter|Je te dois encore] {small} [pour les billets|pour le resto].|Appelle-moi [ce soir|quand tu peux].'
  ],
  travel: [
    '[Vol|Train|Hôtel] {city}|Réservation {order}|Voyage à {city}|Billets {city}',
    "J'arrive à {city} {weekday} à {time}.|Votre réservation {order} [pour {city}|] est confirmée.|Je suis à {city} jusqu'au {soon}, [réponse tardive|joignable au {phone}].",
    "L'hôtel coûte {amount} [les deux nuits|petit déjeuner compris].|[Les billets sont joints|Vos billets] : {link}",
    "?Quelqu'un peut venir me chercher [à la gare|à l'aéroport] ?|Mon train a du retard, commencez sans moi."
  ],
  technical: [
    '[Panne|Maintenance] [cette nuit|{weekday}]|Disque plein sur db{small2}|Mise en production {weekday}|[Certificat|Mot de passe] expire bientôt',
    "[Le serveur|db{small2}|La sauvegarde] [était en panne|n'avait plus de place|est lent] [depuis {time}|entre {time} et {time2}].|On déploie la nouvelle version {weekday} à {time}.|Le [certificat|mot de passe VPN] expire le {soon}, [à changer|je le renouvelle].",
    "J'ai [redémarré|annulé la version], [tout semble bon|la file se vide].|[Les logs|Le ticket] : {link}|Tu peux relire le patch [aujourd'hui|] ?",
    '?URGENT : merci de [ne pas redémarrer le serveur de mail|vous déconnecter du VPN] [avant {time}|].|La cause [reste à trouver|suit].'
  ],
  appointment: [
    'Votre rendez-vous du {date}|Rappel : {weekday} {time}|Rendez-vous [déplacé|annulé]',
    'Nous vous [rappelons|confirmons] votre rendez-vous de {weekday} {date} à {time}.|Nous devons [déplacer|annuler] votre rendez-vous du {date}.',
    "Merci d'apporter [votre carte Vitale|une pièce d'identité|le {file}].|[Confirmer|Modifier] ici : {link}|En cas d'empêchement, appelez le {phone} [avant {weekday}|].",
    '?Toute annulation tardive coûte {small}.'
  ],
  hiring: [
    "Candidature [{jobtitle}|]|Entretien {weekday}|CV {me}|Proposition d'embauche",
    'Merci pour votre candidature[ au poste de {jobtitle}|].|Je vous adresse ma candidature au poste de {jobtitle}.|Nous avons le plaisir de vous proposer le poste.',
    'Pouvez-vous venir à un entretien {weekday} à {time} ?|Ci-joint mon CV et mes références.|Le salaire est de {big} par an, [début en {month}|temps partiel possible].',
    "?Il nous faut encore [votre RIB|une copie de votre carte d'identité] pour le contrat.|Choisissez un créneau : {link}"
  ],
  reply: [
    'Question|{good}|{weekday}|Retour',
    "[Merci|Parfait|Super], [ça marche|c'est noté|je m'en occupe].|Désolé pour la réponse tardive.|[Oui|Oui, volontiers|Non], [{weekday} c'est bon|allez-y|attendons {weekday}].|Je [demande à {person}|regarde] et je reviens vers [toi|vous].",
    "?[Peux-tu|Pouvez-vous] m'envoyer [le {file}|l'adresse|le numéro] ?|Voici le {file}.|{time} me va aussi.|C'était {amount}, [je crois|le reste est payé].",
    '?[À {weekday}|Bon week-end|À demain].'
  ]
}
