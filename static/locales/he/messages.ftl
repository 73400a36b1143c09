# Texts of SMS and mail. { $code } is the code. An SMS holds 160 characters of the GSM 7-bit alphabet (or 70 of others) with the line that
# names the host; keep it short.

sms = { $code } הוא קוד הכניסה שלך אל { $product }. אין לשתף אותו.
email-subject = קוד הכניסה שלך אל { $product }
email-intro = קוד הכניסה שלך אל { $product } הוא:
email-only-on = יש להקליד אותו רק באתר { $host }.
email-warning =
    הקוד תקף לפעם אחת בלבד ולכמה דקות בלבד. אין לשתף אותו.
    אם הכניסה הזו אינה שלך, הסיסמה שלך ידועה לאדם אחר: יש לשנות אותה.
