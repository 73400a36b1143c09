# Texts of the pages. A line with a brace holds a value: keep its name. Words in braces with -> choose a plural form.

## All pages

# The page title while something is wrong; a screen reader says it first.
common-error-title = エラー：{ $title }
# Over the list of languages.
common-language = 言語
common-seconds = { $count }秒
common-minutes = { $count }分
common-hours = { $count }時間
# A moment in UTC. $month is a number from 1 to 12, $time is like 05:34.
common-moment = { $year }年{ $month }月{ $day }日 { $time } UTC

## Sign-in

login-title = ログイン
# $host is the host name of the app that was asked for.
login-to-continue = { $host } に移動します
login-name = メールアドレスまたはユーザー名
login-password = パスワード
login-show = 表示
login-hide = 非表示
login-show-password = パスワードを表示
login-button = ログイン
login-wrong = ログイン情報が正しくありません。もう一度お試しください。
# $time is a span such as "9 minutes".
login-wait = 試行回数が多すぎます。{ $time }待ってから、もう一度お試しください。
login-over = このログイン手続きは有効期限が切れました。もう一度ログインしてください。
login-guesses-used = コードを5回間違えたため、このログイン手続きは終了しました。新しいコードを受け取るには、もう一度ログインしてください。
login-stale = このページより後に、別のタブでログインページが開かれました。パスワードをもう一度入力してください。
login-no-cookie = このページを開いてから1時間以上経過したか、ブラウザで Cookie がブロックされています。もう一度お試しください。それでも同じ表示になる場合は、このサイトの Cookie を許可してください。
login-target-too-long = 開こうとしたアドレスは長すぎるため、保持できません。ログイン後はトップページが表示されますので、そこでもう一度アドレスを開いてください。
login-signed-out = ログアウトしました。
login-signed-out-unsaved = ログアウトしましたが、サーバーにまだ保存できていません。サイト管理者にお問い合わせください。

## Code

code-title = 確認コードを入力
code-title-none = 確認コードを取得
# $masked is a number such as +1 ••• ••• 67.
code-sent-sms = 確認コードを { $masked } に SMS で送信しました。
# To be heard: $digits are the last digits of the number.
code-sent-sms-spoken = 確認コードを、末尾が { $digits } の電話番号に SMS で送信しました。
code-sent-email = 確認コードを { $masked } にメールで送信しました。
code-sent-email-spoken = 確認コードを、{ $letter } で始まるメールアドレスに送信しました。
code-code = 確認コード
code-digits = { $count }桁の数字
code-characters = { $count }文字の英数字
code-valid-for = コードの有効期間は{ $time }です。
code-expires-soon = コードはあと1分足らずで無効になります。
code-expired = コードの有効期限が切れました。新しいコードをリクエストしてください。
code-by-itself = コードをすべて入力すると、自動的に次へ進みます。
code-remember-days = このブラウザーでは { $count }日間、確認コードを求めない
code-remember-hours = このブラウザーでは { $count }時間、確認コードを求めない
code-button = 次へ
code-sent = 確認コードを送信しました。
code-wrong = コードが正しくないか、有効期限が切れています
code-guesses-left = あと{ $count }回入力できます。
code-unsent = コードを送信できませんでした。もう一度試すか、別の方法をご利用ください。
code-unsent-only = コードを送信できませんでした。しばらくしてからもう一度お試しください。
code-unchecked = コードを確認できませんでした。最初からやり直す必要はありません。もう一度試すか、別の方法をご利用ください。
code-unchecked-only = コードを確認できませんでした。最初からやり直す必要はありません。しばらくしてからもう一度お試しください。
code-none = 有効なコードがありません。期限が切れたか、まだ送信されていません。新しいコードをリクエストしてください。
code-wait-guess = 試行回数が多すぎます。{ $time }待ってから、もう一度お試しください。
code-wait-send = { $time }後に新しいコードをリクエストできます。
code-limit = コードのリクエスト回数が多すぎます。{ $time }後にもう一度試すか、別の方法をご利用ください。
code-no-destination = この方法はお使いのアカウントに設定されていません。別の方法をご利用ください。
code-no-way = このアカウントにはコードを送信できません。サイト管理者にお問い合わせください。
# Shown after another code was requested.
code-newest = メッセージが複数届いている場合は、最新のメッセージのコードを入力してください。
code-again = コードが届かない場合
code-send-again = 再送信
code-by-sms = SMS で送信
code-by-email = メールで送信
# Before a clock that counts down.
code-next-in = 新しいコードをリクエストできるまで、あと
code-ready = 新しいコードをリクエストできます。
code-start-over = 最初からやり直す

## Confirm (a signed-in person is asked for a code again)

confirm-title = 本人確認
confirm-asked-by = { $host } のページを表示するには、新しい確認コードが必要です。

## Account

account-title = ログインしています
account-who = アカウント
account-since = ログイン日時
account-sms-limits = SMS のコードでは、入力されたコードを転送する偽のページや、電話番号の乗っ取りを防ぐことはできません。コードは { $host } でのみ入力し、決して誰にも教えないでください。
account-home = { $host } に移動
account-no-code-until = 確認コードが不要な期限（このブラウザー）
account-other-browsers = ほかに{ $count }個のブラウザーで確認コードが不要です。
account-forget-this = このブラウザーを忘れる
account-forget-all = すべてのブラウザーを忘れる
account-forgotten = 完了しました。次回のログインでは再び確認コードが必要です。
account-log-out = ログアウト
account-apps = ご利用のアプリ

## Proof (a second factor that the person has: authenticator app, passkey, recovery code)

proof-app-title = アプリのコードを入力
# $product is the name of this service, as the app shows it.
proof-app-hint = 認証アプリを開いて、{ $product } 用に表示されているコードを入力してください。
proof-recovery-title = リカバリーコードを使用
proof-recovery-hint = リカバリーコードを1つ入力してください。各コードは1回だけ使用できます。
proof-recovery-label = リカバリーコード
proof-passkey-title = パスキーを使用
proof-passkey-hint = デバイスで、指紋、顔、デバイスの PIN、またはセキュリティキーによる確認を求められます。
proof-passkey-button = パスキーを使用
proof-passkey-wrong = パスキーを確認できませんでした。もう一度試すか、別の方法をご利用ください。
# The person closed the window of the browser, or it took too long.
proof-passkey-stopped = パスキーは使用されませんでした。もう一度試すか、別の方法をご利用ください。
proof-passkey-impossible = このブラウザーでは、ここでパスキーを使用できません。別の方法をご利用ください。
# Heading over the other ways to continue.
proof-other = 別の方法を使用
proof-use-app = 認証アプリ
proof-use-passkey = パスキー
proof-use-recovery = リカバリーコード
# Button on the sign-in page, below the password.
proof-login-passkey = パスキーでログイン

## Factors (the sign-in methods of an account, which its person adds and removes)

# Heading of the list.
factors-title = ログイン方法
# Where only codes are sent.
factors-advice = パスキーまたは認証アプリを追加してください。途中で盗み取られることがなく、メッセージが届かないときにも使用できます。
factors-app = 認証アプリ
factors-passkey = パスキー
factors-sms = SMS
factors-email = メール
factors-recovery = リカバリーコード
# $moment is a date and time.
factors-used = 最終使用日時：{ $moment }
factors-unused = まだ使用されていません
factors-left = 残り{ $count }個
# A passkey that is copied to other devices of the person.
factors-synced = ほかのデバイスと同期済み
factors-add-app = 認証アプリを追加
factors-add-passkey = パスキーを追加
factors-make-codes = リカバリーコードを作成
factors-new-codes = リカバリーコードを再作成
# Link to the page of one method.
factors-change = 変更
factors-name = 名前
factors-name-hint = 後で見分けるための名前です（例：「スマートフォン」「青いキー」）。
factors-name-wrong = 名前は1～40文字で入力してください。
factors-save = 保存
factors-back = アカウントに戻る
factors-remove = 削除
factors-remove-advice = この方法ではログインできなくなり、ほかのすべてのブラウザーからログアウトされます。
factors-last = 登録されている方法はこれだけなので、削除できません。先に別の方法を追加してください。
# $moment is a date and time.
factors-recovered = リカバリーコードが使用されました。ご本人ではない場合に備えて、{ $moment } まではこの操作はできません。
factors-added = 完了しました。今後はこの方法でログインできます。ほかのすべてのブラウザーからログアウトしました。
factors-removed = 削除しました。ほかのすべてのブラウザーからログアウトしました。
factors-saved = 保存しました。
factors-full = 1つのアカウントに登録できる方法の上限に達しています。先にいずれかを削除してください。
factors-app-scan = 認証アプリでこの画像をスキャンしてください。
factors-app-picture = 認証アプリ用の QR コード
factors-app-type = または、次のキーをアプリに入力してください：
factors-app-code = アプリに表示されたコード
factors-app-wrong = コードが正しくありません。スマートフォンの時刻が正しいことを確認して、もう一度お試しください。
factors-over = 時間がかかりすぎたか、試行回数が多すぎます。最初からやり直してください。
factors-again = 最初からやり直す
factors-codes-title = リカバリーコード
factors-codes-advice = 印刷するか、パスワードマネージャーに保管してください。ログインに使うスマートフォンだけに保管しないでください。各コードは1回だけ使用できます。コードが表示されるのは今だけです。
factors-codes-replaced = 以前のリカバリーコードは使用できなくなりました。
factors-codes-kept = 保管しました
factors-passkey-hint = パスキーは、お使いのデバイス、パスワードマネージャー、またはセキュリティキーに保管されます。このサイトでしか使えないため、だまし取られることはありません。
factors-passkey-button = パスキーを作成
factors-passkey-known = このパスキーはすでに登録されています。
factors-passkey-refused = パスキーを追加できませんでした。もう一度お試しください。

## Consent (before a session is handed over to a site)

consent-title = { $site } に進みますか？
consent-asked-by = 別のウェブサイトのリンクが、あなたのアカウントで { $site } を開こうとしています。心当たりがある場合のみ続行してください。
consent-button = 続行

## Log-out

logout-title = ログアウトしますか？
logout-signed-in-as = { $name } としてログインしています。
logout-forget = このブラウザーも忘れる（次回のログインで確認コードが必要になります）
logout-button = ログアウト
logout-stay = ログインしたままにする

logout-switch = アカウントを切り替える

## Unsent (a form was sent after its session had ended)

unsent-title = フォームを受信できませんでした
unsent-happened = { $host } でフォームに入力している間にログアウトされたため、送信内容は届いていません。現在は再びログインしています。
unsent-advice = フォームに戻って、もう一度送信してください。入力した内容がブラウザに残っている場合があります。ブラウザの戻るボタンをご利用ください。
unsent-back = ページに戻る

## Framed (the app is shown inside another page)

framed-title = ログインが必要です
framed-happened = このアプリは別のページの中に表示されているため、ここでは安全にログインできません。
framed-button = 新しいタブでログイン
framed-advice = ログイン後、このページを再読み込みしてください。それでもログインを求められる場合は、アプリを単独のタブで開いてください。

## Problems

problem-bad-request-title = 不正なリクエストです
problem-bad-request-happened = ブラウザから送信されたリクエストを読み取れませんでした。
problem-bad-request-advice = 前のページに戻ってもう一度試すか、トップページに移動してください。
problem-forgery-title = このフォームは無効になりました
problem-forgery-happened = ページを開いてから時間が経ちすぎたか、フォームが別のサイトから送信されました。
problem-forgery-advice = ログインページを開いて、もう一度お試しください。問題が続く場合は、このサイトの Cookie を許可してください。
problem-forbidden-title = アクセス権がありません
problem-forbidden-happened = ログインしていますが、お使いのアカウントにはこのページへのアクセス権がありません。
problem-forbidden-advice = トップページに移動してください。アクセス権があるはずの場合は、サイト管理者にお問い合わせください。
problem-no-access-happened = { $name } としてログインしています。このアカウントにはこのページへのアクセス権がありません。
problem-not-found-title = ページが見つかりません
problem-not-found-happened = このアドレスにページはありません。
problem-not-found-advice = アドレスを確認するか、トップページに移動してください。
problem-method-not-allowed-title = 許可されていないメソッドです
problem-method-not-allowed-happened = このページでは、この種類のリクエストを受け付けていません。
problem-method-not-allowed-advice = 前のページに戻ってもう一度試すか、トップページに移動してください。
problem-path-too-long-title = アドレスが長すぎます
problem-path-too-long-happened = このアドレスのパスは、ゲートウェイで受け付けられる長さを超えています。
problem-path-too-long-advice = リンクを確認するか、トップページに移動してください。
problem-too-large-title = データが多すぎます
problem-too-large-happened = フォームのサイズが、このページで受け付けられる上限を超えています。
problem-too-large-advice = 前のページに戻り、データを減らして送信してください。
problem-head-too-large-title = ブラウザから送信された Cookie が多すぎます
problem-head-too-large-happened = このリクエストの Cookie やその他のフィールドが、このサイトで受け付けられるサイズを超えています。
problem-head-too-large-advice = ブラウザでこのサイトの Cookie を削除して、もう一度お試しください。問題が再び発生する場合は、サイト管理者にお問い合わせください。
problem-unsupported-media-type-title = このフォームを読み取れません
problem-unsupported-media-type-happened = フォームが、このページで受け付けていない形式で送信されました。
problem-unsupported-media-type-advice = ログインページを開き、そこにあるフォームをご利用ください。
problem-unknown-site-title = サイトが見つかりません
problem-unknown-site-happened = このアドレスにはサイトが設定されていません。
problem-unknown-site-advice = アドレスを確認してください。正しい場合は、サイト管理者にお問い合わせください。
problem-plain-http-title = 安全な接続が必要です
problem-plain-http-happened = このサイトは https でのみ利用できます。
problem-plain-http-advice = アドレスの先頭に https:// を付けて、もう一度開いてください。
problem-too-many-title = 試行回数が多すぎます
problem-too-many-happened = お使いのネットワークから、短時間に多数の試行がありました。
problem-too-many-advice = しばらく待ってから、もう一度お試しください。
problem-wait-advice = { $time }待ってから、もう一度お試しください。
problem-upstream-unreachable-title = サイトに接続できません
problem-upstream-unreachable-happened = お使いの環境の問題ではありません。このページの先にあるサイトが応答していません。
problem-upstream-unreachable-advice = しばらくしてからもう一度お試しください。問題が解決しない場合は、サイト管理者にお問い合わせください。
problem-upstream-timeout-title = サイトの応答に時間がかかりすぎています
problem-upstream-timeout-happened = お使いの環境の問題ではありません。このページの先にあるサイトが時間内に応答しませんでした。
problem-upstream-timeout-advice = しばらくしてからもう一度お試しください。問題が解決しない場合は、サイト管理者にお問い合わせください。
problem-unavailable-title = 一時的に利用できません
problem-unavailable-happened = お使いの環境の問題ではありません。現在、サービスを利用できません。
problem-unavailable-advice = しばらくしてからもう一度お試しください。問題が解決しない場合は、サイト管理者にお問い合わせください。
problem-loop-title = ログインが繰り返されています
problem-loop-happened = 1分以内に何度もログインしましたが、その後このサイトで認識されませんでした。
problem-loop-advice = このサイトの Cookie を許可し、デバイスの日付と時刻を確認してください。問題が再び発生する場合は、サイト管理者にお問い合わせください。
problem-internal-title = 問題が発生しました
problem-internal-happened = お使いの環境の問題ではありません。こちら側でエラーが発生しました。
problem-internal-advice = もう一度お試しください。問題が再び発生する場合は、下記の参照番号を添えてサイト管理者にお問い合わせください。
problem-sign-in = ログインに進む
problem-retry = もう一度試す
problem-home = トップページに移動
# Before the number by which the site owner finds the request in the log.
problem-reference = 参照番号
