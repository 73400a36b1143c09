# Texts of SMS and mail. { $code } is the code. An SMS holds 160 characters of the GSM 7-bit alphabet (or 70 of others) with the line that
# names the host; keep it short.

sms = { $code } est votre code de connexion pour { $product }. Ne le communiquez à personne.
email-subject = Votre code de connexion pour { $product }
email-intro = Voici votre code de connexion pour { $product } :
email-only-on = Saisissez-le uniquement sur { $host }.
email-warning =
    Il est valable une seule fois et pendant quelques minutes seulement. Ne le communiquez à personne.
    Si vous n’essayez pas de vous connecter en ce moment, une autre personne connaît votre mot de passe : changez-le.
