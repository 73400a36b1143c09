# Texts of SMS and mail. { $code } is the code. An SMS holds 160 characters of the GSM 7-bit alphabet (or 70 of others) with the line that
# names the host; keep it short.

sms = { $code } は { $product } のログイン用確認コードです。誰にも教えないでください。
email-subject = { $product } のログイン用確認コード
email-intro = { $product } のログイン用確認コードは次のとおりです：
email-only-on = コードは { $host } でのみ入力してください。
email-warning =
    このコードは数分間のみ有効で、1回だけ使用できます。誰にも教えないでください。
    今ログインしようとしていない場合は、パスワードがほかの人に知られています。パスワードを変更してください。
