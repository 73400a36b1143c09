# Texts of SMS and mail. { $code } is the code. An SMS holds 160 characters of the GSM 7-bit alphabet (or 70 of others) with the line that
# names the host; keep it short.

sms = { $code } es su clave para entrar en { $product }. No la comparta con nadie.
email-subject = Su código de inicio de sesión en { $product }
email-intro = Su código de inicio de sesión en { $product } es:
email-only-on = Escríbalo solo en { $host }.
email-warning =
    Sirve una sola vez y solo durante unos minutos. No lo comparta con nadie.
    Si no está iniciando sesión en este momento, otra persona conoce su contraseña: cámbiela.
