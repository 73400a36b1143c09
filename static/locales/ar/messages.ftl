# Texts of SMS and mail. { $code } is the code. An SMS holds 160 characters of the GSM 7-bit alphabet (or 70 of others) with the line that
# names the host; keep it short.

sms = { $code } هو رمز تسجيل الدخول إلى { $product }. يرجى عدم مشاركته مع أحد.
email-subject = رمز تسجيل الدخول إلى { $product }
email-intro = رمز تسجيل الدخول إلى { $product } هو:
email-only-on = يُرجى إدخاله على { $host } فقط.
email-warning =
    يمكن استخدام الرمز مرة واحدة وخلال بضع دقائق فقط. يُرجى عدم مشاركته مع أحد.
    إذا لم تكن عملية تسجيل الدخول هذه من طرفك، فهناك شخص آخر يعرف كلمة مرورك: يُرجى تغييرها.
