# Texts of SMS and mail. { $code } is the code. An SMS holds 160 characters of the GSM 7-bit alphabet (or 70 of others) with the line that
# names the host; keep it short.

sms = { $code } è il suo codice di accesso per { $product }. Non lo comunichi a nessuno.
email-subject = Il suo codice di accesso per { $product }
email-intro = Il suo codice di accesso per { $product } è:
email-only-on = Lo inserisca solo su { $host }.
email-warning =
    È valido una sola volta e solo per pochi minuti. Non lo comunichi a nessuno.
    Se in questo momento non sta effettuando l’accesso, qualcun altro conosce la sua password: la cambi.
