# Texts of SMS and mail. { $code } is the code. An SMS holds 160 characters of the GSM 7-bit alphabet (or 70 of others) with the line that
# names the host; keep it short.

sms = { $code } 번호는 { $product } 로그인 인증 코드입니다. 다른 사람에게 알려 주지 마십시오.
email-subject = { $product } 로그인 인증 코드
email-intro = { $product } 로그인 인증 코드는 다음과 같습니다.
email-only-on = 이 코드는 { $host } 사이트에서만 입력하십시오.
email-warning =
    코드는 몇 분 동안만 유효하며 한 번만 사용할 수 있습니다. 다른 사람에게 알려 주지 마십시오.
    지금 로그인하는 중이 아니라면 다른 사람이 비밀번호를 알고 있는 것입니다. 비밀번호를 변경하십시오.
