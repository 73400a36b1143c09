# Texts of SMS and mail. { $code } is the code. An SMS holds 160 characters of the GSM 7-bit alphabet (or 70 of others) with the line that
# names the host; keep it short.

sms = { $code } is uw inlogcode voor { $product }. Deel deze code met niemand.
email-subject = Uw inlogcode voor { $product }
email-intro = Uw inlogcode voor { $product } is:
email-only-on = Vul deze code alleen in op { $host }.
email-warning =
    De code werkt één keer en maar een paar minuten. Deel deze met niemand.
    Bent u nu niet zelf aan het inloggen? Dan kent iemand anders uw wachtwoord: wijzig het.
