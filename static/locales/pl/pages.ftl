# Texts of the pages. A line with a brace holds a value: keep its name. Words in braces with -> choose a plural form.

## All pages

# The page title while something is wrong; a screen reader says it first.
common-error-title = Błąd: { $title }
# Over the list of languages.
common-language = Język
common-seconds = { $count ->
    [one] { $count } sekundę
    [few] { $count } sekundy
    [many] { $count } sekund
   *[other] { $count } sekundy
}
common-minutes = { $count ->
    [one] { $count } minutę
    [few] { $count } minuty
    [many] { $count } minut
   *[other] { $count } minuty
}
common-hours = { $count ->
    [one] { $count } godzinę
    [few] { $count } godziny
    [many] { $count } godzin
   *[other] { $count } godziny
}
# A moment in UTC. $month is a number from 1 to 12, $time is like 05:34.
common-moment = { $day } { $month ->
    [1] stycznia
    [2] lutego
    [3] marca
    [4] kwietnia
    [5] maja
    [6] czerwca
    [7] lipca
    [8] sierpnia
    [9] września
    [10] października
    [11] listopada
   *[12] grudnia
} { $year } r., { $time } UTC

## Sign-in

login-title = Zaloguj się
# $host is the host name of the app that was asked for.
login-to-continue = aby przejść do { $host }
login-name = E-mail lub nazwa użytkownika
login-password = Hasło
login-show = Pokaż
login-hide = Ukryj
login-show-password = Pokaż hasło
login-button = Zaloguj się
login-wrong = Nieprawidłowe dane logowania. Spróbuj ponownie.
# $time is a span such as "9 minutes".
login-wait = Zbyt wiele prób. Poczekaj { $time } i spróbuj ponownie.
login-over = To logowanie wygasło. Zaloguj się ponownie.
login-guesses-used = To był ostatni z pięciu błędnych kodów, dlatego logowanie zostało przerwane. Zaloguj się ponownie, aby otrzymać nowy kod.
login-stale = W międzyczasie otwarto logowanie w innej karcie. Wpisz hasło jeszcze raz.
login-no-cookie = Ta strona była otwarta dłużej niż godzinę albo przeglądarka blokuje pliki cookie. Spróbuj ponownie. Jeśli to się powtórzy, zezwól na pliki cookie w tej witrynie.
login-target-too-long = Otwarty adres jest zbyt długi, aby można go było zapamiętać. Po zalogowaniu pojawi się strona główna: otwórz wtedy ten adres jeszcze raz.
login-signed-out = Wylogowano.
login-signed-out-unsaved = Wylogowano, ale serwer nie mógł jeszcze tego zapisać. Skontaktuj się z administratorem witryny.

## Code

code-title = Wpisz kod
code-title-none = Uzyskaj kod
# $masked is a number such as +1 ••• ••• 67.
code-sent-sms = SMS z kodem wysłano na numer { $masked }.
# To be heard: $digits are the last digits of the number.
code-sent-sms-spoken = SMS z kodem wysłano na numer kończący się cyframi { $digits }.
code-sent-email = E-mail z kodem wysłano na adres { $masked }.
code-sent-email-spoken = E-mail z kodem wysłano na adres zaczynający się od { $letter }.
code-code = Kod
code-digits = { $count ->
    [one] { $count } cyfra
    [few] { $count } cyfry
    [many] { $count } cyfr
   *[other] { $count } cyfry
}
code-characters = { $count ->
    [one] { $count } litera lub cyfra
    [few] { $count } litery lub cyfry
    [many] { $count } liter lub cyfr
   *[other] { $count } litery lub cyfry
}
code-valid-for = Kod jest ważny przez { $time }.
code-expires-soon = Kod wygaśnie za niecałą minutę.
code-expired = Kod wygasł. Poproś o nowy.
code-by-itself = Po wpisaniu całego kodu ta strona automatycznie przejdzie dalej.
code-remember-days = { $count ->
    [one] Nie pytaj o kod w tej przeglądarce przez { $count } dzień
    [few] Nie pytaj o kod w tej przeglądarce przez { $count } dni
   *[other] Nie pytaj o kod w tej przeglądarce przez { $count } dni
}
code-remember-hours = { $count ->
    [one] Nie pytaj o kod w tej przeglądarce przez { $count } godzinę
    [few] Nie pytaj o kod w tej przeglądarce przez { $count } godziny
   *[other] Nie pytaj o kod w tej przeglądarce przez { $count } godzin
}
code-button = Dalej
code-sent = Wysłano kod weryfikacyjny.
code-wrong = Kod jest nieprawidłowy lub wygasł
code-guesses-left = { $count ->
    [one] Pozostała { $count } próba.
    [few] Pozostały { $count } próby.
    [many] Pozostało { $count } prób.
   *[other] Pozostało { $count } próby.
}
code-unsent = Nie udało się wysłać kodu. Spróbuj ponownie lub wybierz inną metodę.
code-unsent-only = Nie udało się wysłać kodu. Spróbuj ponownie za chwilę.
code-unchecked = Nie udało się sprawdzić kodu. Nic nie przepadło: spróbuj ponownie lub wybierz inną metodę.
code-unchecked-only = Nie udało się sprawdzić kodu. Nic nie przepadło: spróbuj ponownie za chwilę.
code-none = Nie ma ważnego kodu: wygasł albo żaden nie został wysłany. Poproś o nowy kod.
code-wait-guess = Zbyt wiele prób. Poczekaj { $time } i spróbuj ponownie.
code-wait-send = O kolejny kod można poprosić za { $time }.
code-limit = Zbyt wiele próśb o kod. Spróbuj ponownie za { $time } lub wybierz inną metodę.
code-no-destination = Ta metoda nie jest skonfigurowana na tym koncie. Wybierz inną.
code-no-way = Na to konto nie można wysłać kodu. Skontaktuj się z administratorem witryny.
# Shown after another code was requested.
code-newest = Jeśli przyszło kilka wiadomości, użyj kodu z najnowszej.
code-again = Kod nie dotarł?
code-send-again = Wyślij ponownie
code-by-sms = Wyślij SMS
code-by-email = Wyślij e-mail
# Before a clock that counts down.
code-next-in = O kolejny kod można poprosić za
code-ready = Można już poprosić o kolejny kod.
code-start-over = Zacznij od nowa

## Confirm (a signed-in person is asked for a code again)

confirm-title = Potwierdź swoją tożsamość
confirm-asked-by = Strona w witrynie { $host } wymaga nowego kodu.

## Account

account-title = Zalogowano
account-who = Konto
account-since = Od
account-sms-limits = Kod z SMS-a nie chroni przed fałszywą stroną, która przekaże go dalej, ani przed kimś, kto przejmie Twój numer telefonu: wpisuj kody tylko na { $host } i nigdy nikomu ich nie podawaj.
account-home = Przejdź do { $host }
account-no-code-until = Bez kodu w tej przeglądarce do
account-other-browsers = { $count ->
    [one] { $count } inna przeglądarka nie wymaga kodu.
    [few] { $count } inne przeglądarki nie wymagają kodu.
   *[other] { $count } innych przeglądarek nie wymaga kodu.
}
account-forget-this = Zapomnij tę przeglądarkę
account-forget-all = Zapomnij wszystkie przeglądarki
account-forgotten = Gotowe. Następne logowanie znów zapyta o kod.
account-log-out = Wyloguj się
account-apps = Twoje aplikacje

## Proof (a second factor that the person has: authenticator app, passkey, recovery code)

proof-app-title = Wpisz kod z aplikacji
# $product is the name of this service, as the app shows it.
proof-app-hint = Otwórz aplikację uwierzytelniającą i wpisz kod, który pokazuje dla { $product }.
proof-recovery-title = Użyj kodu odzyskiwania
proof-recovery-hint = Wpisz jeden ze swoich kodów odzyskiwania. Każdy działa tylko raz.
proof-recovery-label = Kod odzyskiwania
proof-passkey-title = Użyj klucza dostępu
proof-passkey-hint = Urządzenie poprosi o odcisk palca, skan twarzy, swój kod PIN lub klucz bezpieczeństwa.
proof-passkey-button = Użyj klucza dostępu
proof-passkey-wrong = Klucz dostępu nie został przyjęty. Spróbuj ponownie lub wybierz inną metodę.
# The person closed the window of the browser, or it took too long.
proof-passkey-stopped = Klucz dostępu nie został użyty. Spróbuj ponownie lub wybierz inną metodę.
proof-passkey-impossible = Ta przeglądarka nie może tu użyć kluczy dostępu. Wybierz inną metodę.
# Heading over the other ways to continue.
proof-other = Wybierz inną metodę
proof-use-app = Aplikacja uwierzytelniająca
proof-use-passkey = Klucz dostępu
proof-use-recovery = Kod odzyskiwania
# Button on the sign-in page, below the password.
proof-login-passkey = Zaloguj się kluczem dostępu

## Factors (the sign-in methods of an account, which its person adds and removes)

# Heading of the list.
factors-title = Metody logowania
# Where only codes are sent.
factors-advice = Dodaj klucz dostępu lub aplikację uwierzytelniającą: nikt nie może ich przechwycić i działają także wtedy, gdy wiadomość nie dociera.
factors-app = Aplikacja uwierzytelniająca
factors-passkey = Klucz dostępu
factors-sms = SMS
factors-email = E-mail
factors-recovery = Kody odzyskiwania
# $moment is a date and time.
factors-used = Ostatnie użycie: { $moment }
factors-unused = Jeszcze nie użyto
factors-left = { $count ->
    [one] Pozostał { $count } kod
    [few] Pozostały { $count } kody
    [many] Pozostało { $count } kodów
   *[other] Pozostało { $count } kodu
}
# A passkey that is copied to other devices of the person.
factors-synced = Zsynchronizowano z Twoimi innymi urządzeniami
factors-add-app = Dodaj aplikację uwierzytelniającą
factors-add-passkey = Dodaj klucz dostępu
factors-make-codes = Utwórz kody odzyskiwania
factors-new-codes = Wymień kody odzyskiwania
# Link to the page of one method.
factors-change = Zmień
factors-name = Nazwa
factors-name-hint = Aby łatwo było ją później rozpoznać, na przykład „telefon” lub „niebieski klucz”.
factors-name-wrong = Nazwa musi mieć od 1 do 40 znaków.
factors-save = Zapisz
factors-back = Wróć do konta
factors-remove = Usuń
factors-remove-advice = Nie będzie już można zalogować się tą metodą, a wszystkie Twoje inne przeglądarki zostaną wylogowane.
factors-last = To Twoja jedyna metoda, więc nie można jej usunąć. Najpierw dodaj inną.
# $moment is a date and time.
factors-recovered = Użyto kodu odzyskiwania. Na wypadek, gdyby zrobił to ktoś inny, do { $moment } nie można tego zrobić.
factors-added = Gotowe. Od teraz można się logować tą metodą. Wszystkie Twoje inne przeglądarki zostały wylogowane.
factors-removed = Usunięto. Wszystkie Twoje inne przeglądarki zostały wylogowane.
factors-saved = Zapisano.
factors-full = Masz już tyle metod, ile może mieć konto. Najpierw usuń jedną z nich.
factors-app-scan = Zeskanuj ten obraz aplikacją uwierzytelniającą.
factors-app-picture = Kod QR dla aplikacji uwierzytelniającej
factors-app-type = Albo wpisz w aplikacji ten klucz:
factors-app-code = Kod z aplikacji
factors-app-wrong = Ten kod jest nieprawidłowy. Sprawdź, czy zegar w telefonie wskazuje właściwą godzinę, i spróbuj ponownie.
factors-over = Trwało to zbyt długo albo było zbyt wiele prób. Zacznij od nowa.
factors-again = Zacznij od nowa
factors-codes-title = Twoje kody odzyskiwania
factors-codes-advice = Wydrukuj je lub przechowuj w menedżerze haseł, a nie tylko w telefonie, którego używasz do logowania. Każdy działa tylko raz. Zobaczysz je tylko teraz.
factors-codes-replaced = Poprzednie kody odzyskiwania już nie działają.
factors-codes-kept = Mam zapisane kody
factors-passkey-hint = Klucz dostępu przechowuje Twoje urządzenie, menedżer haseł lub klucz bezpieczeństwa. Działa tylko w tej witrynie, więc nikt nie może go od Ciebie wyłudzić.
factors-passkey-button = Utwórz klucz dostępu
factors-passkey-known = Ten klucz dostępu jest już zarejestrowany.
factors-passkey-refused = Nie udało się dodać klucza dostępu. Spróbuj ponownie.

## Consent (before a session is handed over to a site)

consent-title = Przejść do { $site }?
consent-asked-by = Link w innej witrynie próbuje otworzyć { $site } z użyciem Twojego konta. Kontynuuj tylko wtedy, gdy to Twoje zamierzone działanie.
consent-button = Kontynuuj

## Log-out

logout-title = Wylogować się?
logout-signed-in-as = Zalogowano jako { $name }.
logout-forget = Zapomnij także tę przeglądarkę: następne logowanie zapyta o kod
logout-button = Wyloguj się
logout-stay = Nie wylogowuj się

logout-switch = Przełącz konto

## Unsent (a form was sent after its session had ended)

unsent-title = Formularz nie dotarł
unsent-happened = Podczas wypełniania formularza na { $host } nastąpiło wylogowanie, więc wysłane dane nie dotarły. Zalogowano Cię już ponownie.
unsent-advice = Wróć do formularza i wyślij go jeszcze raz. Przeglądarka może nadal pamiętać wpisane dane: użyj jej przycisku Wstecz.
unsent-back = Wróć do strony

## Framed (the app is shown inside another page)

framed-title = Wymagane logowanie
framed-happened = Ta aplikacja jest wyświetlana wewnątrz innej strony, gdzie nie można się bezpiecznie zalogować.
framed-button = Zaloguj się w nowej karcie
framed-advice = Następnie odśwież tę stronę. Jeśli nadal będzie wymagać logowania, otwórz aplikację w osobnej karcie.

## Problems

problem-bad-request-title = Nieprawidłowe żądanie
problem-bad-request-happened = Przeglądarka wysłała żądanie, którego nie możemy odczytać.
problem-bad-request-advice = Wróć i spróbuj ponownie albo przejdź na stronę główną.
problem-forgery-title = Ten formularz nie jest już ważny
problem-forgery-happened = Strona była otwarta zbyt długo albo formularz pochodził z innej witryny.
problem-forgery-advice = Otwórz stronę logowania i spróbuj ponownie. Jeśli problem się powtarza, zezwól na pliki cookie w tej witrynie.
problem-forbidden-title = Brak dostępu
problem-forbidden-happened = Zalogowano, ale to konto nie ma dostępu do tej strony.
problem-forbidden-advice = Przejdź na stronę główną. Jeśli Twoje konto powinno mieć dostęp, skontaktuj się z administratorem witryny.
problem-no-access-happened = Zalogowano jako { $name }. To konto nie ma dostępu do tej strony.
problem-not-found-title = Nie znaleziono strony
problem-not-found-happened = Pod tym adresem nie ma żadnej strony.
problem-not-found-advice = Sprawdź adres albo przejdź na stronę główną.
problem-method-not-allowed-title = Niedozwolona metoda
problem-method-not-allowed-happened = Ta strona nie przyjmuje żądań tego rodzaju.
problem-method-not-allowed-advice = Wróć i spróbuj ponownie albo przejdź na stronę główną.
problem-path-too-long-title = Adres jest zbyt długi
problem-path-too-long-happened = Ścieżka tego adresu jest dłuższa, niż dopuszcza brama.
problem-path-too-long-advice = Sprawdź link albo przejdź na stronę główną.
problem-too-large-title = Zbyt dużo danych
problem-too-large-happened = Formularz jest większy, niż dopuszcza ta strona.
problem-too-large-advice = Wróć i wyślij mniej danych.
problem-head-too-large-title = Przeglądarka wysłała zbyt wiele plików cookie
problem-head-too-large-happened = Pliki cookie i inne pola tego żądania są większe, niż dopuszcza ta witryna.
problem-head-too-large-advice = Usuń w przeglądarce pliki cookie tej witryny i spróbuj ponownie. Jeśli to się powtórzy, skontaktuj się z administratorem witryny.
problem-unsupported-media-type-title = Nie można odczytać tego formularza
problem-unsupported-media-type-happened = Formularz wysłano w formacie, którego ta strona nie przyjmuje.
problem-unsupported-media-type-advice = Otwórz stronę logowania i użyj formularza, który się na niej znajduje.
problem-unknown-site-title = Nie znaleziono witryny
problem-unknown-site-happened = Dla tego adresu nie skonfigurowano żadnej witryny.
problem-unknown-site-advice = Sprawdź adres. Jeśli jest prawidłowy, skontaktuj się z administratorem witryny.
problem-plain-http-title = Wymagane bezpieczne połączenie
problem-plain-http-happened = Ta witryna jest dostępna tylko przez https.
problem-plain-http-advice = Otwórz adres jeszcze raz, z https:// na początku.
problem-too-many-title = Zbyt wiele prób
problem-too-many-happened = W krótkim czasie wykonano zbyt wiele prób z Twojej sieci.
problem-too-many-advice = Poczekaj chwilę i spróbuj ponownie.
problem-wait-advice = Poczekaj { $time } i spróbuj ponownie.
problem-upstream-unreachable-title = Witryna jest nieosiągalna
problem-upstream-unreachable-happened = To nie Twoja wina: witryna, do której prowadzi ta strona, nie odpowiada.
problem-upstream-unreachable-advice = Spróbuj ponownie za chwilę. Jeśli problem nie zniknie, skontaktuj się z administratorem witryny.
problem-upstream-timeout-title = Witryna nie odpowiedziała na czas
problem-upstream-timeout-happened = To nie Twoja wina: witryna, do której prowadzi ta strona, zbyt długo nie odpowiadała.
problem-upstream-timeout-advice = Spróbuj ponownie za chwilę. Jeśli problem nie zniknie, skontaktuj się z administratorem witryny.
problem-unavailable-title = Chwilowo niedostępne
problem-unavailable-happened = To nie Twoja wina: usługa jest w tej chwili niedostępna.
problem-unavailable-advice = Spróbuj ponownie za chwilę. Jeśli problem nie zniknie, skontaktuj się z administratorem witryny.
problem-loop-title = Logowanie ciągle zaczyna się od nowa
problem-loop-happened = W ciągu minuty zalogowano Cię kilka razy, ale ta witryna potem Cię nie rozpoznała.
problem-loop-advice = Zezwól na pliki cookie w tej witrynie i sprawdź datę i godzinę na urządzeniu. Jeśli to się powtórzy, skontaktuj się z administratorem witryny.
problem-internal-title = Coś poszło nie tak
problem-internal-happened = To nie Twoja wina: wystąpił błąd po naszej stronie.
problem-internal-advice = Spróbuj ponownie. Jeśli to się powtórzy, skontaktuj się z administratorem witryny i podaj poniższy numer zgłoszenia.
problem-sign-in = Przejdź do logowania
problem-retry = Spróbuj ponownie
problem-home = Przejdź na stronę główną
# Before the number by which the site owner finds the request in the log.
problem-reference = Numer zgłoszenia
