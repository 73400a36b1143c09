# Texts of the pages. A line with a brace holds a value: keep its name. Words in braces with -> choose a plural form.

## All pages

# The page title while something is wrong; a screen reader says it first.
common-error-title = שגיאה: { $title }
# Over the list of languages.
common-language = שפה
common-seconds = { $count ->
    [one] שנייה אחת
    [two] שתי שניות
   *[other] { $count } שניות
}
common-minutes = { $count ->
    [one] דקה אחת
    [two] שתי דקות
   *[other] { $count } דקות
}
common-hours = { $count ->
    [one] שעה אחת
    [two] שעתיים
   *[other] { $count } שעות
}
# A moment in UTC. $month is a number from 1 to 12, $time is like 05:34.
common-moment = { $day } { $month ->
    [1] בינואר
    [2] בפברואר
    [3] במרץ
    [4] באפריל
    [5] במאי
    [6] ביוני
    [7] ביולי
    [8] באוגוסט
    [9] בספטמבר
    [10] באוקטובר
    [11] בנובמבר
   *[12] בדצמבר
} { $year } בשעה { $time } UTC

## Sign-in

login-title = כניסה
# $host is the host name of the app that was asked for.
login-to-continue = כדי להמשיך אל { $host }
login-name = אימייל או שם משתמש
login-password = סיסמה
login-show = הצגה
login-hide = הסתרה
login-show-password = הצגת הסיסמה
login-button = כניסה
login-wrong = פרטי הכניסה שגויים. יש לנסות שוב.
# $time is a span such as "9 minutes".
login-wait = היו יותר מדי ניסיונות. יש להמתין { $time } ולנסות שוב.
login-over = תוקף הכניסה הזו פג. יש להיכנס שוב.
login-guesses-used = זה היה הקוד השגוי האחרון מתוך חמישה, ולכן הכניסה הזו הסתיימה. כדי לקבל קוד חדש, יש להיכנס שוב.
login-stale = בינתיים פתחת את דף הכניסה בכרטיסייה אחרת. יש להזין שוב את הסיסמה.
login-no-cookie = הדף הזה היה פתוח יותר משעה, או שהדפדפן שלך חוסם קובצי Cookie. יש לנסות שוב. אם זה קורה פעם נוספת, יש לאפשר קובצי Cookie באתר הזה.
login-target-too-long = הכתובת שפתחת ארוכה מכדי לשמור אותה. אחרי הכניסה יופיע דף הבית, ואז יש לפתוח שוב את הכתובת.
login-signed-out = יצאת מהחשבון.
login-signed-out-unsaved = יצאת מהחשבון, אבל השרת עדיין לא הצליח לשמור זאת. יש לפנות להנהלת האתר.

## Code

code-title = הזנת הקוד
code-title-none = קבלת קוד
# $masked is a number such as +1 ••• ••• 67.
code-sent-sms = הודעת טקסט עם הקוד נשלחה אל { $masked }.
# To be heard: $digits are the last digits of the number.
code-sent-sms-spoken = הודעת טקסט עם הקוד נשלחה למספר שמסתיים ב-{ $digits }.
code-sent-email = אימייל עם הקוד נשלח אל { $masked }.
code-sent-email-spoken = אימייל עם הקוד נשלח לכתובת שמתחילה באות { $letter }.
code-code = קוד
code-digits = { $count ->
    [one] ספרה אחת
    [two] שתי ספרות
   *[other] { $count } ספרות
}
code-characters = { $count ->
    [one] אות או ספרה אחת
    [two] שתי אותיות או ספרות
   *[other] { $count } אותיות או ספרות
}
code-valid-for = הקוד תקף למשך { $time }.
code-expires-soon = תוקף הקוד יפוג בעוד פחות מדקה.
code-expired = תוקף הקוד פג. יש לבקש קוד חדש.
code-by-itself = הדף ימשיך באופן אוטומטי כשהקוד יהיה מלא.
code-remember-days = { $count ->
    [one] לא לבקש קוד בדפדפן הזה במשך יום אחד
    [two] לא לבקש קוד בדפדפן הזה במשך יומיים
   *[other] לא לבקש קוד בדפדפן הזה במשך { $count } ימים
}
code-remember-hours = { $count ->
    [one] לא לבקש קוד בדפדפן הזה במשך שעה אחת
    [two] לא לבקש קוד בדפדפן הזה במשך שעתיים
   *[other] לא לבקש קוד בדפדפן הזה במשך { $count } שעות
}
code-button = המשך
code-sent = קוד האימות נשלח.
code-wrong = הקוד שגוי או שתוקפו פג
code-guesses-left = { $count ->
    [one] נותר לך ניסיון אחד.
    [two] נותרו לך שני ניסיונות.
   *[other] נותרו לך { $count } ניסיונות.
}
code-unsent = לא הצלחנו לשלוח את הקוד. יש לנסות שוב או להשתמש בשיטה אחרת.
code-unsent-only = לא הצלחנו לשלוח את הקוד. יש לנסות שוב בעוד רגע.
code-unchecked = לא הצלחנו לבדוק את הקוד. שום דבר לא אבד: יש לנסות שוב או להשתמש בשיטה אחרת.
code-unchecked-only = לא הצלחנו לבדוק את הקוד. שום דבר לא אבד: יש לנסות שוב בעוד רגע.
code-none = אין קוד בתוקף: תוקף הקוד פג או שלא נשלח קוד. יש לבקש קוד חדש.
code-wait-guess = היו יותר מדי ניסיונות. יש להמתין { $time } ולנסות שוב.
code-wait-send = אפשר לבקש קוד נוסף בעוד { $time }.
code-limit = התבקשו יותר מדי קודים. יש לנסות שוב בעוד { $time } או להשתמש בשיטה אחרת.
code-no-destination = השיטה הזו לא מוגדרת בחשבון שלך. יש להשתמש בשיטה אחרת.
code-no-way = לא ניתן לשלוח קוד לחשבון הזה. יש לפנות להנהלת האתר.
# Shown after another code was requested.
code-newest = אם קיבלת כמה הודעות, יש להשתמש בקוד מההודעה החדשה ביותר.
code-again = לא קיבלת קוד?
code-send-again = שליחה חוזרת
code-by-sms = שליחת הודעת טקסט
code-by-email = שליחת אימייל
# Before a clock that counts down.
code-next-in = אפשר לבקש קוד נוסף בעוד
code-ready = אפשר לבקש קוד נוסף עכשיו.
code-start-over = התחלה מחדש

## Confirm (a signed-in person is asked for a code again)

confirm-title = אימות הזהות שלך
confirm-asked-by = הדף באתר { $host } דורש קוד חדש.

## Account

account-title = נכנסת לחשבון
account-who = חשבון
account-since = מועד הכניסה
account-sms-limits = קוד ב-SMS לא יכול להגן עליך מפני דף מזויף שמעביר אותו הלאה, או מפני השתלטות על מספר הטלפון שלך: יש להקליד קודים רק באתר { $host }, ולעולם לא למסור אותם לאף אחד.
account-home = מעבר אל { $host }
account-no-code-until = אין צורך בקוד בדפדפן הזה עד
account-other-browsers = { $count ->
    [one] דפדפן אחד נוסף אינו זקוק לקוד.
    [two] שני דפדפנים נוספים אינם זקוקים לקוד.
   *[other] { $count } דפדפנים נוספים אינם זקוקים לקוד.
}
account-forget-this = לשכוח את הדפדפן הזה
account-forget-all = לשכוח את כל הדפדפנים
account-forgotten = בוצע. בכניסה הבאה יתבקש שוב קוד.
account-log-out = יציאה
account-apps = האפליקציות שלך

## Proof (a second factor that the person has: authenticator app, passkey, recovery code)

proof-app-title = הזנת הקוד מהאפליקציה
# $product is the name of this service, as the app shows it.
proof-app-hint = יש לפתוח את אפליקציית האימות ולהקליד את הקוד שמוצג בה עבור { $product }.
proof-recovery-title = שימוש בקוד שחזור
proof-recovery-hint = יש להקליד אחד מקודי השחזור שלך. כל קוד פועל פעם אחת בלבד.
proof-recovery-label = קוד שחזור
proof-passkey-title = שימוש במפתח הגישה
proof-passkey-hint = המכשיר שלך יבקש טביעת אצבע, זיהוי פנים, קוד PIN של המכשיר או מפתח אבטחה.
proof-passkey-button = שימוש במפתח גישה
proof-passkey-wrong = מפתח הגישה לא התקבל. יש לנסות שוב או להשתמש בשיטה אחרת.
# The person closed the window of the browser, or it took too long.
proof-passkey-stopped = לא נעשה שימוש במפתח הגישה. יש לנסות שוב או להשתמש בשיטה אחרת.
proof-passkey-impossible = הדפדפן הזה לא יכול להשתמש כאן במפתחות גישה. יש להשתמש בשיטה אחרת.
# Heading over the other ways to continue.
proof-other = שימוש בשיטה אחרת
proof-use-app = אפליקציית אימות
proof-use-passkey = מפתח גישה
proof-use-recovery = קוד שחזור
# Button on the sign-in page, below the password.
proof-login-passkey = כניסה עם מפתח גישה

## Factors (the sign-in methods of an account, which its person adds and removes)

# Heading of the list.
factors-title = שיטות כניסה
# Where only codes are sent.
factors-advice = כדאי להוסיף מפתח גישה או אפליקציית אימות: אף אחד לא יכול ליירט אותם, והם פועלים גם כשלא מגיעה הודעה.
factors-app = אפליקציית אימות
factors-passkey = מפתח גישה
factors-sms = הודעת טקסט
factors-email = אימייל
factors-recovery = קודי שחזור
# $moment is a date and time.
factors-used = שימוש אחרון: { $moment }
factors-unused = עדיין לא נעשה שימוש
factors-left = { $count ->
    [one] נותר קוד אחד
    [two] נותרו שני קודים
   *[other] נותרו { $count } קודים
}
# A passkey that is copied to other devices of the person.
factors-synced = מסונכרן עם המכשירים האחרים שלך
factors-add-app = הוספת אפליקציית אימות
factors-add-passkey = הוספת מפתח גישה
factors-make-codes = יצירת קודי שחזור
factors-new-codes = החלפת קודי השחזור
# Link to the page of one method.
factors-change = שינוי
factors-name = שם
factors-name-hint = כדי שיהיה קל לזהות בהמשך, למשל "טלפון" או "מפתח כחול".
factors-name-wrong = השם צריך להכיל בין תו אחד ל-40 תווים.
factors-save = שמירה
factors-back = חזרה לחשבון
factors-remove = הסרה
factors-remove-advice = כבר לא תהיה אפשרות להיכנס בשיטה הזו, וכל הדפדפנים האחרים שלך ינותקו מהחשבון.
factors-last = זו השיטה היחידה שלך, ולכן אי אפשר להסיר אותה. קודם יש להוסיף שיטה אחרת.
# $moment is a date and time.
factors-recovered = השתמשת בקוד שחזור. למקרה שזה היה מישהו אחר, הדבר אינו אפשרי עד { $moment }.
factors-added = בוצע. מעכשיו אפשר להיכנס בשיטה הזו. כל הדפדפנים האחרים שלך נותקו מהחשבון.
factors-removed = ההסרה בוצעה. כל הדפדפנים האחרים שלך נותקו מהחשבון.
factors-saved = נשמר.
factors-full = יש לך את המספר המרבי של שיטות לחשבון. קודם יש להסיר אחת.
factors-app-scan = יש לסרוק את התמונה הזו באפליקציית האימות.
factors-app-picture = קוד QR לאפליקציית האימות
factors-app-type = או להקליד את המפתח הזה באפליקציה:
factors-app-code = הקוד שמוצג באפליקציה
factors-app-wrong = הקוד הזה שגוי. יש לבדוק שהשעון בטלפון מכוון נכון, ולנסות שוב.
factors-over = זה לקח יותר מדי זמן או שהיו יותר מדי ניסיונות. יש להתחיל מחדש.
factors-again = התחלה מחדש
factors-codes-title = קודי השחזור שלך
factors-codes-advice = יש להדפיס אותם או לשמור אותם במנהל סיסמאות, ולא רק בטלפון שמשמש לכניסה. כל קוד פועל פעם אחת בלבד. הקודים מוצגים רק עכשיו.
factors-codes-replaced = קודי השחזור הקודמים שלך כבר לא פועלים.
factors-codes-kept = שמרתי אותם
factors-passkey-hint = מפתח גישה נשמר במכשיר, במנהל הסיסמאות או במפתח אבטחה. הוא פועל רק באתר הזה, ולכן אף אחד לא יכול לגרום לך למסור אותו במרמה.
factors-passkey-button = יצירת מפתח גישה
factors-passkey-known = מפתח הגישה הזה כבר רשום.
factors-passkey-refused = לא הצלחנו להוסיף את מפתח הגישה. יש לנסות שוב.

## Consent (before a session is handed over to a site)

consent-title = להמשיך אל { $site }?
consent-asked-by = קישור באתר אחר מבקש לפתוח את { $site } בשמך. יש להמשיך רק אם ציפית לכך.
consent-button = המשך

## Log-out

logout-title = לצאת מהחשבון?
logout-signed-in-as = נכנסת בתור { $name }.
logout-forget = לשכוח גם את הדפדפן הזה: בכניסה הבאה יתבקש קוד
logout-button = יציאה
logout-stay = להישאר בחשבון

logout-switch = החלפת חשבון

## Unsent (a form was sent after its session had ended)

unsent-title = הטופס שלך לא התקבל
unsent-happened = נותקת מהחשבון בזמן מילוי טופס באתר { $host }, ולכן מה ששלחת לא הגיע. עכשיו נכנסת שוב לחשבון.
unsent-advice = יש לחזור לטופס ולשלוח אותו שוב. ייתכן שמה שהקלדת עדיין שמור בדפדפן: יש להשתמש בלחצן החזרה של הדפדפן.
unsent-back = חזרה לדף

## Framed (the app is shown inside another page)

framed-title = נדרשת כניסה
framed-happened = האפליקציה הזו מוצגת בתוך דף אחר, שבו אי אפשר להיכנס באופן בטוח.
framed-button = כניסה בכרטיסייה חדשה
framed-advice = לאחר מכן יש לטעון מחדש את הדף הזה. אם עדיין מוצגת בקשה להיכנס, יש לפתוח את האפליקציה בכרטיסייה משלה.

## Problems

problem-bad-request-title = בקשה לא תקינה
problem-bad-request-happened = הדפדפן שלך שלח בקשה שאי אפשר לקרוא.
problem-bad-request-advice = יש לחזור אחורה ולנסות שוב, או לעבור לדף הבית.
problem-forgery-title = הטופס הזה כבר לא בתוקף
problem-forgery-happened = הדף היה פתוח זמן רב מדי, או שהטופס הגיע מאתר אחר.
problem-forgery-advice = יש לפתוח את דף הכניסה ולנסות שוב. אם זה ממשיך לקרות, יש לאפשר קובצי Cookie באתר הזה.
problem-forbidden-title = אין לך גישה
problem-forbidden-happened = נכנסת לחשבון, אבל לחשבון שלך אין גישה לדף הזה.
problem-forbidden-advice = אפשר לעבור לדף הבית. אם לדעתך צריכה להיות לך גישה, יש לפנות להנהלת האתר.
problem-no-access-happened = נכנסת בתור { $name }. לחשבון הזה אין גישה לדף הזה.
problem-not-found-title = הדף לא נמצא
problem-not-found-happened = אין דף בכתובת הזו.
problem-not-found-advice = יש לבדוק את הכתובת, או לעבור לדף הבית.
problem-method-not-allowed-title = סוג הבקשה אינו מותר
problem-method-not-allowed-happened = הדף הזה לא מקבל בקשות מהסוג הזה.
problem-method-not-allowed-advice = יש לחזור אחורה ולנסות שוב, או לעבור לדף הבית.
problem-path-too-long-title = הכתובת ארוכה מדי
problem-path-too-long-happened = הנתיב בכתובת הזו ארוך יותר ממה ששער הגישה מקבל.
problem-path-too-long-advice = יש לבדוק את הקישור, או לעבור לדף הבית.
problem-too-large-title = יותר מדי נתונים
problem-too-large-happened = הטופס גדול יותר ממה שהדף הזה מקבל.
problem-too-large-advice = יש לחזור אחורה ולשלוח פחות נתונים.
problem-head-too-large-title = הדפדפן שלך שלח יותר מדי קובצי Cookie
problem-head-too-large-happened = קובצי ה-Cookie ושאר השדות של הבקשה הזו גדולים יותר ממה שהאתר הזה מקבל.
problem-head-too-large-advice = יש למחוק בדפדפן את קובצי ה-Cookie של האתר הזה ולנסות שוב. אם זה קורה שוב, יש לפנות להנהלת האתר.
problem-unsupported-media-type-title = אי אפשר לקרוא את הטופס הזה
problem-unsupported-media-type-happened = הטופס נשלח בפורמט שהדף הזה לא מקבל.
problem-unsupported-media-type-advice = יש לפתוח את דף הכניסה ולהשתמש בטופס שם.
problem-unknown-site-title = האתר לא נמצא
problem-unknown-site-happened = לא הוגדר אתר עבור הכתובת הזו.
problem-unknown-site-advice = יש לבדוק את הכתובת. אם היא נכונה, יש לפנות להנהלת האתר.
problem-plain-http-title = נדרש חיבור מאובטח
problem-plain-http-happened = האתר הזה זמין רק דרך https.
problem-plain-http-advice = יש להוסיף https:// לפני הכתובת ולפתוח אותה שוב.
problem-too-many-title = יותר מדי ניסיונות
problem-too-many-happened = היו יותר מדי ניסיונות מהרשת שלך בזמן קצר.
problem-too-many-advice = יש להמתין מעט ולנסות שוב.
problem-wait-advice = יש להמתין { $time } ולנסות שוב.
problem-upstream-unreachable-title = לא ניתן להגיע לאתר
problem-upstream-unreachable-happened = הבעיה אינה אצלך: האתר שמאחורי הדף הזה לא מגיב.
problem-upstream-unreachable-advice = יש לנסות שוב בעוד רגע. אם הבעיה נמשכת, יש לפנות להנהלת האתר.
problem-upstream-timeout-title = לאתר לקח יותר מדי זמן להגיב
problem-upstream-timeout-happened = הבעיה אינה אצלך: האתר שמאחורי הדף הזה לא הגיב בזמן.
problem-upstream-timeout-advice = יש לנסות שוב בעוד רגע. אם הבעיה נמשכת, יש לפנות להנהלת האתר.
problem-unavailable-title = השירות לא זמין באופן זמני
problem-unavailable-happened = הבעיה אינה אצלך: השירות לא זמין כרגע.
problem-unavailable-advice = יש לנסות שוב בעוד רגע. אם הבעיה נמשכת, יש לפנות להנהלת האתר.
problem-loop-title = הכניסה מתחילה שוב ושוב
problem-loop-happened = נכנסת כמה פעמים תוך דקה, אבל האתר הזה לא זיהה אותך לאחר מכן.
problem-loop-advice = יש לאפשר קובצי Cookie באתר הזה ולבדוק את התאריך והשעה במכשיר. אם זה קורה שוב, יש לפנות להנהלת האתר.
problem-internal-title = משהו השתבש
problem-internal-happened = הבעיה אינה אצלך: אירעה תקלה אצלנו.
problem-internal-advice = יש לנסות שוב. אם זה קורה שוב, יש לפנות להנהלת האתר ולציין את מספר הסימוכין שלמטה.
problem-sign-in = מעבר לכניסה
problem-retry = ניסיון חוזר
problem-home = מעבר לדף הבית
# Before the number by which the site owner finds the request in the log.
problem-reference = מספר סימוכין
