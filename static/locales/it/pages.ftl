# Texts of the pages. A line with a brace holds a value: keep its name. Words in braces with -> choose a plural form.

## All pages

# The page title while something is wrong; a screen reader says it first.
common-error-title = Errore: { $title }
# Over the list of languages.
common-language = Lingua
common-seconds = { $count ->
    [one] { $count } secondo
   *[other] { $count } secondi
}
common-minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minuti
}
common-hours = { $count ->
    [one] { $count } ora
   *[other] { $count } ore
}
# A moment in UTC. $month is a number from 1 to 12, $time is like 05:34.
common-moment = { $day } { $month ->
    [1] gennaio
    [2] febbraio
    [3] marzo
    [4] aprile
    [5] maggio
    [6] giugno
    [7] luglio
    [8] agosto
    [9] settembre
    [10] ottobre
    [11] novembre
   *[12] dicembre
} { $year }, { $time } UTC

## Sign-in

login-title = Accedi
# $host is the host name of the app that was asked for.
login-to-continue = per continuare su { $host }
login-name = Email o nome utente
login-password = Password
login-show = Mostra
login-hide = Nascondi
login-show-password = Mostra password
login-button = Accedi
login-wrong = Credenziali non valide. Riprovi.
# $time is a span such as "9 minutes".
login-wait = Troppi tentativi. Attenda { $time }, poi riprovi.
login-over = Questo accesso è scaduto. Acceda di nuovo.
login-guesses-used = Era l’ultimo di cinque codici errati, quindi questo accesso è stato interrotto. Acceda di nuovo per ricevere un nuovo codice.
login-stale = Nel frattempo la pagina di accesso è stata aperta in un’altra scheda. Inserisca di nuovo la password.
login-no-cookie = Questa pagina è rimasta aperta per più di un’ora oppure il browser blocca i cookie. Riprovi; se succede ancora, consenta i cookie per questo sito.
login-target-too-long = L’indirizzo che ha aperto è troppo lungo per essere conservato. Dopo l’accesso arriverà alla pagina iniziale: a quel punto apra di nuovo l’indirizzo.
login-signed-out = Ha effettuato la disconnessione.
login-signed-out-unsaved = Ha effettuato la disconnessione, ma il server non è ancora riuscito a salvarla. Contatti chi gestisce il sito.

## Code

code-title = Inserisca il codice
code-title-none = Ottieni un codice
# $masked is a number such as +1 ••• ••• 67.
code-sent-sms = Un SMS con il codice è stato inviato al numero { $masked }.
# To be heard: $digits are the last digits of the number.
code-sent-sms-spoken = Un SMS con il codice è stato inviato al numero che termina con { $digits }.
code-sent-email = Un’email con il codice è stata inviata a { $masked }.
code-sent-email-spoken = Un’email con il codice è stata inviata all’indirizzo che inizia con { $letter }.
code-code = Codice
code-digits = { $count ->
    [one] { $count } cifra
   *[other] { $count } cifre
}
code-characters = { $count ->
    [one] { $count } lettera o cifra
   *[other] { $count } lettere o cifre
}
code-valid-for = Il codice è valido per { $time }.
code-expires-soon = Il codice scade tra meno di un minuto.
code-expired = Il codice è scaduto. Ne richieda uno nuovo.
code-by-itself = Quando il codice è completo, la pagina prosegue automaticamente.
code-remember-days = { $count ->
    [one] Non chiedere un codice in questo browser per { $count } giorno
   *[other] Non chiedere un codice in questo browser per { $count } giorni
}
code-remember-hours = { $count ->
    [one] Non chiedere un codice in questo browser per { $count } ora
   *[other] Non chiedere un codice in questo browser per { $count } ore
}
code-button = Continua
code-sent = Codice di verifica inviato.
code-wrong = Codice non valido o scaduto
code-guesses-left = { $count ->
    [one] Le resta { $count } tentativo.
   *[other] Le restano { $count } tentativi.
}
code-unsent = Non è stato possibile inviare il codice. Riprovi o usi un altro metodo.
code-unsent-only = Non è stato possibile inviare il codice. Riprovi tra qualche istante.
code-unchecked = Non è stato possibile verificare il codice. Nulla è andato perso: riprovi o usi un altro metodo.
code-unchecked-only = Non è stato possibile verificare il codice. Nulla è andato perso: riprovi tra qualche istante.
code-none = Non c’è un codice valido: è scaduto oppure non ne è stato inviato nessuno. Ne richieda uno nuovo.
code-wait-guess = Troppi tentativi. Attenda { $time }, poi riprovi.
code-wait-send = Potrà richiedere un altro codice tra { $time }.
code-limit = Sono stati richiesti troppi codici. Riprovi tra { $time } o usi un altro metodo.
code-no-destination = Questo metodo non è configurato per il suo account. Ne usi un altro.
code-no-way = Non è possibile inviare un codice a questo account. Contatti chi gestisce il sito.
# Shown after another code was requested.
code-newest = Se ha ricevuto più messaggi, usi il codice del più recente.
code-again = Non ha ricevuto il codice?
code-send-again = Invia di nuovo
code-by-sms = Invia un SMS
code-by-email = Invia un’email
# Before a clock that counts down.
code-next-in = Potrà richiedere un altro codice tra
code-ready = Ora può richiedere un altro codice.
code-start-over = Ricomincia

## Confirm (a signed-in person is asked for a code again)

confirm-title = Confermi la sua identità
confirm-asked-by = La pagina su { $host } richiede un nuovo codice.

## Account

account-title = Accesso effettuato
account-who = Account
account-since = Data di accesso
account-sms-limits = Un codice via SMS non può proteggerla da una pagina falsa che lo inoltra né da chi si impossessa del suo numero di telefono: inserisca i codici solo su { $host } e non li comunichi mai a nessuno.
account-home = Vai a { $host }
account-no-code-until = Nessun codice in questo browser fino al
account-other-browsers = { $count ->
    [one] { $count } altro browser non ha bisogno di un codice.
   *[other] { $count } altri browser non hanno bisogno di un codice.
}
account-forget-this = Dimentica questo browser
account-forget-all = Dimentica tutti i browser
account-forgotten = Fatto. Il prossimo accesso chiederà di nuovo un codice.
account-log-out = Esci
account-apps = Le sue app

## Proof (a second factor that the person has: authenticator app, passkey, recovery code)

proof-app-title = Inserisca il codice dell’app
# $product is the name of this service, as the app shows it.
proof-app-hint = Apra la sua app di autenticazione e inserisca il codice che mostra per { $product }.
proof-recovery-title = Usi un codice di recupero
proof-recovery-hint = Inserisca uno dei suoi codici di recupero. Ognuno funziona una sola volta.
proof-recovery-label = Codice di recupero
proof-passkey-title = Usi la sua passkey
proof-passkey-hint = Il dispositivo chiede l’impronta digitale, il volto, il suo PIN o il token di sicurezza.
proof-passkey-button = Usa passkey
proof-passkey-wrong = La passkey non è stata accettata. Riprovi o usi un altro metodo.
# The person closed the window of the browser, or it took too long.
proof-passkey-stopped = La passkey non è stata usata. Riprovi o usi un altro metodo.
proof-passkey-impossible = Questo browser non può usare passkey qui. Usi un altro metodo.
# Heading over the other ways to continue.
proof-other = Usa un altro metodo
proof-use-app = App di autenticazione
proof-use-passkey = Passkey
proof-use-recovery = Codice di recupero
# Button on the sign-in page, below the password.
proof-login-passkey = Accedi con una passkey

## Factors (the sign-in methods of an account, which its person adds and removes)

# Heading of the list.
factors-title = Metodi di accesso
# Where only codes are sent.
factors-advice = Aggiunga una passkey o un’app di autenticazione: nessuno può intercettarle e funzionano anche quando non arrivano messaggi.
factors-app = App di autenticazione
factors-passkey = Passkey
factors-sms = SMS
factors-email = Email
factors-recovery = Codici di recupero
# $moment is a date and time.
factors-used = Ultimo utilizzo: { $moment }
factors-unused = Ancora nessun utilizzo
factors-left = { $count ->
    [one] { $count } codice rimasto
   *[other] { $count } codici rimasti
}
# A passkey that is copied to other devices of the person.
factors-synced = Sincronizzata con gli altri suoi dispositivi
factors-add-app = Aggiungi un’app di autenticazione
factors-add-passkey = Aggiungi una passkey
factors-make-codes = Crea codici di recupero
factors-new-codes = Sostituisci i codici di recupero
# Link to the page of one method.
factors-change = Modifica
factors-name = Nome
factors-name-hint = Per riconoscerlo in seguito, ad esempio “telefono” o “token blu”.
factors-name-wrong = Un nome ha da 1 a 40 caratteri.
factors-save = Salva
factors-back = Torna al suo account
factors-remove = Rimuovi
factors-remove-advice = Non potrà più accedere con questo metodo e tutti gli altri suoi browser verranno disconnessi.
factors-last = Questo è il suo unico metodo, quindi non può essere rimosso. Prima ne aggiunga un altro.
# $moment is a date and time.
factors-recovered = Ha usato un codice di recupero. Nel caso non fosse stato lei, questo non è possibile fino al { $moment }.
factors-added = Fatto. D’ora in poi può accedere con questo metodo. Tutti gli altri suoi browser sono stati disconnessi.
factors-removed = Metodo rimosso. Tutti gli altri suoi browser sono stati disconnessi.
factors-saved = Salvato.
factors-full = Ha già tanti metodi quanti ne può avere un account. Prima ne rimuova uno.
factors-app-scan = Scansioni questa immagine con la sua app di autenticazione.
factors-app-picture = Codice QR per la sua app di autenticazione
factors-app-type = Oppure inserisca questa chiave nell’app:
factors-app-code = Codice mostrato dall’app
factors-app-wrong = Questo codice non è corretto. Controlli che l’orologio del telefono sia giusto, poi riprovi.
factors-over = È passato troppo tempo o ci sono stati troppi tentativi. Ricominci.
factors-again = Ricomincia
factors-codes-title = I suoi codici di recupero
factors-codes-advice = Li stampi o li conservi in un gestore di password, non solo sul telefono con cui accede. Ognuno funziona una sola volta. Vengono mostrati solo ora.
factors-codes-replaced = I codici di recupero che aveva prima non funzionano più.
factors-codes-kept = Li ho conservati
factors-passkey-hint = Una passkey è conservata dal suo dispositivo, dal suo gestore di password o da un token di sicurezza. Funziona solo su questo sito, quindi nessuno può indurla con l’inganno a cederla.
factors-passkey-button = Crea passkey
factors-passkey-known = Questa passkey è già registrata.
factors-passkey-refused = Non è stato possibile aggiungere la passkey. Riprovi.

## Consent (before a session is handed over to a site)

consent-title = Continuare su { $site }?
consent-asked-by = Un link su un altro sito web vuole aprire { $site } con il suo account. Continui solo se se lo aspettava.
consent-button = Continua

## Log-out

logout-title = Uscire dall’account?
logout-signed-in-as = Ha effettuato l’accesso come { $name }.
logout-forget = Dimentica anche questo browser: il prossimo accesso chiederà un codice
logout-button = Esci
logout-stay = Non uscire

logout-switch = Cambia account

## Unsent (a form was sent after its session had ended)

unsent-title = Il modulo non è stato ricevuto
unsent-happened = La sessione è terminata mentre compilava un modulo su { $host }, quindi i dati inviati non sono arrivati. Ora l’accesso è di nuovo attivo.
unsent-advice = Torni al modulo e lo invii di nuovo. Il browser potrebbe avere ancora ciò che ha scritto: usi il suo pulsante Indietro.
unsent-back = Torna alla pagina

## Framed (the app is shown inside another page)

framed-title = Accesso necessario
framed-happened = Questa app è mostrata all’interno di un’altra pagina, dove non è possibile accedere in sicurezza.
framed-button = Accedi in una nuova scheda
framed-advice = Poi ricarichi questa pagina. Se chiede ancora di accedere, apra l’app in una scheda separata.

## Problems

problem-bad-request-title = Richiesta non valida
problem-bad-request-happened = Il browser ha inviato una richiesta che non possiamo leggere.
problem-bad-request-advice = Torni indietro e riprovi, oppure vada alla pagina iniziale.
problem-forgery-title = Questo modulo non è più valido
problem-forgery-happened = La pagina è rimasta aperta troppo a lungo oppure il modulo proveniva da un altro sito.
problem-forgery-advice = Apra la pagina di accesso e riprovi. Se continua a succedere, consenta i cookie per questo sito.
problem-forbidden-title = Accesso non consentito
problem-forbidden-happened = Ha effettuato l’accesso, ma il suo account non è autorizzato a vedere questa pagina.
problem-forbidden-advice = Vada alla pagina iniziale. Se ritiene di dover avere accesso, contatti chi gestisce il sito.
problem-no-access-happened = Ha effettuato l’accesso come { $name }. Questo account non è autorizzato a vedere questa pagina.
problem-not-found-title = Pagina non trovata
problem-not-found-happened = Non c’è nessuna pagina a questo indirizzo.
problem-not-found-advice = Controlli l’indirizzo oppure vada alla pagina iniziale.
problem-method-not-allowed-title = Metodo non consentito
problem-method-not-allowed-happened = Questa pagina non accetta questo tipo di richiesta.
problem-method-not-allowed-advice = Torni indietro e riprovi, oppure vada alla pagina iniziale.
problem-path-too-long-title = L’indirizzo è troppo lungo
problem-path-too-long-happened = Il percorso di questo indirizzo è più lungo di quanto il gateway accetti.
problem-path-too-long-advice = Controlli il link oppure vada alla pagina iniziale.
problem-too-large-title = Troppi dati
problem-too-large-happened = Il modulo è più grande di quanto questa pagina accetti.
problem-too-large-advice = Torni indietro e invii meno dati.
problem-head-too-large-title = Il browser ha inviato troppi cookie
problem-head-too-large-happened = I cookie e gli altri campi di questa richiesta sono più grandi di quanto questo sito accetti.
problem-head-too-large-advice = Elimini i cookie di questo sito nel browser e riprovi. Se succede di nuovo, contatti chi gestisce il sito.
problem-unsupported-media-type-title = Impossibile leggere il modulo
problem-unsupported-media-type-happened = Il modulo è stato inviato in un formato che questa pagina non accetta.
problem-unsupported-media-type-advice = Apra la pagina di accesso e usi il modulo che trova lì.
problem-unknown-site-title = Sito non trovato
problem-unknown-site-happened = Nessun sito è configurato per questo indirizzo.
problem-unknown-site-advice = Controlli l’indirizzo. Se è corretto, contatti chi gestisce il sito.
problem-plain-http-title = Connessione sicura necessaria
problem-plain-http-happened = Questo sito è disponibile solo tramite https.
problem-plain-http-advice = Apra di nuovo l’indirizzo mettendo https:// all’inizio.
problem-too-many-title = Troppi tentativi
problem-too-many-happened = Ci sono stati troppi tentativi dalla sua rete in poco tempo.
problem-too-many-advice = Attenda un po’, poi riprovi.
problem-wait-advice = Attenda { $time }, poi riprovi.
problem-upstream-unreachable-title = Il sito non è raggiungibile
problem-upstream-unreachable-happened = Il problema non dipende da lei: il sito a cui porta questa pagina non risponde.
problem-upstream-unreachable-advice = Riprovi tra qualche istante. Se il problema persiste, contatti chi gestisce il sito.
problem-upstream-timeout-title = Il sito ha impiegato troppo tempo
problem-upstream-timeout-happened = Il problema non dipende da lei: il sito a cui porta questa pagina non ha risposto in tempo.
problem-upstream-timeout-advice = Riprovi tra qualche istante. Se il problema persiste, contatti chi gestisce il sito.
problem-unavailable-title = Temporaneamente non disponibile
problem-unavailable-happened = Il problema non dipende da lei: al momento il servizio non è disponibile.
problem-unavailable-advice = Riprovi tra qualche istante. Se il problema persiste, contatti chi gestisce il sito.
problem-loop-title = L’accesso ricomincia di continuo
problem-loop-happened = L’accesso è stato effettuato più volte in un minuto, ma in seguito questo sito non lo ha riconosciuto.
problem-loop-advice = Consenta i cookie per questo sito e controlli la data e l’ora del dispositivo. Se succede di nuovo, contatti chi gestisce il sito.
problem-internal-title = Qualcosa non ha funzionato
problem-internal-happened = Il problema non dipende da lei: si è verificato un errore da parte nostra.
problem-internal-advice = Riprovi. Se succede di nuovo, contatti chi gestisce il sito e indichi il riferimento riportato sotto.
problem-sign-in = Vai all’accesso
problem-retry = Riprova
problem-home = Vai alla pagina iniziale
# Before the number by which the site owner finds the request in the log.
problem-reference = Riferimento
