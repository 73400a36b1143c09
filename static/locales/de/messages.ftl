# Texts of SMS and mail. { $code } is the code. An SMS holds 160 characters of the GSM 7-bit alphabet (or 70 of others) with the line that
# names the host; keep it short.

sms = { $code } ist Ihr Anmeldecode für { $product }. Geben Sie ihn nicht weiter.
email-subject = Ihr Anmeldecode für { $product }
email-intro = Ihr Anmeldecode für { $product } lautet:
email-only-on = Geben Sie ihn nur auf { $host } ein.
email-warning =
    Er gilt nur einmal und nur wenige Minuten. Geben Sie ihn nicht weiter.
    Wenn Sie sich gerade nicht anmelden, kennt jemand anderes Ihr Passwort: Ändern Sie es.
