# Texts of SMS and mail. { $code } is the code. An SMS holds 160 characters of the GSM 7-bit alphabet (or 70 of others) with the line that
# names the host; keep it short.

sms = { $code } é o seu PIN para entrar em { $product }. Nunca o revele a ninguém.
email-subject = O seu código para iniciar sessão em { $product }
email-intro = O seu código para iniciar sessão em { $product } é:
email-only-on = Digite-o somente em { $host }.
email-warning =
    O código serve uma única vez e só durante alguns minutos. Nunca o revele a ninguém.
    Se não tentou iniciar sessão agora, outra pessoa conhece a sua senha: altere-a.
