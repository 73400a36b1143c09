# Texts of SMS and mail. { $code } is the code. An SMS holds 160 characters of the GSM 7-bit alphabet (or 70 of others) with the line that
# names the host; keep it short.

sms = { $code } { $product } में साइन इन करने का कोड है। इसे किसी को न बताएं।
email-subject = { $product } में साइन इन करने का कोड
email-intro = { $product } में साइन इन करने का आपका कोड यह है:
email-only-on = इसे सिर्फ़ { $host } पर डालें।
email-warning =
    यह कोड सिर्फ़ एक बार और कुछ ही मिनट तक काम करता है। इसे किसी को न बताएं।
    अगर अभी साइन इन आपने शुरू नहीं किया है, तो कोई और आपका पासवर्ड जानता है: उसे बदलें।
