# Texts of SMS and mail. { $code } is the code. An SMS holds 160 characters of the GSM 7-bit alphabet (or 70 of others) with the line that
# names the host; keep it short.

sms = { $code } 是您的 { $product } 登录验证码，请勿告诉他人。
email-subject = 您的 { $product } 登录验证码
email-intro = 您的 { $product } 登录验证码是：
email-only-on = 请仅在 { $host } 上输入此验证码。
email-warning =
    验证码只能使用一次，且仅在几分钟内有效。请勿告诉他人。
    如果您现在没有在登录，说明有其他人知道您的密码，请更改密码。
