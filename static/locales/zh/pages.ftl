# Texts of the pages. A line with a brace holds a value: keep its name. Words in braces with -> choose a plural form.

## All pages

# The page title while something is wrong; a screen reader says it first.
common-error-title = 错误：{ $title }
# Over the list of languages.
common-language = 语言
common-seconds = { $count } 秒
common-minutes = { $count } 分钟
common-hours = { $count } 小时
# A moment in UTC. $month is a number from 1 to 12, $time is like 05:34.
common-moment = { $year }年{ $month }月{ $day }日 { $time } UTC

## Sign-in

login-title = 登录
# $host is the host name of the app that was asked for.
login-to-continue = 继续前往 { $host }
login-name = 电子邮箱或用户名
login-password = 密码
login-show = 显示
login-hide = 隐藏
login-show-password = 显示密码
login-button = 登录
login-wrong = 登录信息有误，请重试。
# $time is a span such as "9 minutes".
login-wait = 尝试次数过多。请等待 { $time }后重试。
login-over = 本次登录已过期，请重新登录。
login-guesses-used = 您已五次输入错误的验证码，本次登录已终止。请重新登录以获取新的验证码。
login-stale = 您后来又在另一个标签页中打开了登录页面。请重新输入密码。
login-no-cookie = 此页面已打开超过一小时，或者您的浏览器阻止了 Cookie。请重试；如果再次出现此问题，请允许本网站使用 Cookie。
login-target-too-long = 您打开的网址过长，无法保留。登录后您将进入首页，届时请重新打开该网址。
login-signed-out = 您已退出登录。
login-signed-out-unsaved = 您已退出登录，但服务器尚未能保存这一状态。请联系网站管理员。

## Code

code-title = 输入验证码
code-title-none = 获取验证码
# $masked is a number such as +1 ••• ••• 67.
code-sent-sms = 验证码短信已发送至 { $masked }。
# To be heard: $digits are the last digits of the number.
code-sent-sms-spoken = 验证码短信已发送至尾号为 { $digits } 的号码。
code-sent-email = 验证码邮件已发送至 { $masked }。
code-sent-email-spoken = 验证码邮件已发送至以 { $letter } 开头的邮箱。
code-code = 验证码
code-digits = { $count } 位数字
code-characters = { $count } 位字母或数字
code-valid-for = 验证码在 { $time }内有效。
code-expires-soon = 验证码将在一分钟内失效。
code-expired = 验证码已过期。请重新获取。
code-by-itself = 验证码输入完整后，页面会自动继续。
code-remember-days = { $count } 天内在此浏览器中不再要求验证码
code-remember-hours = { $count } 小时内在此浏览器中不再要求验证码
code-button = 继续
code-sent = 验证码已发送。
code-wrong = 验证码错误或已过期
code-guesses-left = 您还可以尝试 { $count } 次。
code-unsent = 无法发送验证码。请重试或使用其他方式。
code-unsent-only = 无法发送验证码。请稍后重试。
code-unchecked = 无法核对验证码。您无需从头开始，请重试或使用其他方式。
code-unchecked-only = 无法核对验证码。您无需从头开始，请稍后重试。
code-none = 目前没有有效的验证码：验证码已过期或尚未发送。请重新获取。
code-wait-guess = 尝试次数过多。请等待 { $time }后重试。
code-wait-send = { $time }后可以重新获取验证码。
code-limit = 获取验证码的次数过多。请在 { $time }后重试，或使用其他方式。
code-no-destination = 您的账号未设置此方式。请使用其他方式。
code-no-way = 无法向此账号发送验证码。请联系网站管理员。
# Shown after another code was requested.
code-newest = 如果您收到了多条消息，请使用最新一条中的验证码。
code-again = 没有收到验证码？
code-send-again = 重新发送
code-by-sms = 发送短信
code-by-email = 发送邮件
# Before a clock that counts down.
code-next-in = 距离可以重新获取验证码还有
code-ready = 现在可以重新获取验证码。
code-start-over = 重新开始

## Confirm (a signed-in person is asked for a code again)

confirm-title = 验证您的身份
confirm-asked-by = { $host } 上的页面需要新的验证码。

## Account

account-title = 您已登录
account-who = 账号
account-since = 登录时间
account-sms-limits = 短信验证码无法防范会转发验证码的虚假页面，也无法防范盗用您电话号码的人：请只在 { $host } 上输入验证码，切勿将验证码告诉任何人。
account-home = 前往 { $host }
account-no-code-until = 此浏览器无需验证码，直到
account-other-browsers = 另有 { $count } 个浏览器不需要验证码。
account-forget-this = 忘记此浏览器
account-forget-all = 忘记所有浏览器
account-forgotten = 已完成。下次登录时会再次要求验证码。
account-log-out = 退出登录
account-apps = 您的应用

## Proof (a second factor that the person has: authenticator app, passkey, recovery code)

proof-app-title = 输入应用中的验证码
# $product is the name of this service, as the app shows it.
proof-app-hint = 请打开您的身份验证器应用，输入其中显示的 { $product } 验证码。
proof-recovery-title = 使用恢复代码
proof-recovery-hint = 请输入您的一个恢复代码。每个恢复代码只能使用一次。
proof-recovery-label = 恢复代码
proof-passkey-title = 使用您的通行密钥
proof-passkey-hint = 您的设备会要求验证您的指纹、面孔、设备 PIN 码或安全密钥。
proof-passkey-button = 使用通行密钥
proof-passkey-wrong = 通行密钥未被接受。请重试或使用其他方式。
# The person closed the window of the browser, or it took too long.
proof-passkey-stopped = 未使用通行密钥。请重试或使用其他方式。
proof-passkey-impossible = 此浏览器无法在这里使用通行密钥。请使用其他方式。
# Heading over the other ways to continue.
proof-other = 使用其他方式
proof-use-app = 身份验证器应用
proof-use-passkey = 通行密钥
proof-use-recovery = 恢复代码
# Button on the sign-in page, below the password.
proof-login-passkey = 使用通行密钥登录

## Factors (the sign-in methods of an account, which its person adds and removes)

# Heading of the list.
factors-title = 登录方式
# Where only codes are sent.
factors-advice = 请添加通行密钥或身份验证器应用：它们不会被他人截获，收不到消息时也能使用。
factors-app = 身份验证器应用
factors-passkey = 通行密钥
factors-sms = 短信
factors-email = 电子邮件
factors-recovery = 恢复代码
# $moment is a date and time.
factors-used = 上次使用时间：{ $moment }
factors-unused = 尚未使用
factors-left = 剩余 { $count } 个代码
# A passkey that is copied to other devices of the person.
factors-synced = 已同步到您的其他设备
factors-add-app = 添加身份验证器应用
factors-add-passkey = 添加通行密钥
factors-make-codes = 生成恢复代码
factors-new-codes = 更换恢复代码
# Link to the page of one method.
factors-change = 更改
factors-name = 名称
factors-name-hint = 便于您日后辨认，例如“手机”或“蓝色密钥”。
factors-name-wrong = 名称长度应为 1 到 40 个字符。
factors-save = 保存
factors-back = 返回您的账号
factors-remove = 移除
factors-remove-advice = 移除后，您将无法再用此方式登录，并且您的所有其他浏览器都会退出登录。
factors-last = 这是您唯一的登录方式，因此无法移除。请先添加其他方式。
# $moment is a date and time.
factors-recovered = 您使用了恢复代码。为防并非您本人操作，在 { $moment } 之前无法进行此操作。
factors-added = 已完成。今后您可以用此方式登录。您的所有其他浏览器均已退出登录。
factors-removed = 已移除。您的所有其他浏览器均已退出登录。
factors-saved = 已保存。
factors-full = 您的登录方式数量已达账号上限。请先移除一种。
factors-app-scan = 请使用您的身份验证器应用扫描此图片。
factors-app-picture = 用于身份验证器应用的二维码
factors-app-type = 或者在应用中输入此密钥：
factors-app-code = 应用中显示的验证码
factors-app-wrong = 验证码不正确。请检查手机的时间是否准确，然后重试。
factors-over = 用时过长或尝试次数过多。请重新开始。
factors-again = 重新开始
factors-codes-title = 您的恢复代码
factors-codes-advice = 请打印出来或保存在密码管理器中，不要只存放在您用来登录的手机上。每个恢复代码只能使用一次。它们仅在此时显示。
factors-codes-replaced = 您之前的恢复代码已失效。
factors-codes-kept = 我已妥善保存
factors-passkey-hint = 通行密钥保存在您的设备、密码管理器或安全密钥中。它只能在本网站使用，因此没有人能骗您交出它。
factors-passkey-button = 创建通行密钥
factors-passkey-known = 此通行密钥已注册。
factors-passkey-refused = 无法添加通行密钥。请重试。

## Consent (before a session is handed over to a site)

consent-title = 要继续前往 { $site } 吗？
consent-asked-by = 另一个网站上的链接想以您的身份打开 { $site }。如果这并非您预期的操作，请不要继续。
consent-button = 继续

## Log-out

logout-title = 要退出登录吗？
logout-signed-in-as = 您当前以 { $name } 的身份登录。
logout-forget = 同时忘记此浏览器：下次登录时会要求验证码
logout-button = 退出登录
logout-stay = 保持登录

logout-switch = 切换账号

## Unsent (a form was sent after its session had ended)

unsent-title = 未收到您的表单
unsent-happened = 您在 { $host } 上填写表单时，登录状态已失效，因此您提交的内容未能送达。您现在已重新登录。
unsent-advice = 请返回表单并重新提交。您的浏览器可能还保留着您输入的内容：请使用浏览器的后退按钮。
unsent-back = 返回页面

## Framed (the app is shown inside another page)

framed-title = 需要登录
framed-happened = 此应用显示在另一个页面中，在这里登录不安全。
framed-button = 在新标签页中登录
framed-advice = 登录后请重新加载此页面。如果仍要求您登录，请在单独的标签页中打开此应用。

## Problems

problem-bad-request-title = 请求无效
problem-bad-request-happened = 您的浏览器发送的请求无法识别。
problem-bad-request-advice = 请返回重试，或前往首页。
problem-forgery-title = 此表单已失效
problem-forgery-happened = 页面打开时间过长，或者表单来自其他网站。
problem-forgery-advice = 请打开登录页面重试。如果问题反复出现，请允许本网站使用 Cookie。
problem-forbidden-title = 您没有访问权限
problem-forbidden-happened = 您已登录，但您的账号无权访问此页面。
problem-forbidden-advice = 请前往首页。如果您认为自己应有访问权限，请联系网站管理员。
problem-no-access-happened = 您当前以 { $name } 的身份登录。此账号无权访问此页面。
problem-not-found-title = 找不到页面
problem-not-found-happened = 此网址没有对应的页面。
problem-not-found-advice = 请检查网址，或前往首页。
problem-method-not-allowed-title = 不允许此请求方法
problem-method-not-allowed-happened = 此页面不接受这类请求。
problem-method-not-allowed-advice = 请返回重试，或前往首页。
problem-path-too-long-title = 网址过长
problem-path-too-long-happened = 此网址的路径超出了网关允许的长度。
problem-path-too-long-advice = 请检查链接，或前往首页。
problem-too-large-title = 数据过多
problem-too-large-happened = 表单大小超出了此页面允许的上限。
problem-too-large-advice = 请返回并减少提交的数据。
problem-head-too-large-title = 您的浏览器发送的 Cookie 过多
problem-head-too-large-happened = 此请求中的 Cookie 和其他字段超出了本网站允许的大小。
problem-head-too-large-advice = 请在浏览器中删除本网站的 Cookie，然后重试。如果再次出现此问题，请联系网站管理员。
problem-unsupported-media-type-title = 无法读取此表单
problem-unsupported-media-type-happened = 表单的提交格式不被此页面接受。
problem-unsupported-media-type-advice = 请打开登录页面，并使用其中的表单。
problem-unknown-site-title = 找不到网站
problem-unknown-site-happened = 此网址没有配置任何网站。
problem-unknown-site-advice = 请检查网址。如果网址无误，请联系网站管理员。
problem-plain-http-title = 需要安全连接
problem-plain-http-happened = 本网站只能通过 https 访问。
problem-plain-http-advice = 请在网址前加上 https://，然后重新打开。
problem-too-many-title = 尝试次数过多
problem-too-many-happened = 您所在的网络在短时间内尝试次数过多。
problem-too-many-advice = 请稍等片刻，然后重试。
problem-wait-advice = 请等待 { $time }后重试。
problem-upstream-unreachable-title = 无法连接到网站
problem-upstream-unreachable-happened = 这不是您的问题：此页面背后的网站没有响应。
problem-upstream-unreachable-advice = 请稍后重试。如果问题仍然存在，请联系网站管理员。
problem-upstream-timeout-title = 网站响应超时
problem-upstream-timeout-happened = 这不是您的问题：此页面背后的网站未能及时响应。
problem-upstream-timeout-advice = 请稍后重试。如果问题仍然存在，请联系网站管理员。
problem-unavailable-title = 暂时无法使用
problem-unavailable-happened = 这不是您的问题：服务目前不可用。
problem-unavailable-advice = 请稍后重试。如果问题仍然存在，请联系网站管理员。
problem-loop-title = 登录不断重新开始
problem-loop-happened = 您在一分钟内多次登录，但之后本网站都未能识别您。
problem-loop-advice = 请允许本网站使用 Cookie，并检查设备的日期和时间。如果再次出现此问题，请联系网站管理员。
problem-internal-title = 出了点问题
problem-internal-happened = 这不是您的问题：我们这边发生了错误。
problem-internal-advice = 请重试。如果再次出现此问题，请联系网站管理员，并提供下方的参考编号。
problem-sign-in = 前往登录
problem-retry = 重试
problem-home = 前往首页
# Before the number by which the site owner finds the request in the log.
problem-reference = 参考编号
