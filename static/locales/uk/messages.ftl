# Texts of SMS and mail. { $code } is the code. An SMS holds 160 characters of the GSM 7-bit alphabet (or 70 of others) with the line that
# names the host; keep it short.

sms = { $code } — ваш код входу в { $product }. Нікому його не повідомляйте.
email-subject = Ваш код входу в { $product }
email-intro = Ваш код входу в { $product }:
email-only-on = Вводьте його лише на { $host }.
email-warning =
    Код діє один раз і лише кілька хвилин. Нікому його не повідомляйте.
    Якщо ви зараз не входите, хтось інший знає ваш пароль: змініть його.
