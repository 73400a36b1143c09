# Texts of the pages. A line with a brace holds a value: keep its name. Words in braces with -> choose a plural form.

## All pages

# The page title while something is wrong; a screen reader says it first.
common-error-title = Erreur : { $title }
# Over the list of languages.
common-language = Langue
common-seconds = { $count ->
    [one] { $count } seconde
   *[other] { $count } secondes
}
common-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
common-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
# A moment in UTC. $month is a number from 1 to 12, $time is like 05:34.
common-moment = { $day ->
    [1] 1er
   *[other] { $day }
} { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
} { $year } à { $time } UTC

## Sign-in

login-title = Connexion
# $host is the host name of the app that was asked for.
login-to-continue = pour accéder à { $host }
login-name = Adresse e-mail ou nom d’utilisateur
login-password = Mot de passe
login-show = Afficher
login-hide = Masquer
login-show-password = Afficher le mot de passe
login-button = Se connecter
login-wrong = Identifiants incorrects. Veuillez réessayer.
# $time is a span such as "9 minutes".
login-wait = Trop de tentatives. Veuillez patienter { $time }, puis réessayer.
login-over = Cette connexion a expiré. Veuillez vous reconnecter.
login-guesses-used = C’était le dernier de cinq codes incorrects : cette connexion est interrompue. Reconnectez-vous pour recevoir un nouveau code.
login-stale = Vous avez entre-temps ouvert la page de connexion dans un autre onglet. Veuillez saisir à nouveau votre mot de passe.
login-no-cookie = Cette page est restée ouverte plus d’une heure, ou votre navigateur bloque les cookies. Veuillez réessayer ; si cela se reproduit, autorisez les cookies pour ce site.
login-target-too-long = L’adresse que vous avez ouverte est trop longue pour être conservée. Après la connexion, vous arriverez sur la page d’accueil : ouvrez alors de nouveau cette adresse.
login-signed-out = Votre session est fermée.
login-signed-out-unsaved = Votre session est fermée, mais le serveur n’a pas encore pu l’enregistrer. Contactez l’administration du site.

## Code

code-title = Saisissez votre code
code-title-none = Recevoir un code
# $masked is a number such as +1 ••• ••• 67.
code-sent-sms = Un SMS contenant votre code a été envoyé au { $masked }.
# To be heard: $digits are the last digits of the number.
code-sent-sms-spoken = Un SMS contenant votre code a été envoyé au numéro se terminant par { $digits }.
code-sent-email = Un e-mail contenant votre code a été envoyé à { $masked }.
code-sent-email-spoken = Un e-mail contenant votre code a été envoyé à l’adresse commençant par { $letter }.
code-code = Code
code-digits = { $count ->
    [one] { $count } chiffre
   *[other] { $count } chiffres
}
code-characters = { $count ->
    [one] { $count } lettre ou chiffre
   *[other] { $count } lettres ou chiffres
}
code-valid-for = Le code est valable pendant { $time }.
code-expires-soon = Le code expire dans moins d’une minute.
code-expired = Le code a expiré. Veuillez en demander un nouveau.
code-by-itself = La page passe automatiquement à la suite une fois le code complet.
code-remember-days = { $count ->
    [one] Ne pas demander de code dans ce navigateur pendant { $count } jour
   *[other] Ne pas demander de code dans ce navigateur pendant { $count } jours
}
code-remember-hours = { $count ->
    [one] Ne pas demander de code dans ce navigateur pendant { $count } heure
   *[other] Ne pas demander de code dans ce navigateur pendant { $count } heures
}
code-button = Continuer
code-sent = Code de vérification envoyé.
code-wrong = Code incorrect ou expiré
code-guesses-left = { $count ->
    [one] Il vous reste { $count } tentative.
   *[other] Il vous reste { $count } tentatives.
}
code-unsent = Nous n’avons pas pu envoyer le code. Veuillez réessayer ou utiliser une autre méthode.
code-unsent-only = Nous n’avons pas pu envoyer le code. Veuillez réessayer dans un instant.
code-unchecked = Nous n’avons pas pu vérifier le code. Rien n’est perdu : veuillez réessayer ou utiliser une autre méthode.
code-unchecked-only = Nous n’avons pas pu vérifier le code. Rien n’est perdu : veuillez réessayer dans un instant.
code-none = Il n’y a pas de code valide : il a expiré ou aucun n’a été envoyé. Veuillez en demander un nouveau.
code-wait-guess = Trop de tentatives. Veuillez patienter { $time }, puis réessayer.
code-wait-send = Vous pourrez demander un autre code dans { $time }.
code-limit = Trop de codes demandés. Réessayez dans { $time } ou utilisez une autre méthode.
code-no-destination = Cette méthode n’est pas configurée pour votre compte. Veuillez en utiliser une autre.
code-no-way = Aucun code ne peut être envoyé à ce compte. Veuillez contacter l’administration du site.
# Shown after another code was requested.
code-newest = Si vous avez reçu plusieurs messages, utilisez le code du plus récent.
code-again = Vous n’avez pas reçu de code ?
code-send-again = Renvoyer
code-by-sms = Envoyer un SMS
code-by-email = Envoyer un e-mail
# Before a clock that counts down.
code-next-in = Vous pourrez demander un autre code dans
code-ready = Vous pouvez maintenant demander un autre code.
code-start-over = Recommencer

## Confirm (a signed-in person is asked for a code again)

confirm-title = Confirmez votre identité
confirm-asked-by = La page sur { $host } demande un nouveau code.

## Account

account-title = Votre session est ouverte
account-who = Compte
account-since = Depuis
account-sms-limits = Un code reçu par SMS ne peut pas vous protéger d’une fausse page qui le transmet, ni d’une personne qui s’empare de votre numéro de téléphone : saisissez vos codes uniquement sur { $host } et ne les communiquez jamais à personne.
account-home = Accéder à { $host }
account-no-code-until = Pas de code dans ce navigateur jusqu’au
account-other-browsers = { $count ->
    [one] { $count } autre navigateur n’a pas besoin de code.
   *[other] { $count } autres navigateurs n’ont pas besoin de code.
}
account-forget-this = Oublier ce navigateur
account-forget-all = Oublier tous les navigateurs
account-forgotten = C’est fait. La prochaine connexion demandera de nouveau un code.
account-log-out = Se déconnecter
account-apps = Vos applications

## Proof (a second factor that the person has: authenticator app, passkey, recovery code)

proof-app-title = Saisissez le code de votre application
# $product is the name of this service, as the app shows it.
proof-app-hint = Ouvrez votre application d’authentification et saisissez le code qu’elle affiche pour { $product }.
proof-recovery-title = Utilisez un code de récupération
proof-recovery-hint = Saisissez l’un de vos codes de récupération. Chacun ne fonctionne qu’une seule fois.
proof-recovery-label = Code de récupération
proof-passkey-title = Utilisez votre clé d’accès
proof-passkey-hint = Votre appareil vous demande votre empreinte digitale, votre visage, son code PIN ou votre clé de sécurité.
proof-passkey-button = Utiliser la clé d’accès
proof-passkey-wrong = La clé d’accès n’a pas été acceptée. Veuillez réessayer ou utiliser une autre méthode.
# The person closed the window of the browser, or it took too long.
proof-passkey-stopped = La clé d’accès n’a pas été utilisée. Veuillez réessayer ou utiliser une autre méthode.
proof-passkey-impossible = Ce navigateur ne peut pas utiliser de clés d’accès ici. Veuillez utiliser une autre méthode.
# Heading over the other ways to continue.
proof-other = Utiliser une autre méthode
proof-use-app = Application d’authentification
proof-use-passkey = Clé d’accès
proof-use-recovery = Code de récupération
# Button on the sign-in page, below the password.
proof-login-passkey = Se connecter avec une clé d’accès

## Factors (the sign-in methods of an account, which its person adds and removes)

# Heading of the list.
factors-title = Méthodes de connexion
# Where only codes are sent.
factors-advice = Ajoutez une clé d’accès ou une application d’authentification : personne ne peut les intercepter, et elles fonctionnent même si aucun message n’arrive.
factors-app = Application d’authentification
factors-passkey = Clé d’accès
factors-sms = SMS
factors-email = E-mail
factors-recovery = Codes de récupération
# $moment is a date and time.
factors-used = Dernière utilisation : { $moment }
factors-unused = Aucune utilisation pour l’instant
factors-left = { $count ->
    [one] { $count } code restant
   *[other] { $count } codes restants
}
# A passkey that is copied to other devices of the person.
factors-synced = Synchronisée avec vos autres appareils
factors-add-app = Ajouter une application d’authentification
factors-add-passkey = Ajouter une clé d’accès
factors-make-codes = Créer des codes de récupération
factors-new-codes = Remplacer les codes de récupération
# Link to the page of one method.
factors-change = Modifier
factors-name = Nom
factors-name-hint = Pour la reconnaître plus tard, par exemple « téléphone » ou « clé bleue ».
factors-name-wrong = Un nom comporte de 1 à 40 caractères.
factors-save = Enregistrer
factors-back = Retour à votre compte
factors-remove = Supprimer
factors-remove-advice = Vous ne pourrez plus vous connecter avec cette méthode, et tous vos autres navigateurs seront déconnectés.
factors-last = C’est votre seule méthode, elle ne peut donc pas être supprimée. Ajoutez-en d’abord une autre.
# $moment is a date and time.
factors-recovered = Vous avez utilisé un code de récupération. Au cas où il ne s’agirait pas de vous, cela n’est pas possible jusqu’au { $moment }.
factors-added = C’est fait. Vous pouvez désormais vous connecter avec cette méthode. Tous vos autres navigateurs ont été déconnectés.
factors-removed = Méthode supprimée. Tous vos autres navigateurs ont été déconnectés.
factors-saved = Enregistré.
factors-full = Vous avez autant de méthodes qu’un compte peut en avoir. Supprimez-en d’abord une.
factors-app-scan = Scannez cette image avec votre application d’authentification.
factors-app-picture = Code QR pour votre application d’authentification
factors-app-type = Ou saisissez cette clé dans l’application :
factors-app-code = Code affiché par l’application
factors-app-wrong = Ce code n’est pas le bon. Vérifiez que l’horloge de votre téléphone est à l’heure, puis réessayez.
factors-over = Cela a pris trop de temps ou a été tenté trop souvent. Veuillez recommencer.
factors-again = Recommencer
factors-codes-title = Vos codes de récupération
factors-codes-advice = Imprimez-les ou conservez-les dans un gestionnaire de mots de passe, pas seulement sur le téléphone avec lequel vous vous connectez. Chacun ne fonctionne qu’une seule fois. Ils ne sont affichés que maintenant.
factors-codes-replaced = Vos anciens codes de récupération ne fonctionnent plus.
factors-codes-kept = Je les ai conservés
factors-passkey-hint = Une clé d’accès est conservée par votre appareil, votre gestionnaire de mots de passe ou une clé de sécurité. Elle fonctionne uniquement sur ce site : personne ne peut donc vous piéger pour l’obtenir.
factors-passkey-button = Créer une clé d’accès
factors-passkey-known = Cette clé d’accès est déjà enregistrée.
factors-passkey-refused = La clé d’accès n’a pas pu être ajoutée. Veuillez réessayer.

## Consent (before a session is handed over to a site)

consent-title = Continuer vers { $site } ?
consent-asked-by = Un lien sur un autre site web veut ouvrir { $site } avec votre compte. Continuez uniquement si vous vous y attendiez.
consent-button = Continuer

## Log-out

logout-title = Se déconnecter ?
logout-signed-in-as = Votre session est ouverte avec le compte { $name }.
logout-forget = Oublier aussi ce navigateur : la prochaine connexion demandera un code
logout-button = Se déconnecter
logout-stay = Ne pas se déconnecter

logout-switch = Changer de compte

## Unsent (a form was sent after its session had ended)

unsent-title = Votre formulaire n’a pas été reçu
unsent-happened = Votre session s’est terminée pendant que vous remplissiez un formulaire sur { $host } : ce que vous avez envoyé n’est pas arrivé. Votre session est de nouveau ouverte.
unsent-advice = Revenez au formulaire et envoyez-le à nouveau. Votre navigateur a peut-être conservé ce que vous aviez saisi : utilisez son bouton Précédent.
unsent-back = Revenir à la page

## Framed (the app is shown inside another page)

framed-title = Connexion requise
framed-happened = Cette application est affichée à l’intérieur d’une autre page, où vous ne pouvez pas vous connecter en toute sécurité.
framed-button = Se connecter dans un nouvel onglet
framed-advice = Actualisez ensuite cette page. Si elle vous demande encore de vous connecter, ouvrez l’application dans son propre onglet.

## Problems

problem-bad-request-title = Requête incorrecte
problem-bad-request-happened = Votre navigateur a envoyé une requête que nous ne pouvons pas lire.
problem-bad-request-advice = Revenez en arrière et réessayez, ou allez à la page d’accueil.
problem-forgery-title = Ce formulaire n’est plus valide
problem-forgery-happened = La page est restée ouverte trop longtemps, ou le formulaire provenait d’un autre site.
problem-forgery-advice = Ouvrez la page de connexion et réessayez. Si le problème persiste, autorisez les cookies pour ce site.
problem-forbidden-title = Accès refusé
problem-forbidden-happened = Votre session est ouverte, mais votre compte n’a pas accès à cette page.
problem-forbidden-advice = Allez à la page d’accueil. Si vous pensez que vous devriez y avoir accès, contactez l’administration du site.
problem-no-access-happened = Votre session est ouverte avec le compte { $name }. Ce compte n’a pas accès à cette page.
problem-not-found-title = Page introuvable
problem-not-found-happened = Il n’y a aucune page à cette adresse.
problem-not-found-advice = Vérifiez l’adresse ou allez à la page d’accueil.
problem-method-not-allowed-title = Méthode non autorisée
problem-method-not-allowed-happened = Cette page n’accepte pas ce type de requête.
problem-method-not-allowed-advice = Revenez en arrière et réessayez, ou allez à la page d’accueil.
problem-path-too-long-title = L’adresse est trop longue
problem-path-too-long-happened = Le chemin de cette adresse est plus long que ce que la passerelle accepte.
problem-path-too-long-advice = Vérifiez le lien ou allez à la page d’accueil.
problem-too-large-title = Trop de données
problem-too-large-happened = Le formulaire est plus volumineux que ce que cette page accepte.
problem-too-large-advice = Revenez en arrière et envoyez moins de données.
problem-head-too-large-title = Votre navigateur a envoyé trop de cookies
problem-head-too-large-happened = Les cookies et les autres champs de cette requête sont plus volumineux que ce que ce site accepte.
problem-head-too-large-advice = Supprimez les cookies de ce site dans votre navigateur et réessayez. Si cela se reproduit, contactez l’administration du site.
problem-unsupported-media-type-title = Ce formulaire ne peut pas être lu
problem-unsupported-media-type-happened = Le formulaire a été envoyé dans un format que cette page n’accepte pas.
problem-unsupported-media-type-advice = Ouvrez la page de connexion et utilisez le formulaire qui s’y trouve.
problem-unknown-site-title = Site introuvable
problem-unknown-site-happened = Aucun site n’est configuré pour cette adresse.
problem-unknown-site-advice = Vérifiez l’adresse. Si elle est correcte, contactez l’administration du site.
problem-plain-http-title = Connexion sécurisée requise
problem-plain-http-happened = Ce site est accessible uniquement en https.
problem-plain-http-advice = Ouvrez à nouveau l’adresse en la faisant précéder de https://.
problem-too-many-title = Trop de tentatives
problem-too-many-happened = Trop de tentatives ont été effectuées depuis votre réseau en peu de temps.
problem-too-many-advice = Veuillez patienter un peu, puis réessayer.
problem-wait-advice = Veuillez patienter { $time }, puis réessayer.
problem-upstream-unreachable-title = Le site est inaccessible
problem-upstream-unreachable-happened = Vous n’y êtes pour rien : le site auquel mène cette page ne répond pas.
problem-upstream-unreachable-advice = Réessayez dans un instant. Si le problème persiste, contactez l’administration du site.
problem-upstream-timeout-title = Le site a mis trop de temps à répondre
problem-upstream-timeout-happened = Vous n’y êtes pour rien : le site auquel mène cette page n’a pas répondu à temps.
problem-upstream-timeout-advice = Réessayez dans un instant. Si le problème persiste, contactez l’administration du site.
problem-unavailable-title = Temporairement indisponible
problem-unavailable-happened = Vous n’y êtes pour rien : le service est indisponible pour le moment.
problem-unavailable-advice = Réessayez dans un instant. Si le problème persiste, contactez l’administration du site.
problem-loop-title = La connexion recommence sans cesse
problem-loop-happened = Votre session a été ouverte plusieurs fois en une minute, mais ce site ne l’a pas reconnue ensuite.
problem-loop-advice = Autorisez les cookies pour ce site et vérifiez la date et l’heure de votre appareil. Si cela se reproduit, contactez l’administration du site.
problem-internal-title = Un problème est survenu
problem-internal-happened = Vous n’y êtes pour rien : une erreur s’est produite de notre côté.
problem-internal-advice = Réessayez. Si cela se reproduit, contactez l’administration du site en indiquant la référence ci-dessous.
problem-sign-in = Aller à la page de connexion
problem-retry = Réessayer
problem-home = Aller à la page d’accueil
# Before the number by which the site owner finds the request in the log.
problem-reference = Référence
