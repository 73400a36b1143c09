# Texts of SMS and mail. { $code } is the code. An SMS holds 160 characters of the GSM 7-bit alphabet (or 70 of others) with the line that
# names the host; keep it short.

sms = { $code } { $product } oturum acma kodunuzdur. Kimseyle paylasmayin.
email-subject = { $product } oturum açma kodunuz
email-intro = { $product } oturum açma kodunuz:
email-only-on = Kodu yalnızca { $host } adresinde girin.
email-warning =
    Kod yalnızca bir kez ve birkaç dakika boyunca geçerlidir. Kimseyle paylaşmayın.
    Şu anda oturum açmıyorsanız şifrenizi başka biri biliyor demektir: Şifrenizi değiştirin.
