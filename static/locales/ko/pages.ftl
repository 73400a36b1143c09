# Texts of the pages. A line with a brace holds a value: keep its name. Words in braces with -> choose a plural form.

## All pages

# The page title while something is wrong; a screen reader says it first.
common-error-title = 오류: { $title }
# Over the list of languages.
common-language = 언어
common-seconds = { $count }초
common-minutes = { $count }분
common-hours = { $count }시간
# A moment in UTC. $month is a number from 1 to 12, $time is like 05:34.
common-moment = { $year }년 { $month }월 { $day }일 { $time } UTC

## Sign-in

login-title = 로그인
# $host is the host name of the app that was asked for.
login-to-continue = { $host } 사이트로 이동
login-name = 이메일 또는 사용자 이름
login-password = 비밀번호
login-show = 표시
login-hide = 숨기기
login-show-password = 비밀번호 표시
login-button = 로그인
login-wrong = 로그인 정보가 올바르지 않습니다. 다시 시도하십시오.
# $time is a span such as "9 minutes".
login-wait = 시도 횟수가 너무 많습니다. { $time } 후에 다시 시도하십시오.
login-over = 로그인 유효 시간이 만료되었습니다. 다시 로그인하십시오.
login-guesses-used = 코드를 다섯 번 잘못 입력하여 로그인이 종료되었습니다. 새 코드를 받으려면 다시 로그인하십시오.
login-stale = 나중에 다른 탭에서 로그인 페이지를 다시 열었습니다. 비밀번호를 다시 입력하십시오.
login-no-cookie = 이 페이지를 연 지 1시간이 넘었거나 브라우저에서 쿠키를 차단하고 있습니다. 다시 시도하십시오. 같은 문제가 또 발생하면 이 사이트의 쿠키를 허용하십시오.
login-target-too-long = 열려고 한 주소가 너무 길어 저장할 수 없습니다. 로그인하면 메인 페이지로 이동합니다. 그때 주소를 다시 여십시오.
login-signed-out = 로그아웃되었습니다.
login-signed-out-unsaved = 로그아웃되었지만 서버에 아직 저장하지 못했습니다. 사이트 관리자에게 문의하십시오.

## Code

code-title = 인증 코드 입력
code-title-none = 인증 코드 받기
# $masked is a number such as +1 ••• ••• 67.
code-sent-sms = { $masked } 번호로 인증 코드를 문자 메시지로 보냈습니다.
# To be heard: $digits are the last digits of the number.
code-sent-sms-spoken = 끝자리가 { $digits }인 번호로 인증 코드를 문자 메시지로 보냈습니다.
code-sent-email = { $masked } 주소로 인증 코드를 이메일로 보냈습니다.
code-sent-email-spoken = 첫 글자가 { $letter }인 주소로 인증 코드를 이메일로 보냈습니다.
code-code = 인증 코드
code-digits = 숫자 { $count }자리
code-characters = 영문자 또는 숫자 { $count }자
code-valid-for = 코드는 { $time } 동안 유효합니다.
code-expires-soon = 코드가 1분 이내에 만료됩니다.
code-expired = 코드가 만료되었습니다. 새 코드를 요청하십시오.
code-by-itself = 코드를 모두 입력하면 자동으로 다음 단계로 넘어갑니다.
code-remember-days = 이 브라우저에서 { $count }일 동안 인증 코드 묻지 않기
code-remember-hours = 이 브라우저에서 { $count }시간 동안 인증 코드 묻지 않기
code-button = 계속
code-sent = 인증 코드를 보냈습니다.
code-wrong = 코드가 올바르지 않거나 만료되었습니다
code-guesses-left = { $count }번 더 시도할 수 있습니다.
code-unsent = 코드를 보낼 수 없습니다. 다시 시도하거나 다른 방법을 사용하십시오.
code-unsent-only = 코드를 보낼 수 없습니다. 잠시 후 다시 시도하십시오.
code-unchecked = 코드를 확인할 수 없습니다. 처음부터 시작할 필요는 없습니다. 다시 시도하거나 다른 방법을 사용하십시오.
code-unchecked-only = 코드를 확인할 수 없습니다. 처음부터 시작할 필요는 없습니다. 잠시 후 다시 시도하십시오.
code-none = 유효한 코드가 없습니다. 코드가 만료되었거나 전송되지 않았습니다. 새 코드를 요청하십시오.
code-wait-guess = 시도 횟수가 너무 많습니다. { $time } 후에 다시 시도하십시오.
code-wait-send = { $time } 후에 새 코드를 요청할 수 있습니다.
code-limit = 코드를 너무 많이 요청했습니다. { $time } 후에 다시 시도하거나 다른 방법을 사용하십시오.
code-no-destination = 이 방법은 계정에 설정되어 있지 않습니다. 다른 방법을 사용하십시오.
code-no-way = 이 계정으로는 코드를 보낼 수 없습니다. 사이트 관리자에게 문의하십시오.
# Shown after another code was requested.
code-newest = 메시지를 여러 개 받은 경우 가장 최근 메시지의 코드를 사용하십시오.
code-again = 코드를 받지 못하셨습니까?
code-send-again = 다시 보내기
code-by-sms = 문자 메시지 보내기
code-by-email = 이메일 보내기
# Before a clock that counts down.
code-next-in = 새 코드를 요청할 수 있을 때까지 남은 시간:
code-ready = 이제 새 코드를 요청할 수 있습니다.
code-start-over = 처음부터 다시 시작

## Confirm (a signed-in person is asked for a code again)

confirm-title = 본인 확인
confirm-asked-by = { $host } 사이트의 페이지에서 새 인증 코드를 요구합니다.

## Account

account-title = 로그인되어 있습니다
account-who = 계정
account-since = 로그인 시간
account-sms-limits = SMS 코드는 입력한 코드를 가로채 전달하는 가짜 페이지나 전화번호 도용을 막을 수 없습니다. 코드는 { $host } 사이트에서만 입력하고 누구에게도 알려 주지 마십시오.
account-home = { $host } 사이트로 이동
account-no-code-until = 이 브라우저에서 인증 코드가 필요 없는 기한
account-other-browsers = 다른 브라우저 { $count }개에서 인증 코드가 필요하지 않습니다.
account-forget-this = 이 브라우저 잊기
account-forget-all = 모든 브라우저 잊기
account-forgotten = 완료되었습니다. 다음 로그인에서 다시 인증 코드를 묻습니다.
account-log-out = 로그아웃
account-apps = 내 앱

## Proof (a second factor that the person has: authenticator app, passkey, recovery code)

proof-app-title = 앱의 인증 코드 입력
# $product is the name of this service, as the app shows it.
proof-app-hint = 인증 앱을 열고 { $product } 항목에 표시된 코드를 입력하십시오.
proof-recovery-title = 복구 코드 사용
proof-recovery-hint = 복구 코드 중 하나를 입력하십시오. 각 코드는 한 번만 사용할 수 있습니다.
proof-recovery-label = 복구 코드
proof-passkey-title = 패스키 사용
proof-passkey-hint = 기기에서 지문, 얼굴, 기기 PIN 또는 보안 키를 요청합니다.
proof-passkey-button = 패스키 사용
proof-passkey-wrong = 패스키가 승인되지 않았습니다. 다시 시도하거나 다른 방법을 사용하십시오.
# The person closed the window of the browser, or it took too long.
proof-passkey-stopped = 패스키가 사용되지 않았습니다. 다시 시도하거나 다른 방법을 사용하십시오.
proof-passkey-impossible = 이 브라우저에서는 여기서 패스키를 사용할 수 없습니다. 다른 방법을 사용하십시오.
# Heading over the other ways to continue.
proof-other = 다른 방법 사용
proof-use-app = 인증 앱
proof-use-passkey = 패스키
proof-use-recovery = 복구 코드
# Button on the sign-in page, below the password.
proof-login-passkey = 패스키로 로그인

## Factors (the sign-in methods of an account, which its person adds and removes)

# Heading of the list.
factors-title = 로그인 방법
# Where only codes are sent.
factors-advice = 패스키나 인증 앱을 추가하십시오. 아무도 가로챌 수 없으며 메시지가 오지 않을 때도 사용할 수 있습니다.
factors-app = 인증 앱
factors-passkey = 패스키
factors-sms = 문자 메시지
factors-email = 이메일
factors-recovery = 복구 코드
# $moment is a date and time.
factors-used = 마지막 사용: { $moment }
factors-unused = 아직 사용하지 않음
factors-left = 코드 { $count }개 남음
# A passkey that is copied to other devices of the person.
factors-synced = 다른 기기와 동기화됨
factors-add-app = 인증 앱 추가
factors-add-passkey = 패스키 추가
factors-make-codes = 복구 코드 만들기
factors-new-codes = 복구 코드 교체
# Link to the page of one method.
factors-change = 변경
factors-name = 이름
factors-name-hint = 나중에 알아볼 수 있는 이름입니다. 예: ‘휴대전화’ 또는 ‘파란색 키’
factors-name-wrong = 이름은 1~40자여야 합니다.
factors-save = 저장
factors-back = 계정으로 돌아가기
factors-remove = 삭제
factors-remove-advice = 더 이상 이 방법으로 로그인할 수 없으며 다른 모든 브라우저에서 로그아웃됩니다.
factors-last = 유일한 로그인 방법이므로 삭제할 수 없습니다. 먼저 다른 방법을 추가하십시오.
# $moment is a date and time.
factors-recovered = 복구 코드를 사용했습니다. 본인이 아닌 경우에 대비하여 { $moment }까지 이 작업을 할 수 없습니다.
factors-added = 완료되었습니다. 이제부터 이 방법으로 로그인할 수 있습니다. 다른 모든 브라우저에서 로그아웃되었습니다.
factors-removed = 삭제되었습니다. 다른 모든 브라우저에서 로그아웃되었습니다.
factors-saved = 저장되었습니다.
factors-full = 계정에 추가할 수 있는 방법의 최대 개수에 도달했습니다. 먼저 하나를 삭제하십시오.
factors-app-scan = 인증 앱으로 이 이미지를 스캔하십시오.
factors-app-picture = 인증 앱용 QR 코드
factors-app-type = 또는 다음 키를 앱에 입력하십시오:
factors-app-code = 앱에 표시된 코드
factors-app-wrong = 코드가 올바르지 않습니다. 휴대전화의 시간이 정확한지 확인한 후 다시 시도하십시오.
factors-over = 시간이 너무 오래 걸렸거나 시도 횟수가 너무 많습니다. 처음부터 다시 시작하십시오.
factors-again = 처음부터 다시 시작
factors-codes-title = 내 복구 코드
factors-codes-advice = 인쇄하거나 비밀번호 관리자에 보관하십시오. 로그인에 사용하는 휴대전화에만 보관하지 마십시오. 각 코드는 한 번만 사용할 수 있습니다. 코드는 지금만 표시됩니다.
factors-codes-replaced = 이전 복구 코드는 더 이상 사용할 수 없습니다.
factors-codes-kept = 보관했습니다
factors-passkey-hint = 패스키는 기기, 비밀번호 관리자 또는 보안 키에 보관됩니다. 이 사이트에서만 작동하므로 아무도 속임수로 패스키를 빼낼 수 없습니다.
factors-passkey-button = 패스키 만들기
factors-passkey-known = 이미 등록된 패스키입니다.
factors-passkey-refused = 패스키를 추가할 수 없습니다. 다시 시도하십시오.

## Consent (before a session is handed over to a site)

consent-title = { $site } 사이트로 계속 이동하시겠습니까?
consent-asked-by = 다른 웹사이트의 링크가 내 계정으로 { $site } 사이트를 열려고 합니다. 예상한 동작인 경우에만 계속하십시오.
consent-button = 계속

## Log-out

logout-title = 로그아웃하시겠습니까?
logout-signed-in-as = { $name } 계정으로 로그인되어 있습니다.
logout-forget = 이 브라우저도 잊기: 다음 로그인에서 인증 코드를 묻습니다
logout-button = 로그아웃
logout-stay = 로그인 유지

logout-switch = 계정 전환

## Unsent (a form was sent after its session had ended)

unsent-title = 양식이 전송되지 않았습니다
unsent-happened = { $host } 사이트에서 양식을 작성하는 동안 로그아웃되어 보낸 내용이 전달되지 않았습니다. 지금은 다시 로그인되었습니다.
unsent-advice = 양식으로 돌아가 다시 보내십시오. 입력한 내용이 브라우저에 남아 있을 수 있으니 브라우저의 뒤로 버튼을 사용하십시오.
unsent-back = 페이지로 돌아가기

## Framed (the app is shown inside another page)

framed-title = 로그인 필요
framed-happened = 이 앱은 다른 페이지 안에 표시되어 있어 여기에서는 안전하게 로그인할 수 없습니다.
framed-button = 새 탭에서 로그인
framed-advice = 로그인한 후 이 페이지를 새로고침하십시오. 그래도 로그인하라는 메시지가 표시되면 앱을 별도의 탭에서 여십시오.

## Problems

problem-bad-request-title = 잘못된 요청
problem-bad-request-happened = 브라우저에서 보낸 요청을 읽을 수 없습니다.
problem-bad-request-advice = 뒤로 돌아가 다시 시도하거나 메인 페이지로 이동하십시오.
problem-forgery-title = 더 이상 유효하지 않은 양식
problem-forgery-happened = 페이지가 너무 오래 열려 있었거나 양식이 다른 사이트에서 전송되었습니다.
problem-forgery-advice = 로그인 페이지를 열고 다시 시도하십시오. 문제가 계속되면 이 사이트의 쿠키를 허용하십시오.
problem-forbidden-title = 액세스 권한이 없습니다
problem-forbidden-happened = 로그인되어 있지만 이 계정에는 이 페이지에 대한 액세스 권한이 없습니다.
problem-forbidden-advice = 메인 페이지로 이동하십시오. 액세스 권한이 있어야 한다고 생각되면 사이트 관리자에게 문의하십시오.
problem-no-access-happened = { $name } 계정으로 로그인되어 있습니다. 이 계정에는 이 페이지에 대한 액세스 권한이 없습니다.
problem-not-found-title = 페이지를 찾을 수 없음
problem-not-found-happened = 이 주소에 해당하는 페이지가 없습니다.
problem-not-found-advice = 주소를 확인하거나 메인 페이지로 이동하십시오.
problem-method-not-allowed-title = 허용되지 않는 메서드
problem-method-not-allowed-happened = 이 페이지에서는 이러한 종류의 요청을 허용하지 않습니다.
problem-method-not-allowed-advice = 뒤로 돌아가 다시 시도하거나 메인 페이지로 이동하십시오.
problem-path-too-long-title = 주소가 너무 깁니다
problem-path-too-long-happened = 이 주소의 경로가 게이트웨이에서 허용하는 길이를 초과합니다.
problem-path-too-long-advice = 링크를 확인하거나 메인 페이지로 이동하십시오.
problem-too-large-title = 데이터가 너무 많습니다
problem-too-large-happened = 양식이 이 페이지에서 허용하는 크기를 초과합니다.
problem-too-large-advice = 뒤로 돌아가 데이터를 줄여서 보내십시오.
problem-head-too-large-title = 브라우저에서 쿠키를 너무 많이 보냈습니다
problem-head-too-large-happened = 이 요청의 쿠키와 기타 필드가 이 사이트에서 허용하는 크기를 초과합니다.
problem-head-too-large-advice = 브라우저에서 이 사이트의 쿠키를 삭제하고 다시 시도하십시오. 문제가 다시 발생하면 사이트 관리자에게 문의하십시오.
problem-unsupported-media-type-title = 양식을 읽을 수 없습니다
problem-unsupported-media-type-happened = 양식이 이 페이지에서 허용하지 않는 형식으로 전송되었습니다.
problem-unsupported-media-type-advice = 로그인 페이지를 열고 그곳의 양식을 사용하십시오.
problem-unknown-site-title = 사이트를 찾을 수 없음
problem-unknown-site-happened = 이 주소에 설정된 사이트가 없습니다.
problem-unknown-site-advice = 주소를 확인하십시오. 주소가 올바르면 사이트 관리자에게 문의하십시오.
problem-plain-http-title = 보안 연결 필요
problem-plain-http-happened = 이 사이트는 https로만 이용할 수 있습니다.
problem-plain-http-advice = 주소 앞에 https://를 붙여 다시 여십시오.
problem-too-many-title = 시도 횟수가 너무 많습니다
problem-too-many-happened = 사용 중인 네트워크에서 짧은 시간에 너무 많은 시도가 있었습니다.
problem-too-many-advice = 잠시 기다린 후 다시 시도하십시오.
problem-wait-advice = { $time } 후에 다시 시도하십시오.
problem-upstream-unreachable-title = 사이트에 연결할 수 없음
problem-upstream-unreachable-happened = 사용자 측 문제가 아닙니다. 이 페이지에 연결된 사이트가 응답하지 않습니다.
problem-upstream-unreachable-advice = 잠시 후 다시 시도하십시오. 문제가 계속되면 사이트 관리자에게 문의하십시오.
problem-upstream-timeout-title = 사이트 응답 시간 초과
problem-upstream-timeout-happened = 사용자 측 문제가 아닙니다. 이 페이지에 연결된 사이트가 제시간에 응답하지 않았습니다.
problem-upstream-timeout-advice = 잠시 후 다시 시도하십시오. 문제가 계속되면 사이트 관리자에게 문의하십시오.
problem-unavailable-title = 일시적으로 사용할 수 없음
problem-unavailable-happened = 사용자 측 문제가 아닙니다. 현재 서비스를 사용할 수 없습니다.
problem-unavailable-advice = 잠시 후 다시 시도하십시오. 문제가 계속되면 사이트 관리자에게 문의하십시오.
problem-loop-title = 로그인이 계속 반복됩니다
problem-loop-happened = 1분 안에 여러 번 로그인했지만 그 후 이 사이트에서 로그인을 인식하지 못했습니다.
problem-loop-advice = 이 사이트의 쿠키를 허용하고 기기의 날짜와 시간을 확인하십시오. 문제가 다시 발생하면 사이트 관리자에게 문의하십시오.
problem-internal-title = 문제가 발생했습니다
problem-internal-happened = 사용자 측 문제가 아닙니다. 서비스에서 오류가 발생했습니다.
problem-internal-advice = 다시 시도하십시오. 문제가 다시 발생하면 사이트 관리자에게 문의하고 아래 참조 번호를 알려 주십시오.
problem-sign-in = 로그인으로 이동
problem-retry = 다시 시도
problem-home = 메인 페이지로 이동
# Before the number by which the site owner finds the request in the log.
problem-reference = 참조 번호
