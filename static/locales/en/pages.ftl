# Texts of the pages. A line with a brace holds a value: keep its name. Words in braces with -> choose a plural form.

## All pages

# The page title while something is wrong; a screen reader says it first.
common-error-title = Error: { $title }
# Over the list of languages.
common-language = Language
common-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
common-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
common-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
# A moment in UTC. $month is a number from 1 to 12, $time is like 05:34.
common-moment = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }, { $time } UTC

## Sign-in

login-title = Sign in
# $host is the host name of the app that was asked for.
login-to-continue = to continue to { $host }
login-name = E-mail or user name
login-password = Password
login-show = Show
login-hide = Hide
login-show-password = Show password
login-button = Sign in
login-wrong = Invalid credentials. Please try again.
# $time is a span such as "9 minutes".
login-wait = Too many attempts. Please wait { $time }, then try again.
login-over = This sign-in has expired. Please sign in again.
login-guesses-used = That was the last of five wrong codes, so this sign-in has ended. Sign in again to get a new code.
login-stale = You have opened the sign-in in another tab since. Please enter your password again.
login-no-cookie = This page was open for more than an hour, or your browser blocks cookies. Please try again; if this happens once more, allow cookies for this site.
login-target-too-long = The address that you opened is too long to be kept. After signing in you get to the start page: open the address again then.
login-signed-out = You are signed out.
login-signed-out-unsaved = You are signed out, but the server could not save this yet. Contact the site owner.

## Code

code-title = Enter your code
code-title-none = Get a code
# $masked is a number such as +1 ••• ••• 67.
code-sent-sms = A text message with your code was sent to { $masked }.
# To be heard: $digits are the last digits of the number.
code-sent-sms-spoken = A text message with your code was sent to the number that ends in { $digits }.
code-sent-email = An e-mail with your code was sent to { $masked }.
code-sent-email-spoken = An e-mail with your code was sent to the address that starts with { $letter }.
code-code = Code
code-digits = { $count ->
    [one] { $count } digit
   *[other] { $count } digits
}
code-characters = { $count ->
    [one] { $count } letter or digit
   *[other] { $count } letters or digits
}
code-valid-for = The code is valid for { $time }.
code-expires-soon = The code expires in less than a minute.
code-expired = The code has expired. Please request a new one.
code-by-itself = This page continues automatically when the code is complete.
code-remember-days = { $count ->
    [one] Do not ask for a code in this browser for { $count } day
   *[other] Do not ask for a code in this browser for { $count } days
}
code-remember-hours = { $count ->
    [one] Do not ask for a code in this browser for { $count } hour
   *[other] Do not ask for a code in this browser for { $count } hours
}
code-button = Continue
code-sent = Verification code sent.
code-wrong = Code invalid or expired
code-guesses-left = { $count ->
    [one] You have { $count } attempt left.
   *[other] You have { $count } attempts left.
}
code-unsent = We could not send the code. Please try again or use another method.
code-unsent-only = We could not send the code. Please try again in a moment.
code-unchecked = We could not check the code. Nothing is lost: please try again or use another method.
code-unchecked-only = We could not check the code. Nothing is lost: please try again in a moment.
code-none = There is no valid code: it has expired, or none was sent. Please request a new one.
code-wait-guess = Too many attempts. Please wait { $time }, then try again.
code-wait-send = You can request another code in { $time }.
code-limit = Too many codes requested. Try again in { $time } or use another method.
code-no-destination = This method is not set up for your account. Please use another one.
code-no-way = No code can be sent to this account. Please contact the site owner.
# Shown after another code was requested.
code-newest = If you have received several messages, use the code of the newest one.
code-again = Didn't get a code?
code-send-again = Send again
code-by-sms = Send a text message
code-by-email = Send an e-mail
# Before a clock that counts down.
code-next-in = You can request another code in
code-ready = You can request another code now.
code-start-over = Start over

## Confirm (a signed-in person is asked for a code again)

confirm-title = Confirm your identity
confirm-asked-by = The page on { $host } needs a new code.

## Account

account-title = You are signed in
account-who = Account
account-since = Since
account-sms-limits = A code by SMS cannot protect you from a fake page that passes it on, or from someone who takes over your telephone number: type codes only on { $host }, and never tell them to anyone.
account-home = Go to { $host }
# Before a date and time.
account-no-code-until = No code in this browser until
account-other-browsers = { $count ->
    [one] { $count } other browser does not need a code.
   *[other] { $count } other browsers do not need a code.
}
account-forget-this = Forget this browser
account-forget-all = Forget all browsers
account-forgotten = Done. The next sign-in asks for a code again.
account-log-out = Log out
account-apps = Your apps

## Proof (a second factor that the person has: authenticator app, passkey, recovery code)

proof-app-title = Enter the code from your app
# $product is the name of this service, as the app shows it.
proof-app-hint = Open your authenticator app and type the code that it shows for { $product }.
proof-recovery-title = Use a recovery code
proof-recovery-hint = Type one of your recovery codes. Each of them works once.
proof-recovery-label = Recovery code
proof-passkey-title = Use your passkey
proof-passkey-hint = Your device asks for your fingerprint, your face, its PIN or your security key.
proof-passkey-button = Use passkey
proof-passkey-wrong = The passkey was not accepted. Please try again or use another method.
# The person closed the window of the browser, or it took too long.
proof-passkey-stopped = The passkey was not used. Please try again or use another method.
proof-passkey-impossible = This browser cannot use passkeys here. Please use another method.
# Heading over the other ways to continue.
proof-other = Use another method
proof-use-app = Authenticator app
proof-use-passkey = Passkey
proof-use-recovery = Recovery code
# Button on the sign-in page, below the password.
proof-login-passkey = Sign in with a passkey

## Factors (the sign-in methods of an account, which its person adds and removes)

# Heading of the list.
factors-title = Sign-in methods
# Where only codes are sent.
factors-advice = Add a passkey or an authenticator app: nobody can intercept them, and they work when no message arrives.
factors-app = Authenticator app
factors-passkey = Passkey
factors-sms = Text message
factors-email = E-mail
factors-recovery = Recovery codes
# $moment is a date and time.
factors-used = Last used { $moment }
factors-unused = Not used yet
factors-left = { $count ->
    [one] { $count } code left
   *[other] { $count } codes left
}
# A passkey that is copied to other devices of the person.
factors-synced = Synced to your other devices
factors-add-app = Add an authenticator app
factors-add-passkey = Add a passkey
factors-make-codes = Create recovery codes
factors-new-codes = Replace the recovery codes
# Link to the page of one method.
factors-change = Change
factors-name = Name
factors-name-hint = So that you recognise it later, for example “phone” or “blue key”.
factors-name-wrong = A name has 1 to 40 characters.
factors-save = Save
factors-back = Back to your account
factors-remove = Remove
factors-remove-advice = You can no longer sign in with it, and all your other browsers are signed out.
factors-last = This is your only method, so it cannot be removed. Add another one first.
# $moment is a date and time.
factors-recovered = You used a recovery code. In case it was not you, this is not possible until { $moment }.
factors-added = Done. You can sign in with it from now on. All your other browsers are signed out.
factors-removed = Removed. All your other browsers are signed out.
factors-saved = Saved.
factors-full = You have as many methods as an account can have. Remove one first.
factors-app-scan = Scan this picture with your authenticator app.
factors-app-picture = QR code for your authenticator app
factors-app-type = Or type this key into the app:
factors-app-code = Code that the app shows
factors-app-wrong = This code is not right. Check that the clock of your phone is right, then try again.
factors-over = This took too long or was tried too often. Please start again.
factors-again = Start again
factors-codes-title = Your recovery codes
factors-codes-advice = Print them or keep them in a password manager, not only on the phone that you sign in with. Each of them works once. They are shown only now.
factors-codes-replaced = The recovery codes that you had before no longer work.
factors-codes-kept = I have kept them
factors-passkey-hint = A passkey is kept by your device, your password manager or a security key. It works on this site alone, so nobody can trick you into giving it away.
factors-passkey-button = Create passkey
factors-passkey-known = This passkey is already registered.
factors-passkey-refused = The passkey could not be added. Please try again.

## Consent (before a session is handed over to a site)

consent-title = Continue to { $site }?
consent-asked-by = A link on another website wants to open { $site } as you. Continue only if you expected this.
consent-button = Continue

## Log-out

logout-title = Log out?
logout-signed-in-as = You are signed in as { $name }.
logout-forget = Also forget this browser: the next sign-in asks for a code
logout-button = Log out
logout-stay = Stay signed in

logout-switch = Switch account

## Unsent (a form was sent after its session had ended)

unsent-title = Your form was not received
unsent-happened = You were signed out while you were filling in a form on { $host }, so what you sent did not arrive. You are signed in again now.
unsent-advice = Go back to the form and send it again. Your browser may still have what you typed: use its back button.
unsent-back = Back to the page

## Framed (the app is shown inside another page)

framed-title = Sign in needed
framed-happened = This app is shown inside another page, where you cannot sign in safely.
framed-button = Sign in in a new tab
framed-advice = Reload this page afterwards. If it still asks you to sign in, open the app in a tab of its own.

## Problems

problem-bad-request-title = Bad request
problem-bad-request-happened = Your browser sent a request that we cannot read.
problem-bad-request-advice = Go back and try again, or go to the start page.
problem-forgery-title = This form is no longer valid
problem-forgery-happened = The page was open for too long, or the form came from another site.
problem-forgery-advice = Open the sign-in page and try again. If this keeps happening, allow cookies for this site.
problem-forbidden-title = You don't have access
problem-forbidden-happened = You are signed in, but your account has no access to this page.
problem-forbidden-advice = Go to the start page. If you think you should have access, contact the site owner.
problem-no-access-happened = You are signed in as { $name }. This account has no access to this page.
problem-not-found-title = Page not found
problem-not-found-happened = There is no page at this address.
problem-not-found-advice = Check the address, or go to the start page.
problem-method-not-allowed-title = Method not allowed
problem-method-not-allowed-happened = This page does not accept this kind of request.
problem-method-not-allowed-advice = Go back and try again, or go to the start page.
problem-path-too-long-title = The address is too long
problem-path-too-long-happened = The path of this address is longer than the gateway accepts.
problem-path-too-long-advice = Check the link, or go to the start page.
problem-too-large-title = Too much data
problem-too-large-happened = The form is larger than this page accepts.
problem-too-large-advice = Go back and send less data.
problem-head-too-large-title = Your browser sent too many cookies
problem-head-too-large-happened = The cookies and other fields of this request are larger than this site accepts.
problem-head-too-large-advice = Delete the cookies of this site in your browser and try again. If this happens again, contact the site owner.
problem-unsupported-media-type-title = This form cannot be read
problem-unsupported-media-type-happened = The form was sent in a format that this page does not accept.
problem-unsupported-media-type-advice = Open the sign-in page and use the form there.
problem-unknown-site-title = Site not found
problem-unknown-site-happened = No site is configured for this address.
problem-unknown-site-advice = Check the address. If it is right, contact the site owner.
problem-plain-http-title = Secure connection required
problem-plain-http-happened = This site is available over https only.
problem-plain-http-advice = Open the address again with https:// in front of it.
problem-too-many-title = Too many attempts
problem-too-many-happened = There were too many attempts from your network in a short time.
problem-too-many-advice = Please wait a little, then try again.
problem-wait-advice = Please wait { $time }, then try again.
problem-upstream-unreachable-title = The site cannot be reached
problem-upstream-unreachable-happened = This is not your fault: the site behind this page is not answering.
problem-upstream-unreachable-advice = Try again in a moment. If the problem persists, contact the site owner.
problem-upstream-timeout-title = The site took too long
problem-upstream-timeout-happened = This is not your fault: the site behind this page did not answer in time.
problem-upstream-timeout-advice = Try again in a moment. If the problem persists, contact the site owner.
problem-unavailable-title = Temporarily unavailable
problem-unavailable-happened = This is not your fault: the service is unavailable at the moment.
problem-unavailable-advice = Try again in a moment. If the problem persists, contact the site owner.
problem-loop-title = The sign-in keeps starting over
problem-loop-happened = You were signed in several times within a minute, but this site did not recognise you afterwards.
problem-loop-advice = Allow cookies for this site and check the date and time of your device. If this happens again, contact the site owner.
problem-internal-title = Something went wrong
problem-internal-happened = This is not your fault: something failed on our side.
problem-internal-advice = Try again. If it happens again, contact the site owner and quote the reference below.
problem-sign-in = Go to sign-in
problem-retry = Try again
problem-home = Go to the start page
# Before the number by which the site owner finds the request in the log.
problem-reference = Reference
