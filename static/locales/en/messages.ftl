# Texts of SMS and mail. { $code } is the code. An SMS holds 160 characters of the GSM 7-bit alphabet (or 70 of others) with the line that
# names the host; keep it short.

sms = { $code } is your { $product } sign-in code. Do not share it.
email-subject = Your { $product } sign-in code
email-intro = Your sign-in code for { $product } is:
email-only-on = Type it only on { $host }.
email-warning =
    It works once and only for a few minutes. Do not share it.
    If you are not signing in right now, someone else knows your password: change it.
