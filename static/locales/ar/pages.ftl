# Texts of the pages. A line with a brace holds a value: keep its name. Words in braces with -> choose a plural form.

## All pages

# The page title while something is wrong; a screen reader says it first.
common-error-title = خطأ: { $title }
# Over the list of languages.
common-language = اللغة
common-seconds = { $count ->
    [zero] { $count } ثانية
    [one] ثانية واحدة
    [two] ثانيتين
    [few] { $count } ثوانٍ
    [many] { $count } ثانية
   *[other] { $count } ثانية
}
common-minutes = { $count ->
    [zero] { $count } دقيقة
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $count } دقائق
    [many] { $count } دقيقة
   *[other] { $count } دقيقة
}
common-hours = { $count ->
    [zero] { $count } ساعة
    [one] ساعة واحدة
    [two] ساعتين
    [few] { $count } ساعات
    [many] { $count } ساعة
   *[other] { $count } ساعة
}
# A moment in UTC. $month is a number from 1 to 12, $time is like 05:34.
common-moment = { $day } { $month ->
    [1] يناير
    [2] فبراير
    [3] مارس
    [4] أبريل
    [5] مايو
    [6] يونيو
    [7] يوليو
    [8] أغسطس
    [9] سبتمبر
    [10] أكتوبر
    [11] نوفمبر
   *[12] ديسمبر
} { $year }، الساعة { $time } بتوقيت UTC

## Sign-in

login-title = تسجيل الدخول
# $host is the host name of the app that was asked for.
login-to-continue = للمتابعة إلى { $host }
login-name = البريد الإلكتروني أو اسم المستخدم
login-password = كلمة المرور
login-show = إظهار
login-hide = إخفاء
login-show-password = إظهار كلمة المرور
login-button = تسجيل الدخول
login-wrong = بيانات تسجيل الدخول غير صحيحة. يُرجى إعادة المحاولة.
# $time is a span such as "9 minutes".
login-wait = محاولات كثيرة جدًا. يُرجى الانتظار { $time } ثم إعادة المحاولة.
login-over = انتهت صلاحية عملية تسجيل الدخول هذه. يُرجى تسجيل الدخول مرة أخرى.
login-guesses-used = كان هذا آخر رمز خاطئ من أصل خمسة، ولذلك انتهت عملية تسجيل الدخول هذه. يُرجى تسجيل الدخول مرة أخرى للحصول على رمز جديد.
login-stale = تم فتح صفحة تسجيل الدخول بعد ذلك في علامة تبويب أخرى. يُرجى إدخال كلمة المرور مرة أخرى.
login-no-cookie = ظلّت هذه الصفحة مفتوحة لأكثر من ساعة، أو أن متصفّحك يحظر ملفات تعريف الارتباط. يُرجى إعادة المحاولة، وإذا تكرّر ذلك، فيُرجى السماح بملفات تعريف الارتباط لهذا الموقع.
login-target-too-long = العنوان الذي فتحته أطول من أن يُحفظ. بعد تسجيل الدخول ستظهر الصفحة الرئيسية، ويُرجى حينها فتح العنوان مرة أخرى.
login-signed-out = تم تسجيل خروجك.
login-signed-out-unsaved = تم تسجيل خروجك، ولكن تعذّر على الخادم حفظ ذلك حتى الآن. يُرجى التواصل مع إدارة الموقع.

## Code

code-title = إدخال الرمز
code-title-none = الحصول على رمز
# $masked is a number such as +1 ••• ••• 67.
code-sent-sms = تم إرسال رسالة نصية تتضمّن الرمز إلى { $masked }.
# To be heard: $digits are the last digits of the number.
code-sent-sms-spoken = تم إرسال رسالة نصية تتضمّن الرمز إلى الرقم الذي ينتهي بـ { $digits }.
code-sent-email = تم إرسال رسالة إلكترونية تتضمّن الرمز إلى { $masked }.
code-sent-email-spoken = تم إرسال رسالة إلكترونية تتضمّن الرمز إلى العنوان الذي يبدأ بالحرف { $letter }.
code-code = الرمز
code-digits = { $count ->
    [zero] { $count } رقم
    [one] رقم واحد
    [two] رقمان
    [few] { $count } أرقام
    [many] { $count } رقمًا
   *[other] { $count } رقم
}
code-characters = { $count ->
    [zero] { $count } حرف أو رقم
    [one] حرف واحد أو رقم واحد
    [two] حرفان أو رقمان
    [few] { $count } أحرف أو أرقام
    [many] { $count } حرفًا أو رقمًا
   *[other] { $count } حرف أو رقم
}
code-valid-for = الرمز صالح لمدة { $time }.
code-expires-soon = تنتهي صلاحية الرمز خلال أقل من دقيقة.
code-expired = انتهت صلاحية الرمز. يُرجى طلب رمز جديد.
code-by-itself = تنتقل هذه الصفحة إلى الخطوة التالية تلقائيًا عند اكتمال الرمز.
code-remember-days = { $count ->
    [one] عدم طلب رمز في هذا المتصفح لمدة يوم واحد
    [two] عدم طلب رمز في هذا المتصفح لمدة يومين
    [few] عدم طلب رمز في هذا المتصفح لمدة { $count } أيام
    [many] عدم طلب رمز في هذا المتصفح لمدة { $count } يومًا
   *[other] عدم طلب رمز في هذا المتصفح لمدة { $count } يوم
}
code-remember-hours = { $count ->
    [one] عدم طلب رمز في هذا المتصفح لمدة ساعة واحدة
    [two] عدم طلب رمز في هذا المتصفح لمدة ساعتين
    [few] عدم طلب رمز في هذا المتصفح لمدة { $count } ساعات
    [many] عدم طلب رمز في هذا المتصفح لمدة { $count } ساعة
   *[other] عدم طلب رمز في هذا المتصفح لمدة { $count } ساعة
}
code-button = متابعة
code-sent = تم إرسال رمز التحقق.
code-wrong = الرمز غير صحيح أو منتهي الصلاحية
code-guesses-left = { $count ->
    [zero] لم تتبقَّ لديك أي محاولة.
    [one] تبقّت لديك محاولة واحدة.
    [two] تبقّت لديك محاولتان.
    [few] تبقّت لديك { $count } محاولات.
    [many] تبقّت لديك { $count } محاولة.
   *[other] تبقّت لديك { $count } محاولة.
}
code-unsent = تعذّر إرسال الرمز. يُرجى إعادة المحاولة أو استخدام طريقة أخرى.
code-unsent-only = تعذّر إرسال الرمز. يُرجى إعادة المحاولة بعد قليل.
code-unchecked = تعذّر التحقق من الرمز. لم يضِع أي شيء: يُرجى إعادة المحاولة أو استخدام طريقة أخرى.
code-unchecked-only = تعذّر التحقق من الرمز. لم يضِع أي شيء: يُرجى إعادة المحاولة بعد قليل.
code-none = لا يوجد رمز صالح: إما أن صلاحيته انتهت أو لم يتم إرسال أي رمز. يُرجى طلب رمز جديد.
code-wait-guess = محاولات كثيرة جدًا. يُرجى الانتظار { $time } ثم إعادة المحاولة.
code-wait-send = يمكنك طلب رمز آخر بعد { $time }.
code-limit = تم طلب رموز كثيرة جدًا. يُرجى إعادة المحاولة بعد { $time } أو استخدام طريقة أخرى.
code-no-destination = لم يتم إعداد هذه الطريقة لحسابك. يُرجى استخدام طريقة أخرى.
code-no-way = لا يمكن إرسال رمز إلى هذا الحساب. يُرجى التواصل مع إدارة الموقع.
# Shown after another code was requested.
code-newest = إذا وصلتك عدة رسائل، يُرجى استخدام الرمز الوارد في أحدثها.
code-again = ألم يصلك الرمز؟
code-send-again = إعادة الإرسال
code-by-sms = إرسال رسالة نصية
code-by-email = إرسال رسالة إلكترونية
# Before a clock that counts down.
code-next-in = يمكنك طلب رمز آخر بعد
code-ready = يمكنك طلب رمز آخر الآن.
code-start-over = البدء من جديد

## Confirm (a signed-in person is asked for a code again)

confirm-title = تأكيد هويتك
confirm-asked-by = تتطلّب الصفحة على { $host } رمزًا جديدًا.

## Account

account-title = تم تسجيل دخولك
account-who = الحساب
account-since = وقت تسجيل الدخول
account-sms-limits = لا يمكن للرمز المُرسَل عبر رسالة نصية أن يحميك من صفحة مزيّفة تمرّره إلى غيرها، أو ممّن يستولي على رقم هاتفك: لذا يُرجى إدخال الرموز على { $host } فقط، وعدم إخبار أي شخص بها أبدًا.
account-home = الانتقال إلى { $host }
account-no-code-until = لا رمز في هذا المتصفح حتى
account-other-browsers = { $count ->
    [one] لا يحتاج متصفح آخر واحد إلى رمز.
    [two] لا يحتاج متصفحان آخران إلى رمز.
    [few] لا تحتاج { $count } متصفحات أخرى إلى رمز.
    [many] لا يحتاج { $count } متصفحًا آخر إلى رمز.
   *[other] لا يحتاج { $count } متصفح آخر إلى رمز.
}
account-forget-this = نسيان هذا المتصفح
account-forget-all = نسيان جميع المتصفحات
account-forgotten = تم. سيُطلب رمز مجددًا عند تسجيل الدخول التالي.
account-log-out = تسجيل الخروج
account-apps = تطبيقاتك

## Proof (a second factor that the person has: authenticator app, passkey, recovery code)

proof-app-title = إدخال الرمز من التطبيق
# $product is the name of this service, as the app shows it.
proof-app-hint = يُرجى فتح تطبيق المصادقة وإدخال الرمز الذي يعرضه لخدمة { $product }.
proof-recovery-title = استخدام رمز استرداد
proof-recovery-hint = يُرجى إدخال أحد رموز الاسترداد. يعمل كل رمز مرة واحدة فقط.
proof-recovery-label = رمز الاسترداد
proof-passkey-title = استخدام مفتاح المرور
proof-passkey-hint = يطلب جهازك بصمة إصبعك أو وجهك أو رمز PIN الخاص به أو مفتاح الأمان.
proof-passkey-button = استخدام مفتاح المرور
proof-passkey-wrong = لم يتم قبول مفتاح المرور. يُرجى إعادة المحاولة أو استخدام طريقة أخرى.
# The person closed the window of the browser, or it took too long.
proof-passkey-stopped = لم يتم استخدام مفتاح المرور. يُرجى إعادة المحاولة أو استخدام طريقة أخرى.
proof-passkey-impossible = لا يمكن لهذا المتصفح استخدام مفاتيح المرور هنا. يُرجى استخدام طريقة أخرى.
# Heading over the other ways to continue.
proof-other = استخدام طريقة أخرى
proof-use-app = تطبيق المصادقة
proof-use-passkey = مفتاح المرور
proof-use-recovery = رمز الاسترداد
# Button on the sign-in page, below the password.
proof-login-passkey = تسجيل الدخول بمفتاح المرور

## Factors (the sign-in methods of an account, which its person adds and removes)

# Heading of the list.
factors-title = طرق تسجيل الدخول
# Where only codes are sent.
factors-advice = يُرجى إضافة مفتاح مرور أو تطبيق مصادقة: لا يمكن لأحد اعتراضهما، وهما يعملان حتى عندما لا تصل أي رسالة.
factors-app = تطبيق المصادقة
factors-passkey = مفتاح المرور
factors-sms = رسالة نصية
factors-email = البريد الإلكتروني
factors-recovery = رموز الاسترداد
# $moment is a date and time.
factors-used = آخر استخدام: { $moment }
factors-unused = لم يتم الاستخدام بعد
factors-left = { $count ->
    [zero] لم يتبقَّ أي رمز
    [one] تبقّى رمز واحد
    [two] تبقّى رمزان
    [few] تبقّت { $count } رموز
    [many] تبقّى { $count } رمزًا
   *[other] تبقّى { $count } رمز
}
# A passkey that is copied to other devices of the person.
factors-synced = تمت المزامنة مع أجهزتك الأخرى
factors-add-app = إضافة تطبيق مصادقة
factors-add-passkey = إضافة مفتاح مرور
factors-make-codes = إنشاء رموز استرداد
factors-new-codes = استبدال رموز الاسترداد
# Link to the page of one method.
factors-change = تغيير
factors-name = الاسم
factors-name-hint = لتسهيل التعرّف عليه لاحقًا، مثل «الهاتف» أو «المفتاح الأزرق».
factors-name-wrong = يجب أن يتكوّن الاسم من حرف واحد إلى 40 حرفًا.
factors-save = حفظ
factors-back = العودة إلى حسابك
factors-remove = إزالة
factors-remove-advice = لن يمكنك بعد ذلك تسجيل الدخول بهذه الطريقة، وسيتم تسجيل خروجك من جميع متصفّحاتك الأخرى.
factors-last = هذه طريقتك الوحيدة، ولذلك لا يمكن إزالتها. يُرجى إضافة طريقة أخرى أولاً.
# $moment is a date and time.
factors-recovered = تم استخدام رمز استرداد. تحسّبًا لاحتمال أن يكون شخص آخر قد استخدمه، لا يمكن القيام بذلك حتى { $moment }.
factors-added = تم. يمكنك من الآن فصاعدًا تسجيل الدخول بهذه الطريقة. تم تسجيل خروجك من جميع متصفّحاتك الأخرى.
factors-removed = تمت الإزالة. تم تسجيل خروجك من جميع متصفّحاتك الأخرى.
factors-saved = تم الحفظ.
factors-full = لديك أكبر عدد ممكن من الطرق لحساب واحد. يُرجى إزالة طريقة أولاً.
factors-app-scan = يُرجى مسح هذه الصورة ضوئيًا باستخدام تطبيق المصادقة.
factors-app-picture = رمز QR لتطبيق المصادقة
factors-app-type = أو يُرجى إدخال هذا المفتاح في التطبيق:
factors-app-code = الرمز الذي يعرضه التطبيق
factors-app-wrong = هذا الرمز غير صحيح. يُرجى التحقق من ضبط الوقت على هاتفك ثم إعادة المحاولة.
factors-over = استغرق ذلك وقتًا طويلاً جدًا أو تمت محاولته مرات كثيرة جدًا. يُرجى البدء من جديد.
factors-again = البدء من جديد
factors-codes-title = رموز الاسترداد
factors-codes-advice = يُرجى طباعتها أو حفظها في مدير كلمات مرور، وليس فقط على الهاتف الذي تسجّل الدخول به. يعمل كل رمز مرة واحدة فقط. لن تظهر الرموز مرة أخرى.
factors-codes-replaced = لم تعد رموز الاسترداد السابقة صالحة.
factors-codes-kept = تم حفظ الرموز
factors-passkey-hint = يُحفظ مفتاح المرور على جهازك أو في مدير كلمات المرور أو على مفتاح أمان. وهو يعمل على هذا الموقع فقط، ولذلك لا يمكن لأحد خداعك للحصول عليه.
factors-passkey-button = إنشاء مفتاح مرور
factors-passkey-known = مفتاح المرور هذا مسجّل من قبل.
factors-passkey-refused = تعذّرت إضافة مفتاح المرور. يُرجى إعادة المحاولة.

## Consent (before a session is handed over to a site)

consent-title = المتابعة إلى { $site }؟
consent-asked-by = يحاول رابط على موقع إلكتروني آخر فتح { $site } باستخدام حسابك. يُرجى المتابعة فقط إذا كان ذلك متوقّعًا بالنسبة إليك.
consent-button = متابعة

## Log-out

logout-title = تسجيل الخروج؟
logout-signed-in-as = تم تسجيل دخولك باسم { $name }.
logout-forget = نسيان هذا المتصفح أيضًا: سيُطلب رمز عند تسجيل الدخول التالي
logout-button = تسجيل الخروج
logout-stay = البقاء مع تسجيل الدخول

logout-switch = تبديل الحساب

## Unsent (a form was sent after its session had ended)

unsent-title = لم نستلم النموذج
unsent-happened = تم تسجيل خروجك أثناء ملء نموذج على { $host }، ولذلك لم يصل ما أرسلته. تم الآن تسجيل دخولك مرة أخرى.
unsent-advice = يُرجى العودة إلى النموذج وإرساله مرة أخرى. قد يكون ما كتبته محفوظًا في متصفّحك: يُرجى استخدام زر الرجوع في المتصفّح.
unsent-back = العودة إلى الصفحة

## Framed (the app is shown inside another page)

framed-title = يلزم تسجيل الدخول
framed-happened = يظهر هذا التطبيق داخل صفحة أخرى لا يمكنك تسجيل الدخول فيها بأمان.
framed-button = تسجيل الدخول في علامة تبويب جديدة
framed-advice = يُرجى بعد ذلك إعادة تحميل هذه الصفحة. إذا ظل تسجيل الدخول مطلوبًا، فيُرجى فتح التطبيق في علامة تبويب مستقلة.

## Problems

problem-bad-request-title = طلب غير صالح
problem-bad-request-happened = أرسل متصفّحك طلبًا تتعذّر علينا قراءته.
problem-bad-request-advice = يُرجى الرجوع وإعادة المحاولة، أو الانتقال إلى الصفحة الرئيسية.
problem-forgery-title = لم يعد هذا النموذج صالحًا
problem-forgery-happened = ظلّت الصفحة مفتوحة لفترة طويلة جدًا، أو أن النموذج وارد من موقع آخر.
problem-forgery-advice = يُرجى فتح صفحة تسجيل الدخول وإعادة المحاولة. إذا استمر ذلك، فيُرجى السماح بملفات تعريف الارتباط لهذا الموقع.
problem-forbidden-title = ليس لديك إذن بالوصول
problem-forbidden-happened = تم تسجيل دخولك، ولكن ليس لحسابك إذن بالوصول إلى هذه الصفحة.
problem-forbidden-advice = يُرجى الانتقال إلى الصفحة الرئيسية. وإذا كان من المفترض أن يكون لديك إذن بالوصول، فيُرجى التواصل مع إدارة الموقع.
problem-no-access-happened = تم تسجيل دخولك باسم { $name }. ليس لهذا الحساب إذن بالوصول إلى هذه الصفحة.
problem-not-found-title = لم يتم العثور على الصفحة
problem-not-found-happened = لا توجد صفحة على هذا العنوان.
problem-not-found-advice = يُرجى التحقق من العنوان، أو الانتقال إلى الصفحة الرئيسية.
problem-method-not-allowed-title = طريقة الطلب غير مسموح بها
problem-method-not-allowed-happened = لا تقبل هذه الصفحة هذا النوع من الطلبات.
problem-method-not-allowed-advice = يُرجى الرجوع وإعادة المحاولة، أو الانتقال إلى الصفحة الرئيسية.
problem-path-too-long-title = العنوان طويل جدًا
problem-path-too-long-happened = مسار هذا العنوان أطول ممّا تقبله البوابة.
problem-path-too-long-advice = يُرجى التحقق من الرابط، أو الانتقال إلى الصفحة الرئيسية.
problem-too-large-title = البيانات كثيرة جدًا
problem-too-large-happened = النموذج أكبر ممّا تقبله هذه الصفحة.
problem-too-large-advice = يُرجى الرجوع وإرسال بيانات أقل.
problem-head-too-large-title = أرسل متصفّحك عددًا كبيرًا جدًا من ملفات تعريف الارتباط
problem-head-too-large-happened = ملفات تعريف الارتباط والحقول الأخرى في هذا الطلب أكبر ممّا يقبله هذا الموقع.
problem-head-too-large-advice = يُرجى حذف ملفات تعريف الارتباط الخاصة بهذا الموقع من متصفّحك وإعادة المحاولة. إذا تكرّر ذلك، فيُرجى التواصل مع إدارة الموقع.
problem-unsupported-media-type-title = تتعذّر قراءة هذا النموذج
problem-unsupported-media-type-happened = تم إرسال النموذج بتنسيق لا تقبله هذه الصفحة.
problem-unsupported-media-type-advice = يُرجى فتح صفحة تسجيل الدخول واستخدام النموذج الموجود فيها.
problem-unknown-site-title = لم يتم العثور على الموقع
problem-unknown-site-happened = لم يتم إعداد أي موقع لهذا العنوان.
problem-unknown-site-advice = يُرجى التحقق من العنوان. إذا كان صحيحًا، فيُرجى التواصل مع إدارة الموقع.
problem-plain-http-title = يلزم اتصال آمن
problem-plain-http-happened = هذا الموقع متاح عبر https فقط.
problem-plain-http-advice = يُرجى إضافة https:// قبل العنوان وفتحه مرة أخرى.
problem-too-many-title = محاولات كثيرة جدًا
problem-too-many-happened = وردت من شبكتك محاولات كثيرة جدًا خلال وقت قصير.
problem-too-many-advice = يُرجى الانتظار قليلاً ثم إعادة المحاولة.
problem-wait-advice = يُرجى الانتظار { $time } ثم إعادة المحاولة.
problem-upstream-unreachable-title = يتعذّر الوصول إلى الموقع
problem-upstream-unreachable-happened = المشكلة ليست من جانبك: الموقع الذي تؤدي إليه هذه الصفحة لا يستجيب.
problem-upstream-unreachable-advice = يُرجى إعادة المحاولة بعد قليل. إذا استمرت المشكلة، فيُرجى التواصل مع إدارة الموقع.
problem-upstream-timeout-title = استغرق الموقع وقتًا طويلاً جدًا
problem-upstream-timeout-happened = المشكلة ليست من جانبك: الموقع الذي تؤدي إليه هذه الصفحة لم يستجب في الوقت المحدّد.
problem-upstream-timeout-advice = يُرجى إعادة المحاولة بعد قليل. إذا استمرت المشكلة، فيُرجى التواصل مع إدارة الموقع.
problem-unavailable-title = الخدمة غير متاحة مؤقتًا
problem-unavailable-happened = المشكلة ليست من جانبك: الخدمة غير متاحة حاليًا.
problem-unavailable-advice = يُرجى إعادة المحاولة بعد قليل. إذا استمرت المشكلة، فيُرجى التواصل مع إدارة الموقع.
problem-loop-title = تسجيل الدخول يبدأ من جديد باستمرار
problem-loop-happened = تم تسجيل دخولك عدة مرات خلال دقيقة واحدة، ولكن هذا الموقع لم يتعرّف عليك بعد ذلك.
problem-loop-advice = يُرجى السماح بملفات تعريف الارتباط لهذا الموقع والتحقق من التاريخ والوقت على جهازك. إذا تكرّر ذلك، فيُرجى التواصل مع إدارة الموقع.
problem-internal-title = حدث خطأ
problem-internal-happened = المشكلة ليست من جانبك: حدث خطأ من جانبنا.
problem-internal-advice = يُرجى إعادة المحاولة. إذا تكرّر ذلك، فيُرجى التواصل مع إدارة الموقع وذكر الرقم المرجعي أدناه.
problem-sign-in = الانتقال إلى تسجيل الدخول
problem-retry = إعادة المحاولة
problem-home = الانتقال إلى الصفحة الرئيسية
# Before the number by which the site owner finds the request in the log.
problem-reference = الرقم المرجعي
