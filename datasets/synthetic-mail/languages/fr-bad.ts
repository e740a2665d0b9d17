import type { BadTexts } from '../language.ts'

export const bad: BadTexts = {
  bank: [
    '[Votre compte|Votre carte] [est limité|sera suspendu]|Important : [confirmez vos données|activez votre sécurité]|Activité [inhabituelle|suspecte]|[Message|Avis] {bank}',
    "Nous avons [détecté|constaté] [une opération inhabituelle de {amount}|une connexion suspecte|un virement non autorisé] sur votre compte {bank}.|Par mesure de sécurité, {bank} a [restreint|bloqué] votre [carte|accès].|{bank} met en place un nouveau [système de sécurité|service], votre [accès|profil] n'est pas encore activé.",
    "[Confirmez|Veuillez vérifier] votre [identité|compte] [sous {hours} heures|avant le {soon}|immédiatement] : {link}|Pour [rétablir l'accès|annuler l'opération], [connectez-vous|suivez les étapes] : {link}",
    '?[Sans réponse|À défaut], votre compte sera [fermé|bloqué définitivement].|Cela ne prend que deux minutes.'
  ],
  courier: [
    "Votre colis [n'a pas pu être livré|est en attente|est bloqué]|{courier} : [frais de douane|livraison manquée]|Livraison {order} : action requise|Dernier avis",
    "[Notre livreur|{courier}] est passé [aujourd'hui|le {date}] pour votre colis {order}, [adresse incomplète|vous étiez absent|des frais sont dus].|Votre envoi {order} est [retenu|bloqué] [en douane|au dépôt de {city}].",
    'Réglez les frais de {tiny} [pour le recevoir|et choisissez une date] : {link}|[Confirmez|Mettez à jour] votre adresse [sous {hours} heures|] : {link}',
    "?Sinon il sera retourné à l'expéditeur[ après le {soon}|]."
  ],
  mailbox: [
    "Votre boîte est [pleine|presque pleine]|Votre mot de passe expire [aujourd'hui|dans {hours} heures]|{small2} messages en attente|[Webmail|Messagerie] : mise à jour",
    "Votre messagerie a atteint {percent2} % de [son quota|sa capacité] et [ne recevra plus de messages|rejette les nouveaux messages].|Le mot de passe de {address} expire [aujourd'hui|dans {hours} heures].|{small2} messages entrants [sont bloqués|n'ont pas été remis] car votre compte doit être validé.",
    "[Conserver mon mot de passe|Valider mon compte|Augmenter le quota|Libérer les messages] : {link}|Connectez-vous [ici|au portail] pour [éviter l'interruption|continuer] : {link}",
    "?Sans action, le compte sera [désactivé|supprimé] le {soon}.|Message automatique [du support|de l'administrateur de {domain}]."
  ],
  account: [
    '{service} : paiement [refusé|échoué]|Votre [compte|abonnement] {service} [est suspendu|expire]|Reçu {order} : {amount}|Connexion depuis {city}',
    "Nous n'avons pas pu [prélever|traiter] votre paiement {service}.|Votre compte {service} est [suspendu|en attente] [pour un problème de facturation|].|Merci pour votre achat de {amount} chez {service}. Pas vous ?",
    '[Mettez à jour|Renouvelez] votre [moyen de paiement|carte] : {link}|[Annuler la commande|Être remboursé|Sécuriser le compte] [sous {hours} heures|] : {link}|Appelez notre [assistance|service remboursement] au {phone}.',
    '?[Sinon|Le {soon}] vos [fichiers|données] seront supprimés.'
  ],
  tax: [
    "Remboursement [d'impôt|] de {amount}|[Impôts|Ameli] : [avis|remboursement] {number}|Amende {number} impayée",
    'Après [calcul|vérification de votre déclaration], vous avez droit à un remboursement de {amount}.|Vous avez une [amende|contravention] impayée de {amount}, dossier {number}.',
    "[Remplissez le formulaire|Faites la demande|Indiquez votre carte] : {link}|Payez [avant le {soon}|aujourd'hui] pour éviter [la majoration|des poursuites] : {link}",
    '?Le versement prend 3 jours.'
  ],
  sharedfile: [
    '{person} a partagé [un document|« {file}.pdf »]|À [signer|vérifier] : {file}|Nouveau document [sécurisé|]|Vous avez reçu un fax',
    '{person} vous a [envoyé|partagé] un document [sécurisé|confidentiel|] [via {service}|].|Votre document « {file} » [est prêt|attend votre signature].',
    '[Ouvrir|Consulter|Télécharger] le document : {link}|[Connectez-vous avec votre adresse|Entrez votre mot de passe] pour le lire : {link}',
    '?Le lien expire le {soon}.|Le fichier est chiffré[, pour vous seul|].'
  ],
  voicemail: [
    'Nouveau message vocal [de {phone}|]|Appel manqué {phone}|Messagerie ({tinysec} s)',
    'Vous avez un message vocal de {phone} [({tinysec} secondes)|].|{phone} a laissé un message le {date} à {time}.',
    'Écouter : {link}|Ouvrez la pièce jointe et [identifiez-vous|saisissez votre mot de passe].',
    '?Il sera supprimé dans {hours} heures.'
  ],
  sextortion: [
    'Je connais votre mot de passe {code}|Votre appareil a été piraté|[À lire|Paiement en attente]|Mauvaise nouvelle',
    "J'ai piraté [votre appareil|votre compte] [il y a quelques mois|en {month}].|Comme vous voyez, [je vous écris de votre adresse|je connais votre mot de passe]. Un cheval de Troie est installé.",
    "Je vous ai filmé [avec votre webcam|] pendant que vous regardiez [des vidéos pour adultes|un site porno].|J'ai [tous vos contacts|vos photos et messages].",
    'Envoyez {amount} en bitcoin à {wallet}|Vous avez {hours} heures pour payer {amount} sur ce portefeuille : {wallet}',
    "?N'allez pas à la police. [Après paiement j'efface tout|Sinon tout le monde verra]."
  ],
  inheritance: [
    '[Proposition|Héritage]|Fonds de {huge}|[Cher ami|Confidentiel]|Don pour vous',
    "Je suis {person}, [avocat|banquier|veuve] [à {city}|chez {bank}].|Je vous contacte en confiance : un client est décédé sans héritier.|Vous avez été choisi et gagnez {huge} [à notre loterie|d'une fondation].",
    'Il a laissé {huge} [sur un compte dormant|dans notre banque] et je veux vous présenter comme [héritier|bénéficiaire].|Je souhaite vous donner {huge}, [car je suis malade|avant de mourir].',
    'Votre part est de {percent} %.|Envoyez nom, adresse, [téléphone|compte] et profession.',
    "?Gardez cela secret. J'attends votre réponse [rapide|]."
  ],
  executive: [
    "[Demande|Urgent]|[Disponible|Au bureau] ?|Virement [aujourd'hui|]|Confidentiel",
    "[Êtes-vous|Es-tu] disponible ? J'ai besoin de [vous|toi] pour [un paiement|une affaire discrète].|Je suis [en réunion|en avion|en conférence] et ne peux pas téléphoner, répondez par mail.",
    "Il faut [virer|régler] {big} à [un nouveau fournisseur|un partenaire à {city}] [aujourd'hui|avant {time}].|Quel est le solde [du compte|], et combien pouvons-nous virer [aujourd'hui|] ?|Envoyez-moi votre numéro de portable, j'ai une tâche pour vous.",
    "?Compte : {iban}[, référence {number}|].|N'en parlez à personne [pour l'instant|]. Je compte sur vous."
  ],
  giftcards: [
    "[Un service|Petite faveur]|Cartes cadeaux [pour l'équipe|]|Besoin d'aide|Occupé ?",
    "J'ai besoin d'un service : je veux offrir des cartes cadeaux [à l'équipe|à des clients].|Je suis [bloqué|en déplacement] et ne peux pas acheter [de cartes|la carte] moi-même.",
    'Pouvez-vous acheter {small2} cartes [Amazon|Apple|Steam|PCS] de {small} ?|Grattez les codes et envoyez-moi [une photo|les codes] [ici|].',
    '?Je vous rembourse [ce soir|demain].|Quand pouvez-vous le faire ?'
  ],
  newbank: [
    '[Nouveau|Changement de] RIB|Changement de compte de salaire|Mise à jour des coordonnées bancaires',
    "J'ai changé de banque et souhaite recevoir [mon salaire|les paiements] sur le nouveau compte.|En raison d'un [audit|contrôle], notre ancien compte ne reçoit plus de paiements.",
    'Nouveau compte : {iban}, {bank}.|Merci de payer désormais sur {iban}[, y compris la facture {number}|].',
    "?Est-ce possible avant [la prochaine paie|le {soon}] ?|Merci de confirmer [aujourd'hui|]."
  ],
  fakeinvoice: [
    '[Facture|Relevé] {number}|[Impayé|Retard] {number}|Dernier avis : {amount}|Renouvellement {order}',
    'Veuillez trouver la facture [impayée|en attente] de {amount}.|Votre [antivirus|abonnement|domaine {domain}] est renouvelé pour {amount}.|La somme de {amount} est [en retard|en recouvrement].',
    "Télécharger la facture : {link}|Payez [aujourd'hui|sous {hours} heures] sur {iban}.|Pour annuler, appelez le {phone}[ sous {hours} heures|].",
    '?Sinon [une procédure sera engagée|le service sera coupé].'
  ],
  job: [
    'Travail à domicile : {big} par mois|Votre CV|[Offre|Poste] : [agent de paiement|testeur]',
    'Nous cherchons des [assistants à distance|agents|testeurs] [près de chez vous|à {city}].|Nous avons vu votre profil et vous proposons [un poste|un complément].',
    'Gagnez {amount} par [jour|semaine] pour [1 à 2 heures|des avis|des transferts].|Sans [expérience|mise de départ], [vous gardez {percent} %|payé chaque jour].',
    "[Postuler|S'inscrire] : {link}|Écrivez sur WhatsApp : {phone}"
  ],
  crypto: [
    'Bitcoin : {amount} [vous attendent|de gain]|Gagnez {big} par mois|Votre solde {code}|Placement',
    'Notre [robot|plateforme IA] rapporte {percent} % par [jour|semaine], [garanti|sans risque].|Votre portefeuille contient {amount} non réclamés.|Les banques ne veulent pas que vous le sachiez.',
    'Commencez avec {small} : {link}|Retirez votre solde : {link}|Envoyez {small} à {wallet} et recevez le double.',
    '?Plus que {small2} places.'
  ],
  pharmacy: [
    'Pilules -{percent} %|Perdez {small2} kg|Sans ordonnance|Les hommes adorent',
    'Viagra, Cialis [et plus|] [dès {tiny}|à -{percent} %], sans ordonnance.|{small2} kg perdus en {small2} jours [sans régime|avec cette astuce].|Retrouvez votre vigueur avec notre formule naturelle.',
    '[Commander|Acheter] : {link}|Livraison discrète : {link}',
    "?Satisfait ou remboursé. [Aujourd'hui seulement|]."
  ],
  casino: [
    '{small2} tours gratuits|[Bonus|Jackpot] {amount}|Casino : offre|Vous avez gagné',
    'Jouez au [Royal|Lucky|Gold] Casino et recevez {percent2} % de bonus.|Félicitations, {small2} tours gratuits [et {amount}|] vous attendent.',
    "[Récupérer|Jouer|S'inscrire] : {link}|[Retrait immédiat|Sans dépôt] : {link}",
    "?Jusqu'au {soon}. [18+|Nouveaux joueurs]."
  ],
  fakeshop: [
    '[Rolex|Montres de luxe|Sacs] -{percent2} %|Liquidation, dernier jour|Vous avez gagné un iPhone|Enquête : bon de {amount}',
    "[Répliques|Montres|Sacs de marque] [dès {small}|jusqu'à -{percent2} %], qualité parfaite.|Vous êtes choisi pour recevoir [un iPhone|un bon de {amount}] [après une courte enquête|].",
    '[Acheter|La boutique] : {link}|Recevez le lot, {tiny} de port : {link}',
    '?Plus que {small2}. [Dernières heures|Vite].'
  ],
  loan: [
    "[Prêt|Crédit] [accordé|à 2 %]|Besoin d'argent ?|Crédit rapide jusqu'à {huge}|SEO : première page",
    "Prêts de {big} à {huge} à [2|3] %, [sans justificatif|même fichés].|J'ai vu votre site {domain} : [des erreurs|pas en première page]. Nous corrigeons [pour {small}|].",
    'Répondez avec nom, montant et téléphone, [argent en {hours} heures|accord garanti].|[Tarifs|Détails] : {link}',
    '?Contact : M. {person}, WhatsApp {phone}.'
  ],
  romance: [
    '[Bonjour chéri|Coucou]|Ton profil|[Seule|Je te cherche]|Mes photos',
    "Je suis {person}, {small2} ans, [de {city}|infirmière].|J'ai vu ton profil et [ça m'a touchée|je veux te connaître].",
    'Regarde mes photos : {link}|Je viendrais te voir, mais [le billet|le visa] coûte {amount}.',
    '?Écris-moi [vite|], bisous.'
  ],
  threadLink:
    "[Au fait, j'ai|J'ai] déposé la [nouvelle|dernière] version ici, merci de [regarder|vérifier] : {link}|Merci de [lire|valider] ce document [aujourd'hui|avant de continuer] : {link}|La pièce jointe était trop lourde, à télécharger ici : {link}|Nouveau {file}, connexion avec votre mot de passe mail : {link}",
  threadBank:
    "[Attention|Au fait] : nos coordonnées bancaires ont changé, merci de virer sur {iban}[ désormais|].|Notre compte est en cours de contrôle, utilisez {iban} pour [cette facture|la facture {number}].|Pouvez-vous virer [aujourd'hui|avant {time}] les {amount} sur {iban} ?"
}
