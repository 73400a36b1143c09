# Texts of SMS and mail. { $code } is the code. An SMS holds 160 characters of the GSM 7-bit alphabet (or 70 of others) with the line that
# names the host; keep it short.

sms = { $code } to Twoj kod logowania do { $product }. Nie podawaj go nikomu.
email-subject = Twój kod logowania do { $product }
email-intro = Twój kod logowania do { $product } to:
email-only-on = Wpisz go tylko na { $host }.
email-warning =
    Kod działa tylko raz i tylko przez kilka minut. Nie podawaj go nikomu.
    Jeśli to nie Ty się teraz logujesz, ktoś inny zna Twoje hasło: zmień je.
