# Texts of the pages. A line with a brace holds a value: keep its name. Words in braces with -> choose a plural form.

## All pages

# The page title while something is wrong; a screen reader says it first.
common-error-title = Fehler: { $title }
# Over the list of languages.
common-language = Sprache
common-seconds = { $count ->
    [one] { $count } Sekunde
   *[other] { $count } Sekunden
}
common-minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
}
common-hours = { $count ->
    [one] { $count } Stunde
   *[other] { $count } Stunden
}
# A moment in UTC. $month is a number from 1 to 12, $time is like 05:34.
common-moment = { $day }. { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
} { $year }, { $time } UTC

## Sign-in

login-title = Anmelden
# $host is the host name of the app that was asked for.
login-to-continue = Weiter zu { $host }
login-name = E-Mail-Adresse oder Benutzername
login-password = Passwort
login-show = Anzeigen
login-hide = Ausblenden
login-show-password = Passwort anzeigen
login-button = Anmelden
login-wrong = Die Anmeldedaten sind ungültig. Bitte versuchen Sie es erneut.
# $time is a span such as "9 minutes".
login-wait = Zu viele Versuche. Bitte warten Sie { $time } und versuchen Sie es dann erneut.
login-over = Diese Anmeldung ist abgelaufen. Bitte melden Sie sich erneut an.
login-guesses-used = Das war der letzte von fünf falschen Codes. Die Anmeldung wurde deshalb beendet. Melden Sie sich erneut an, um einen neuen Code zu erhalten.
login-stale = Sie haben die Anmeldung inzwischen in einem anderen Tab geöffnet. Bitte geben Sie Ihr Passwort noch einmal ein.
login-no-cookie = Diese Seite war länger als eine Stunde geöffnet, oder Ihr Browser blockiert Cookies. Bitte versuchen Sie es erneut. Falls es noch einmal passiert, lassen Sie Cookies für diese Website zu.
login-target-too-long = Die aufgerufene Adresse ist zu lang und kann nicht gespeichert werden. Nach der Anmeldung gelangen Sie zur Startseite: Rufen Sie die Adresse dort noch einmal auf.
login-signed-out = Sie sind abgemeldet.
login-signed-out-unsaved = Sie sind abgemeldet, aber der Server konnte das noch nicht speichern. Wenden Sie sich an die Administration der Website.

## Code

code-title = Code eingeben
code-title-none = Code anfordern
# $masked is a number such as +1 ••• ••• 67.
code-sent-sms = Eine SMS mit Ihrem Code wurde an { $masked } gesendet.
# To be heard: $digits are the last digits of the number.
code-sent-sms-spoken = Eine SMS mit Ihrem Code wurde an die Nummer gesendet, die auf { $digits } endet.
code-sent-email = Eine E-Mail mit Ihrem Code wurde an { $masked } gesendet.
code-sent-email-spoken = Eine E-Mail mit Ihrem Code wurde an die Adresse gesendet, die mit { $letter } beginnt.
code-code = Code
code-digits = { $count ->
    [one] { $count } Ziffer
   *[other] { $count } Ziffern
}
code-characters = { $count ->
    [one] { $count } Buchstabe oder Ziffer
   *[other] { $count } Buchstaben oder Ziffern
}
code-valid-for = Der Code ist { $time } lang gültig.
code-expires-soon = Der Code läuft in weniger als einer Minute ab.
code-expired = Der Code ist abgelaufen. Bitte fordern Sie einen neuen an.
code-by-itself = Sobald der Code vollständig ist, geht es automatisch weiter.
code-remember-days = { $count ->
    [one] In diesem Browser { $count } Tag lang nicht nach einem Code fragen
   *[other] In diesem Browser { $count } Tage lang nicht nach einem Code fragen
}
code-remember-hours = { $count ->
    [one] In diesem Browser { $count } Stunde lang nicht nach einem Code fragen
   *[other] In diesem Browser { $count } Stunden lang nicht nach einem Code fragen
}
code-button = Weiter
code-sent = Bestätigungscode gesendet.
code-wrong = Code ungültig oder abgelaufen
code-guesses-left = { $count ->
    [one] Sie haben noch { $count } Versuch.
   *[other] Sie haben noch { $count } Versuche.
}
code-unsent = Wir konnten den Code nicht senden. Bitte versuchen Sie es erneut oder verwenden Sie eine andere Methode.
code-unsent-only = Wir konnten den Code nicht senden. Bitte versuchen Sie es gleich noch einmal.
code-unchecked = Wir konnten den Code nicht prüfen. Es ist nichts verloren gegangen: Bitte versuchen Sie es erneut oder verwenden Sie eine andere Methode.
code-unchecked-only = Wir konnten den Code nicht prüfen. Es ist nichts verloren gegangen: Bitte versuchen Sie es gleich noch einmal.
code-none = Es gibt keinen gültigen Code: Er ist abgelaufen oder es wurde keiner gesendet. Bitte fordern Sie einen neuen an.
code-wait-guess = Zu viele Versuche. Bitte warten Sie { $time } und versuchen Sie es dann erneut.
code-wait-send = Sie können in { $time } einen neuen Code anfordern.
code-limit = Es wurden zu viele Codes angefordert. Versuchen Sie es in { $time } erneut oder verwenden Sie eine andere Methode.
code-no-destination = Diese Methode ist für Ihr Konto nicht eingerichtet. Bitte verwenden Sie eine andere.
code-no-way = An dieses Konto kann kein Code gesendet werden. Bitte wenden Sie sich an die Administration der Website.
# Shown after another code was requested.
code-newest = Wenn Sie mehrere Nachrichten erhalten haben, verwenden Sie den Code aus der neuesten.
code-again = Keinen Code erhalten?
code-send-again = Erneut senden
code-by-sms = SMS senden
code-by-email = E-Mail senden
# Before a clock that counts down.
code-next-in = Neuer Code möglich in
code-ready = Sie können jetzt einen neuen Code anfordern.
code-start-over = Von vorn beginnen

## Confirm (a signed-in person is asked for a code again)

confirm-title = Bestätigen Sie Ihre Identität
confirm-asked-by = Für die Seite auf { $host } ist ein neuer Code erforderlich.

## Account

account-title = Sie sind angemeldet
account-who = Konto
account-since = Angemeldet seit
account-sms-limits = Ein Code per SMS schützt Sie nicht vor einer gefälschten Seite, die ihn weiterleitet, und auch nicht davor, dass jemand Ihre Telefonnummer übernimmt: Geben Sie Codes nur auf { $host } ein und teilen Sie sie niemandem mit.
account-home = Zu { $host }
account-no-code-until = Kein Code in diesem Browser bis
account-other-browsers = { $count ->
    [one] { $count } anderer Browser braucht keinen Code.
   *[other] { $count } andere Browser brauchen keinen Code.
}
account-forget-this = Diesen Browser vergessen
account-forget-all = Alle Browser vergessen
account-forgotten = Erledigt. Die nächste Anmeldung fragt wieder nach einem Code.
account-log-out = Abmelden
account-apps = Ihre Apps

## Proof (a second factor that the person has: authenticator app, passkey, recovery code)

proof-app-title = Code aus der App eingeben
# $product is the name of this service, as the app shows it.
proof-app-hint = Öffnen Sie Ihre Authenticator-App und geben Sie den Code ein, den sie für { $product } anzeigt.
proof-recovery-title = Wiederherstellungs-Code verwenden
proof-recovery-hint = Geben Sie einen Ihrer Wiederherstellungs-Codes ein. Jeder funktioniert nur einmal.
proof-recovery-label = Wiederherstellungs-Code
proof-passkey-title = Passkey verwenden
proof-passkey-hint = Ihr Gerät fragt nach Ihrem Fingerabdruck, Ihrem Gesicht, seiner PIN oder Ihrem Sicherheitsschlüssel.
proof-passkey-button = Passkey verwenden
proof-passkey-wrong = Der Passkey wurde nicht akzeptiert. Bitte versuchen Sie es erneut oder verwenden Sie eine andere Methode.
# The person closed the window of the browser, or it took too long.
proof-passkey-stopped = Der Passkey wurde nicht verwendet. Bitte versuchen Sie es erneut oder verwenden Sie eine andere Methode.
proof-passkey-impossible = Dieser Browser kann hier keine Passkeys verwenden. Bitte verwenden Sie eine andere Methode.
# Heading over the other ways to continue.
proof-other = Andere Methode verwenden
proof-use-app = Authenticator-App
proof-use-passkey = Passkey
proof-use-recovery = Wiederherstellungs-Code
# Button on the sign-in page, below the password.
proof-login-passkey = Mit Passkey anmelden

## Factors (the sign-in methods of an account, which its person adds and removes)

# Heading of the list.
factors-title = Anmeldemethoden
# Where only codes are sent.
factors-advice = Fügen Sie einen Passkey oder eine Authenticator-App hinzu: Niemand kann sie abfangen, und sie funktionieren auch, wenn keine Nachricht ankommt.
factors-app = Authenticator-App
factors-passkey = Passkey
factors-sms = SMS
factors-email = E-Mail
factors-recovery = Wiederherstellungs-Codes
# $moment is a date and time.
factors-used = Zuletzt verwendet: { $moment }
factors-unused = Noch nicht verwendet
factors-left = { $count ->
    [one] { $count } Code übrig
   *[other] { $count } Codes übrig
}
# A passkey that is copied to other devices of the person.
factors-synced = Mit Ihren anderen Geräten synchronisiert
factors-add-app = Authenticator-App hinzufügen
factors-add-passkey = Passkey hinzufügen
factors-make-codes = Wiederherstellungs-Codes erstellen
factors-new-codes = Wiederherstellungs-Codes ersetzen
# Link to the page of one method.
factors-change = Ändern
factors-name = Name
factors-name-hint = Damit Sie die Methode später wiedererkennen, zum Beispiel „Telefon“ oder „blauer Schlüssel“.
factors-name-wrong = Ein Name hat 1 bis 40 Zeichen.
factors-save = Speichern
factors-back = Zurück zum Konto
factors-remove = Entfernen
factors-remove-advice = Sie können sich damit nicht mehr anmelden, und alle Ihre anderen Browser werden abgemeldet.
factors-last = Das ist Ihre einzige Methode, deshalb kann sie nicht entfernt werden. Fügen Sie zuerst eine andere hinzu.
# $moment is a date and time.
factors-recovered = Sie haben einen Wiederherstellungs-Code verwendet. Für den Fall, dass Sie das nicht waren, ist das bis { $moment } nicht möglich.
factors-added = Erledigt. Ab jetzt können Sie sich damit anmelden. Alle Ihre anderen Browser wurden abgemeldet.
factors-removed = Entfernt. Alle Ihre anderen Browser wurden abgemeldet.
factors-saved = Gespeichert.
factors-full = Sie haben so viele Methoden, wie ein Konto haben kann. Entfernen Sie zuerst eine.
factors-app-scan = Scannen Sie dieses Bild mit Ihrer Authenticator-App.
factors-app-picture = QR-Code für Ihre Authenticator-App
factors-app-type = Oder geben Sie diesen Schlüssel in der App ein:
factors-app-code = Code, den die App anzeigt
factors-app-wrong = Dieser Code ist nicht richtig. Prüfen Sie, ob die Uhr Ihres Telefons richtig geht, und versuchen Sie es dann erneut.
factors-over = Das hat zu lange gedauert oder wurde zu oft versucht. Bitte beginnen Sie von vorn.
factors-again = Von vorn beginnen
factors-codes-title = Ihre Wiederherstellungs-Codes
factors-codes-advice = Drucken Sie sie aus oder bewahren Sie sie in einem Passwortmanager auf, nicht nur auf dem Telefon, mit dem Sie sich anmelden. Jeder funktioniert nur einmal. Sie werden nur jetzt angezeigt.
factors-codes-replaced = Ihre bisherigen Wiederherstellungs-Codes funktionieren nicht mehr.
factors-codes-kept = Ich habe sie gesichert
factors-passkey-hint = Ein Passkey wird von Ihrem Gerät, Ihrem Passwortmanager oder einem Sicherheitsschlüssel aufbewahrt. Er funktioniert nur auf dieser Website, deshalb kann Sie niemand dazu verleiten, ihn preiszugeben.
factors-passkey-button = Passkey erstellen
factors-passkey-known = Dieser Passkey ist bereits registriert.
factors-passkey-refused = Der Passkey konnte nicht hinzugefügt werden. Bitte versuchen Sie es erneut.

## Consent (before a session is handed over to a site)

consent-title = Weiter zu { $site }?
consent-asked-by = Ein Link auf einer anderen Website möchte { $site } mit Ihrem Konto öffnen. Fahren Sie nur fort, wenn Sie das erwartet haben.
consent-button = Weiter

## Log-out

logout-title = Abmelden?
logout-signed-in-as = Sie sind als { $name } angemeldet.
logout-forget = Auch diesen Browser vergessen: Die nächste Anmeldung fragt nach einem Code
logout-button = Abmelden
logout-stay = Angemeldet bleiben

logout-switch = Konto wechseln

## Unsent (a form was sent after its session had ended)

unsent-title = Ihr Formular ist nicht angekommen
unsent-happened = Sie wurden abgemeldet, während Sie ein Formular auf { $host } ausgefüllt haben. Ihre Angaben sind deshalb nicht angekommen. Jetzt sind Sie wieder angemeldet.
unsent-advice = Gehen Sie zurück zum Formular und senden Sie es noch einmal. Vielleicht hat Ihr Browser Ihre Eingaben noch: Verwenden Sie seine Zurück-Taste.
unsent-back = Zurück zur Seite

## Framed (the app is shown inside another page)

framed-title = Anmeldung erforderlich
framed-happened = Diese App wird innerhalb einer anderen Seite angezeigt. Dort können Sie sich nicht sicher anmelden.
framed-button = In neuem Tab anmelden
framed-advice = Laden Sie diese Seite danach neu. Wenn Sie weiterhin zur Anmeldung aufgefordert werden, öffnen Sie die App in einem eigenen Tab.

## Problems

problem-bad-request-title = Ungültige Anfrage
problem-bad-request-happened = Ihr Browser hat eine Anfrage gesendet, die wir nicht lesen können.
problem-bad-request-advice = Gehen Sie zurück und versuchen Sie es erneut oder gehen Sie zur Startseite.
problem-forgery-title = Dieses Formular ist nicht mehr gültig
problem-forgery-happened = Die Seite war zu lange geöffnet oder das Formular kam von einer anderen Website.
problem-forgery-advice = Öffnen Sie die Anmeldeseite und versuchen Sie es erneut. Wenn das immer wieder passiert, lassen Sie Cookies für diese Website zu.
problem-forbidden-title = Sie haben keinen Zugriff
problem-forbidden-happened = Sie sind angemeldet, aber Ihr Konto hat keinen Zugriff auf diese Seite.
problem-forbidden-advice = Gehen Sie zur Startseite. Wenn Sie Zugriff haben sollten, wenden Sie sich an die Administration der Website.
problem-no-access-happened = Sie sind als { $name } angemeldet. Dieses Konto hat keinen Zugriff auf diese Seite.
problem-not-found-title = Seite nicht gefunden
problem-not-found-happened = Unter dieser Adresse gibt es keine Seite.
problem-not-found-advice = Prüfen Sie die Adresse oder gehen Sie zur Startseite.
problem-method-not-allowed-title = Methode nicht zulässig
problem-method-not-allowed-happened = Diese Seite akzeptiert diese Art von Anfrage nicht.
problem-method-not-allowed-advice = Gehen Sie zurück und versuchen Sie es erneut oder gehen Sie zur Startseite.
problem-path-too-long-title = Die Adresse ist zu lang
problem-path-too-long-happened = Der Pfad dieser Adresse ist länger, als das Gateway zulässt.
problem-path-too-long-advice = Prüfen Sie den Link oder gehen Sie zur Startseite.
problem-too-large-title = Zu viele Daten
problem-too-large-happened = Das Formular ist größer, als diese Seite zulässt.
problem-too-large-advice = Gehen Sie zurück und senden Sie weniger Daten.
problem-head-too-large-title = Ihr Browser hat zu viele Cookies gesendet
problem-head-too-large-happened = Die Cookies und anderen Felder dieser Anfrage sind größer, als diese Website zulässt.
problem-head-too-large-advice = Löschen Sie die Cookies dieser Website in Ihrem Browser und versuchen Sie es erneut. Wenn das noch einmal passiert, wenden Sie sich an die Administration der Website.
problem-unsupported-media-type-title = Dieses Formular kann nicht gelesen werden
problem-unsupported-media-type-happened = Das Formular wurde in einem Format gesendet, das diese Seite nicht akzeptiert.
problem-unsupported-media-type-advice = Öffnen Sie die Anmeldeseite und verwenden Sie das Formular dort.
problem-unknown-site-title = Website nicht gefunden
problem-unknown-site-happened = Für diese Adresse ist keine Website eingerichtet.
problem-unknown-site-advice = Prüfen Sie die Adresse. Wenn sie richtig ist, wenden Sie sich an die Administration der Website.
problem-plain-http-title = Sichere Verbindung erforderlich
problem-plain-http-happened = Diese Website ist nur über https erreichbar.
problem-plain-http-advice = Öffnen Sie die Adresse noch einmal und stellen Sie https:// voran.
problem-too-many-title = Zu viele Versuche
problem-too-many-happened = Aus Ihrem Netzwerk gab es in kurzer Zeit zu viele Versuche.
problem-too-many-advice = Bitte warten Sie ein wenig und versuchen Sie es dann erneut.
problem-wait-advice = Bitte warten Sie { $time } und versuchen Sie es dann erneut.
problem-upstream-unreachable-title = Die Website ist nicht erreichbar
problem-upstream-unreachable-happened = Das liegt nicht an Ihnen: Die Website hinter dieser Seite antwortet nicht.
problem-upstream-unreachable-advice = Versuchen Sie es gleich noch einmal. Wenn das Problem weiterhin besteht, wenden Sie sich an die Administration der Website.
problem-upstream-timeout-title = Die Website hat zu lange gebraucht
problem-upstream-timeout-happened = Das liegt nicht an Ihnen: Die Website hinter dieser Seite hat nicht rechtzeitig geantwortet.
problem-upstream-timeout-advice = Versuchen Sie es gleich noch einmal. Wenn das Problem weiterhin besteht, wenden Sie sich an die Administration der Website.
problem-unavailable-title = Vorübergehend nicht verfügbar
problem-unavailable-happened = Das liegt nicht an Ihnen: Der Dienst ist zurzeit nicht verfügbar.
problem-unavailable-advice = Versuchen Sie es gleich noch einmal. Wenn das Problem weiterhin besteht, wenden Sie sich an die Administration der Website.
problem-loop-title = Die Anmeldung beginnt immer wieder von vorn
problem-loop-happened = Sie wurden innerhalb einer Minute mehrmals angemeldet, aber diese Website hat Sie danach nicht erkannt.
problem-loop-advice = Lassen Sie Cookies für diese Website zu und prüfen Sie Datum und Uhrzeit Ihres Geräts. Wenn das noch einmal passiert, wenden Sie sich an die Administration der Website.
problem-internal-title = Etwas ist schiefgelaufen
problem-internal-happened = Das liegt nicht an Ihnen: Bei uns ist ein Fehler aufgetreten.
problem-internal-advice = Versuchen Sie es erneut. Wenn das noch einmal passiert, wenden Sie sich an die Administration der Website und geben Sie die unten stehende Referenz an.
problem-sign-in = Zur Anmeldung
problem-retry = Erneut versuchen
problem-home = Zur Startseite
# Before the number by which the site owner finds the request in the log.
problem-reference = Referenz
