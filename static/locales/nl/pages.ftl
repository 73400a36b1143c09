# Texts of the pages. A line with a brace holds a value: keep its name. Words in braces with -> choose a plural form.

## All pages

# The page title while something is wrong; a screen reader says it first.
common-error-title = Fout: { $title }
# Over the list of languages.
common-language = Taal
common-seconds = { $count ->
    [one] { $count } seconde
   *[other] { $count } seconden
}
common-minutes = { $count ->
    [one] { $count } minuut
   *[other] { $count } minuten
}
common-hours = { $count ->
    [one] { $count } uur
   *[other] { $count } uur
}
# A moment in UTC. $month is a number from 1 to 12, $time is like 05:34.
common-moment = { $day } { $month ->
    [1] januari
    [2] februari
    [3] maart
    [4] april
    [5] mei
    [6] juni
    [7] juli
    [8] augustus
    [9] september
    [10] oktober
    [11] november
   *[12] december
} { $year } om { $time } UTC

## Sign-in

login-title = Inloggen
# $host is the host name of the app that was asked for.
login-to-continue = om door te gaan naar { $host }
login-name = E-mailadres of gebruikersnaam
login-password = Wachtwoord
login-show = Tonen
login-hide = Verbergen
login-show-password = Wachtwoord tonen
login-button = Inloggen
login-wrong = Ongeldige inloggegevens. Probeer het opnieuw.
# $time is a span such as "9 minutes".
login-wait = Te veel pogingen. Wacht { $time } en probeer het dan opnieuw.
login-over = Deze inlogpoging is verlopen. Log opnieuw in.
login-guesses-used = Dat was de laatste van vijf onjuiste codes. Deze inlogpoging is daarom beëindigd. Log opnieuw in om een nieuwe code te krijgen.
login-stale = U heeft de inlogpagina intussen op een ander tabblad geopend. Vul uw wachtwoord opnieuw in.
login-no-cookie = Deze pagina stond langer dan een uur open of uw browser blokkeert cookies. Probeer het opnieuw. Gebeurt dit nog een keer, sta dan cookies voor deze site toe.
login-target-too-long = Het adres dat u heeft geopend, is te lang om te bewaren. Na het inloggen komt u op de startpagina. Open het adres daar opnieuw.
login-signed-out = U bent uitgelogd.
login-signed-out-unsaved = U bent uitgelogd, maar de server kon dit nog niet opslaan. Neem contact op met de beheerder van de site.

## Code

code-title = Vul uw code in
code-title-none = Vraag een code aan
# $masked is a number such as +1 ••• ••• 67.
code-sent-sms = Er is een sms met uw code gestuurd naar { $masked }.
# To be heard: $digits are the last digits of the number.
code-sent-sms-spoken = Er is een sms met uw code gestuurd naar het nummer dat eindigt op { $digits }.
code-sent-email = Er is een e-mail met uw code gestuurd naar { $masked }.
code-sent-email-spoken = Er is een e-mail met uw code gestuurd naar het adres dat begint met { $letter }.
code-code = Code
code-digits = { $count ->
    [one] { $count } cijfer
   *[other] { $count } cijfers
}
code-characters = { $count ->
    [one] { $count } letter of cijfer
   *[other] { $count } letters of cijfers
}
code-valid-for = De code is { $time } geldig.
code-expires-soon = De code verloopt over minder dan een minuut.
code-expired = De code is verlopen. Vraag een nieuwe aan.
code-by-itself = Zodra de code volledig is, gaat deze pagina automatisch verder.
code-remember-days = { $count ->
    [one] { $count } dag niet om een code vragen in deze browser
   *[other] { $count } dagen niet om een code vragen in deze browser
}
code-remember-hours = { $count ->
    [one] { $count } uur niet om een code vragen in deze browser
   *[other] { $count } uur niet om een code vragen in deze browser
}
code-button = Doorgaan
code-sent = Verificatiecode verstuurd.
code-wrong = Code ongeldig of verlopen
code-guesses-left = { $count ->
    [one] U heeft nog { $count } poging.
   *[other] U heeft nog { $count } pogingen.
}
code-unsent = We konden de code niet versturen. Probeer het opnieuw of gebruik een andere methode.
code-unsent-only = We konden de code niet versturen. Probeer het zo meteen opnieuw.
code-unchecked = We konden de code niet controleren. Er is niets verloren gegaan: probeer het opnieuw of gebruik een andere methode.
code-unchecked-only = We konden de code niet controleren. Er is niets verloren gegaan: probeer het zo meteen opnieuw.
code-none = Er is geen geldige code: de code is verlopen of er is er geen verstuurd. Vraag een nieuwe code aan.
code-wait-guess = Te veel pogingen. Wacht { $time } en probeer het dan opnieuw.
code-wait-send = U kunt over { $time } een nieuwe code aanvragen.
code-limit = Er zijn te veel codes aangevraagd. Probeer het over { $time } opnieuw of gebruik een andere methode.
code-no-destination = Deze methode is niet ingesteld voor uw account. Gebruik een andere methode.
code-no-way = Naar dit account kan geen code worden verstuurd. Neem contact op met de beheerder van de site.
# Shown after another code was requested.
code-newest = Heeft u meerdere berichten ontvangen? Gebruik dan de code uit het nieuwste bericht.
code-again = Geen code ontvangen?
code-send-again = Opnieuw sturen
code-by-sms = Sms sturen
code-by-email = E-mail sturen
# Before a clock that counts down.
code-next-in = U kunt een nieuwe code aanvragen over
code-ready = U kunt nu een nieuwe code aanvragen.
code-start-over = Opnieuw beginnen

## Confirm (a signed-in person is asked for a code again)

confirm-title = Bevestig uw identiteit
confirm-asked-by = De pagina op { $host } vraagt om een nieuwe code.

## Account

account-title = U bent ingelogd
account-who = Account
account-since = Sinds
account-sms-limits = Een code per sms beschermt u niet tegen een valse pagina die de code doorgeeft, of tegen iemand die uw telefoonnummer overneemt. Vul codes alleen in op { $host } en geef ze nooit aan iemand anders.
account-home = Naar { $host }
account-no-code-until = Geen code in deze browser tot
account-other-browsers = { $count ->
    [one] { $count } andere browser heeft geen code nodig.
   *[other] { $count } andere browsers hebben geen code nodig.
}
account-forget-this = Deze browser vergeten
account-forget-all = Alle browsers vergeten
account-forgotten = Klaar. Bij de volgende aanmelding wordt weer om een code gevraagd.
account-log-out = Uitloggen
account-apps = Uw apps

## Proof (a second factor that the person has: authenticator app, passkey, recovery code)

proof-app-title = Vul de code uit uw app in
# $product is the name of this service, as the app shows it.
proof-app-hint = Open uw authenticator-app en vul de code in die de app voor { $product } toont.
proof-recovery-title = Gebruik een herstelcode
proof-recovery-hint = Vul een van uw herstelcodes in. Elke code werkt één keer.
proof-recovery-label = Herstelcode
proof-passkey-title = Gebruik uw toegangssleutel
proof-passkey-hint = Uw apparaat vraagt om uw vingerafdruk, uw gezicht, de pincode van het apparaat of uw beveiligingssleutel.
proof-passkey-button = Toegangssleutel gebruiken
proof-passkey-wrong = De toegangssleutel is niet geaccepteerd. Probeer het opnieuw of gebruik een andere methode.
# The person closed the window of the browser, or it took too long.
proof-passkey-stopped = De toegangssleutel is niet gebruikt. Probeer het opnieuw of gebruik een andere methode.
proof-passkey-impossible = Deze browser kan hier geen toegangssleutels gebruiken. Gebruik een andere methode.
# Heading over the other ways to continue.
proof-other = Andere methode gebruiken
proof-use-app = Authenticator-app
proof-use-passkey = Toegangssleutel
proof-use-recovery = Herstelcode
# Button on the sign-in page, below the password.
proof-login-passkey = Inloggen met een toegangssleutel

## Factors (the sign-in methods of an account, which its person adds and removes)

# Heading of the list.
factors-title = Inlogmethoden
# Where only codes are sent.
factors-advice = Voeg een toegangssleutel of een authenticator-app toe: niemand kan die onderscheppen en ze werken ook als er geen bericht aankomt.
factors-app = Authenticator-app
factors-passkey = Toegangssleutel
factors-sms = Sms
factors-email = E-mail
factors-recovery = Herstelcodes
# $moment is a date and time.
factors-used = Laatst gebruikt: { $moment }
factors-unused = Nog niet gebruikt
factors-left = { $count ->
    [one] Nog { $count } code over
   *[other] Nog { $count } codes over
}
# A passkey that is copied to other devices of the person.
factors-synced = Gesynchroniseerd met uw andere apparaten
factors-add-app = Authenticator-app toevoegen
factors-add-passkey = Toegangssleutel toevoegen
factors-make-codes = Herstelcodes maken
factors-new-codes = Herstelcodes vervangen
# Link to the page of one method.
factors-change = Wijzigen
factors-name = Naam
factors-name-hint = Zodat u deze methode later herkent, bijvoorbeeld ‘telefoon’ of ‘blauwe sleutel’.
factors-name-wrong = Een naam heeft 1 tot 40 tekens.
factors-save = Opslaan
factors-back = Terug naar uw account
factors-remove = Verwijderen
factors-remove-advice = U kunt hiermee niet meer inloggen en al uw andere browsers worden uitgelogd.
factors-last = Dit is uw enige methode en kan daarom niet worden verwijderd. Voeg eerst een andere toe.
# $moment is a date and time.
factors-recovered = U heeft een herstelcode gebruikt. Voor het geval u dat niet was, is dit tot { $moment } niet mogelijk.
factors-added = Klaar. U kunt hier voortaan mee inloggen. Al uw andere browsers zijn uitgelogd.
factors-removed = Verwijderd. Al uw andere browsers zijn uitgelogd.
factors-saved = Opgeslagen.
factors-full = U heeft zoveel methoden als een account kan hebben. Verwijder er eerst een.
factors-app-scan = Scan deze afbeelding met uw authenticator-app.
factors-app-picture = QR-code voor uw authenticator-app
factors-app-type = Of vul deze sleutel in de app in:
factors-app-code = Code die de app toont
factors-app-wrong = Deze code klopt niet. Controleer of de klok van uw telefoon gelijkloopt en probeer het dan opnieuw.
factors-over = Dit duurde te lang of is te vaak geprobeerd. Begin opnieuw.
factors-again = Opnieuw beginnen
factors-codes-title = Uw herstelcodes
factors-codes-advice = Print ze of bewaar ze in een wachtwoordmanager, niet alleen op de telefoon waarmee u inlogt. Elke code werkt één keer. Ze worden alleen nu getoond.
factors-codes-replaced = Uw vorige herstelcodes werken niet meer.
factors-codes-kept = Ik heb ze bewaard
factors-passkey-hint = Een toegangssleutel wordt bewaard op uw apparaat, in uw wachtwoordmanager of op een beveiligingssleutel. Hij werkt alleen op deze site, dus niemand kan u ertoe verleiden hem af te geven.
factors-passkey-button = Toegangssleutel maken
factors-passkey-known = Deze toegangssleutel is al geregistreerd.
factors-passkey-refused = De toegangssleutel kon niet worden toegevoegd. Probeer het opnieuw.

## Consent (before a session is handed over to a site)

consent-title = Doorgaan naar { $site }?
consent-asked-by = Een link op een andere website wil { $site } openen met uw account. Ga alleen door als u dit verwachtte.
consent-button = Doorgaan

## Log-out

logout-title = Uitloggen?
logout-signed-in-as = U bent ingelogd als { $name }.
logout-forget = Ook deze browser vergeten: bij de volgende aanmelding wordt om een code gevraagd
logout-button = Uitloggen
logout-stay = Ingelogd blijven

logout-switch = Ander account gebruiken

## Unsent (a form was sent after its session had ended)

unsent-title = Uw formulier is niet ontvangen
unsent-happened = U werd uitgelogd terwijl u een formulier op { $host } invulde. Wat u heeft verstuurd, is daardoor niet aangekomen. U bent nu weer ingelogd.
unsent-advice = Ga terug naar het formulier en verstuur het opnieuw. Misschien heeft uw browser nog bewaard wat u had ingevuld: gebruik de knop Terug van de browser.
unsent-back = Terug naar de pagina

## Framed (the app is shown inside another page)

framed-title = Inloggen vereist
framed-happened = Deze app wordt binnen een andere pagina getoond. Daar kunt u niet veilig inloggen.
framed-button = Inloggen op een nieuw tabblad
framed-advice = Laad deze pagina daarna opnieuw. Wordt u nog steeds gevraagd om in te loggen, open de app dan op een eigen tabblad.

## Problems

problem-bad-request-title = Ongeldig verzoek
problem-bad-request-happened = Uw browser heeft een verzoek verstuurd dat we niet kunnen lezen.
problem-bad-request-advice = Ga terug en probeer het opnieuw, of ga naar de startpagina.
problem-forgery-title = Dit formulier is niet meer geldig
problem-forgery-happened = De pagina stond te lang open of het formulier kwam van een andere site.
problem-forgery-advice = Open de inlogpagina en probeer het opnieuw. Blijft dit gebeuren, sta dan cookies voor deze site toe.
problem-forbidden-title = U heeft geen toegang
problem-forbidden-happened = U bent ingelogd, maar uw account heeft geen toegang tot deze pagina.
problem-forbidden-advice = Ga naar de startpagina. Denkt u dat u wel toegang zou moeten hebben, neem dan contact op met de beheerder van de site.
problem-no-access-happened = U bent ingelogd als { $name }. Dit account heeft geen toegang tot deze pagina.
problem-not-found-title = Pagina niet gevonden
problem-not-found-happened = Er is geen pagina op dit adres.
problem-not-found-advice = Controleer het adres of ga naar de startpagina.
problem-method-not-allowed-title = Methode niet toegestaan
problem-method-not-allowed-happened = Deze pagina accepteert dit soort verzoeken niet.
problem-method-not-allowed-advice = Ga terug en probeer het opnieuw, of ga naar de startpagina.
problem-path-too-long-title = Het adres is te lang
problem-path-too-long-happened = Het pad van dit adres is langer dan de gateway accepteert.
problem-path-too-long-advice = Controleer de link of ga naar de startpagina.
problem-too-large-title = Te veel gegevens
problem-too-large-happened = Het formulier is groter dan deze pagina accepteert.
problem-too-large-advice = Ga terug en verstuur minder gegevens.
problem-head-too-large-title = Uw browser heeft te veel cookies verstuurd
problem-head-too-large-happened = De cookies en andere velden van dit verzoek zijn groter dan deze site accepteert.
problem-head-too-large-advice = Verwijder de cookies van deze site in uw browser en probeer het opnieuw. Gebeurt dit nog een keer, neem dan contact op met de beheerder van de site.
problem-unsupported-media-type-title = Dit formulier kan niet worden gelezen
problem-unsupported-media-type-happened = Het formulier is verstuurd in een indeling die deze pagina niet accepteert.
problem-unsupported-media-type-advice = Open de inlogpagina en gebruik het formulier daar.
problem-unknown-site-title = Site niet gevonden
problem-unknown-site-happened = Er is geen site ingesteld voor dit adres.
problem-unknown-site-advice = Controleer het adres. Klopt het, neem dan contact op met de beheerder van de site.
problem-plain-http-title = Beveiligde verbinding vereist
problem-plain-http-happened = Deze site is alleen beschikbaar via https.
problem-plain-http-advice = Open het adres opnieuw met https:// ervoor.
problem-too-many-title = Te veel pogingen
problem-too-many-happened = Er zijn in korte tijd te veel pogingen gedaan vanaf uw netwerk.
problem-too-many-advice = Wacht even en probeer het dan opnieuw.
problem-wait-advice = Wacht { $time } en probeer het dan opnieuw.
problem-upstream-unreachable-title = De site is niet bereikbaar
problem-upstream-unreachable-happened = Dit ligt niet aan u: de site achter deze pagina reageert niet.
problem-upstream-unreachable-advice = Probeer het zo meteen opnieuw. Blijft het probleem bestaan, neem dan contact op met de beheerder van de site.
problem-upstream-timeout-title = De site deed er te lang over
problem-upstream-timeout-happened = Dit ligt niet aan u: de site achter deze pagina reageerde niet op tijd.
problem-upstream-timeout-advice = Probeer het zo meteen opnieuw. Blijft het probleem bestaan, neem dan contact op met de beheerder van de site.
problem-unavailable-title = Tijdelijk niet beschikbaar
problem-unavailable-happened = Dit ligt niet aan u: de dienst is op dit moment niet beschikbaar.
problem-unavailable-advice = Probeer het zo meteen opnieuw. Blijft het probleem bestaan, neem dan contact op met de beheerder van de site.
problem-loop-title = Het inloggen begint steeds opnieuw
problem-loop-happened = U bent binnen een minuut meerdere keren ingelogd, maar deze site herkende u daarna niet.
problem-loop-advice = Sta cookies voor deze site toe en controleer de datum en tijd van uw apparaat. Gebeurt dit nog een keer, neem dan contact op met de beheerder van de site.
problem-internal-title = Er is iets misgegaan
problem-internal-happened = Dit ligt niet aan u: er is aan onze kant iets misgegaan.
problem-internal-advice = Probeer het opnieuw. Gebeurt het nog een keer, neem dan contact op met de beheerder van de site en vermeld het kenmerk hieronder.
problem-sign-in = Naar de inlogpagina
problem-retry = Opnieuw proberen
problem-home = Naar de startpagina
# Before the number by which the site owner finds the request in the log.
problem-reference = Kenmerk
