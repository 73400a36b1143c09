# Texts of the pages. A line with a brace holds a value: keep its name. Words in braces with -> choose a plural form.

## All pages

# The page title while something is wrong; a screen reader says it first.
common-error-title = Помилка: { $title }
# Over the list of languages.
common-language = Мова
common-seconds = { $count ->
    [one] { $count } секунду
    [few] { $count } секунди
    [many] { $count } секунд
   *[other] { $count } секунди
}
common-minutes = { $count ->
    [one] { $count } хвилину
    [few] { $count } хвилини
    [many] { $count } хвилин
   *[other] { $count } хвилини
}
common-hours = { $count ->
    [one] { $count } годину
    [few] { $count } години
    [many] { $count } годин
   *[other] { $count } години
}
# A moment in UTC. $month is a number from 1 to 12, $time is like 05:34.
common-moment = { $day } { $month ->
    [1] січня
    [2] лютого
    [3] березня
    [4] квітня
    [5] травня
    [6] червня
    [7] липня
    [8] серпня
    [9] вересня
    [10] жовтня
    [11] листопада
   *[12] грудня
} { $year } р. о { $time } UTC

## Sign-in

login-title = Увійти
# $host is the host name of the app that was asked for.
login-to-continue = щоб перейти на { $host }
login-name = Електронна пошта або ім’я користувача
login-password = Пароль
login-show = Показати
login-hide = Сховати
login-show-password = Показати пароль
login-button = Увійти
login-wrong = Неправильні дані для входу. Спробуйте ще раз.
# $time is a span such as "9 minutes".
login-wait = Забагато спроб. Зачекайте { $time } і спробуйте ще раз.
login-over = Час для цього входу минув. Увійдіть ще раз.
login-guesses-used = Це був останній із п’яти неправильних кодів, тому цей вхід завершено. Увійдіть ще раз, щоб отримати новий код.
login-stale = Тим часом ви відкрили сторінку входу в іншій вкладці. Введіть пароль ще раз.
login-no-cookie = Ця сторінка була відкрита понад годину, або ваш браузер блокує файли cookie. Спробуйте ще раз. Якщо це повториться, дозвольте файли cookie для цього сайту.
login-target-too-long = Адреса, яку ви відкрили, задовга, щоб її зберегти. Після входу ви потрапите на головну сторінку: тоді відкрийте адресу ще раз.
login-signed-out = Ви вийшли з облікового запису.
login-signed-out-unsaved = Ви вийшли з облікового запису, але сервер поки не зміг це зберегти. Зверніться до адміністратора сайту.

## Code

code-title = Введіть код
code-title-none = Отримайте код
# $masked is a number such as +1 ••• ••• 67.
code-sent-sms = SMS із кодом надіслано на номер { $masked }.
# To be heard: $digits are the last digits of the number.
code-sent-sms-spoken = SMS із кодом надіслано на номер, що закінчується на { $digits }.
code-sent-email = Електронний лист із кодом надіслано на адресу { $masked }.
code-sent-email-spoken = Електронний лист із кодом надіслано на адресу, що починається на { $letter }.
code-code = Код
code-digits = { $count ->
    [one] { $count } цифра
    [few] { $count } цифри
    [many] { $count } цифр
   *[other] { $count } цифри
}
code-characters = { $count ->
    [one] { $count } літера або цифра
    [few] { $count } літери або цифри
    [many] { $count } літер або цифр
   *[other] { $count } літери або цифри
}
code-valid-for = Код дійсний ще { $time }.
code-expires-soon = Код стане недійсним менш ніж за хвилину.
code-expired = Термін дії коду минув. Запросіть новий.
code-by-itself = Коли код буде введено повністю, сторінка автоматично перейде далі.
code-remember-days = { $count ->
    [one] Не запитувати код у цьому браузері { $count } день
    [few] Не запитувати код у цьому браузері { $count } дні
   *[other] Не запитувати код у цьому браузері { $count } днів
}
code-remember-hours = { $count ->
    [one] Не запитувати код у цьому браузері { $count } годину
    [few] Не запитувати код у цьому браузері { $count } години
   *[other] Не запитувати код у цьому браузері { $count } годин
}
code-button = Продовжити
code-sent = Код підтвердження надіслано.
code-wrong = Код неправильний або його термін дії минув
code-guesses-left = { $count ->
    [one] У вас залишилася { $count } спроба.
    [few] У вас залишилося { $count } спроби.
    [many] У вас залишилося { $count } спроб.
   *[other] У вас залишилося { $count } спроби.
}
code-unsent = Не вдалося надіслати код. Спробуйте ще раз або виберіть інший спосіб.
code-unsent-only = Не вдалося надіслати код. Спробуйте ще раз трохи пізніше.
code-unchecked = Не вдалося перевірити код. Нічого не втрачено: спробуйте ще раз або виберіть інший спосіб.
code-unchecked-only = Не вдалося перевірити код. Нічого не втрачено: спробуйте ще раз трохи пізніше.
code-none = Дійсного коду немає: його термін дії минув або код не було надіслано. Запросіть новий код.
code-wait-guess = Забагато спроб. Зачекайте { $time } і спробуйте ще раз.
code-wait-send = Ви зможете запросити ще один код через { $time }.
code-limit = Забагато запитів на код. Спробуйте ще раз через { $time } або виберіть інший спосіб.
code-no-destination = Цей спосіб не налаштовано для вашого облікового запису. Виберіть інший.
code-no-way = На цей обліковий запис неможливо надіслати код. Зверніться до адміністратора сайту.
# Shown after another code was requested.
code-newest = Якщо ви отримали кілька повідомлень, скористайтеся кодом з останнього.
code-again = Не отримали код?
code-send-again = Надіслати ще раз
code-by-sms = Надіслати SMS
code-by-email = Надіслати електронний лист
# Before a clock that counts down.
code-next-in = Ви зможете запросити ще один код через
code-ready = Тепер ви можете запросити ще один код.
code-start-over = Почати спочатку

## Confirm (a signed-in person is asked for a code again)

confirm-title = Підтвердьте свою особу
confirm-asked-by = Сторінка на { $host } потребує нового коду.

## Account

account-title = Ви ввійшли
account-who = Обліковий запис
account-since = Час входу
account-sms-limits = Код з SMS не захистить вас від підробленої сторінки, яка передасть його далі, або від людини, яка заволодіє вашим номером телефону: вводьте коди лише на { $host } і нікому їх не повідомляйте.
account-home = Перейти на { $host }
account-no-code-until = Без коду в цьому браузері до
account-other-browsers = { $count ->
    [one] Ще { $count } браузер не потребує коду.
    [few] Ще { $count } браузери не потребують коду.
   *[other] Ще { $count } браузерів не потребують коду.
}
account-forget-this = Забути цей браузер
account-forget-all = Забути всі браузери
account-forgotten = Готово. Наступний вхід знову запитає код.
account-log-out = Вийти
account-apps = Ваші додатки

## Proof (a second factor that the person has: authenticator app, passkey, recovery code)

proof-app-title = Введіть код із додатка
# $product is the name of this service, as the app shows it.
proof-app-hint = Відкрийте додаток для автентифікації та введіть код, який він показує для { $product }.
proof-recovery-title = Скористайтеся кодом відновлення
proof-recovery-hint = Введіть один зі своїх кодів відновлення. Кожен із них діє лише один раз.
proof-recovery-label = Код відновлення
proof-passkey-title = Скористайтеся ключем доступу
proof-passkey-hint = Ваш пристрій попросить відбиток пальця, скан обличчя, свій PIN-код або ключ безпеки.
proof-passkey-button = Використати ключ доступу
proof-passkey-wrong = Ключ доступу не прийнято. Спробуйте ще раз або виберіть інший спосіб.
# The person closed the window of the browser, or it took too long.
proof-passkey-stopped = Ключ доступу не використано. Спробуйте ще раз або виберіть інший спосіб.
proof-passkey-impossible = Цей браузер не може використовувати тут ключі доступу. Виберіть інший спосіб.
# Heading over the other ways to continue.
proof-other = Вибрати інший спосіб
proof-use-app = Додаток для автентифікації
proof-use-passkey = Ключ доступу
proof-use-recovery = Код відновлення
# Button on the sign-in page, below the password.
proof-login-passkey = Увійти з ключем доступу

## Factors (the sign-in methods of an account, which its person adds and removes)

# Heading of the list.
factors-title = Способи входу
# Where only codes are sent.
factors-advice = Додайте ключ доступу або додаток для автентифікації: ніхто не зможе їх перехопити, і вони працюють, навіть коли повідомлення не надходять.
factors-app = Додаток для автентифікації
factors-passkey = Ключ доступу
factors-sms = SMS
factors-email = Електронна пошта
factors-recovery = Коди відновлення
# $moment is a date and time.
factors-used = Останнє використання: { $moment }
factors-unused = Ще не використано
factors-left = { $count ->
    [one] Залишився { $count } код
    [few] Залишилося { $count } коди
    [many] Залишилося { $count } кодів
   *[other] Залишилося { $count } коду
}
# A passkey that is copied to other devices of the person.
factors-synced = Синхронізовано з вашими іншими пристроями
factors-add-app = Додати додаток для автентифікації
factors-add-passkey = Додати ключ доступу
factors-make-codes = Створити коди відновлення
factors-new-codes = Замінити коди відновлення
# Link to the page of one method.
factors-change = Змінити
factors-name = Назва
factors-name-hint = Щоб ви могли впізнати його пізніше, наприклад «телефон» або «синій ключ».
factors-name-wrong = Назва має містити від 1 до 40 символів.
factors-save = Зберегти
factors-back = Назад до облікового запису
factors-remove = Видалити
factors-remove-advice = Ви більше не зможете входити цим способом, а в усіх інших ваших браузерах буде виконано вихід.
factors-last = Це ваш єдиний спосіб, тому його не можна видалити. Спочатку додайте інший.
# $moment is a date and time.
factors-recovered = Ви скористалися кодом відновлення. На випадок, якщо це були не ви, до { $moment } це неможливо.
factors-added = Готово. Відтепер ви можете входити цим способом. В усіх інших ваших браузерах виконано вихід.
factors-removed = Видалено. В усіх інших ваших браузерах виконано вихід.
factors-saved = Збережено.
factors-full = У вас уже максимальна кількість способів для одного облікового запису. Спочатку видаліть один.
factors-app-scan = Відскануйте це зображення додатком для автентифікації.
factors-app-picture = QR-код для вашого додатка для автентифікації
factors-app-type = Або введіть цей ключ у додаток:
factors-app-code = Код, який показує додаток
factors-app-wrong = Цей код неправильний. Перевірте, чи правильний час на вашому телефоні, і спробуйте ще раз.
factors-over = Це тривало надто довго або було забагато спроб. Почніть спочатку.
factors-again = Почати спочатку
factors-codes-title = Ваші коди відновлення
factors-codes-advice = Роздрукуйте їх або зберігайте в менеджері паролів, а не лише на телефоні, з якого ви входите. Кожен із них діє лише один раз. Їх показано лише зараз.
factors-codes-replaced = Ваші попередні коди відновлення більше не діють.
factors-codes-kept = Коди збережено
factors-passkey-hint = Ключ доступу зберігається на вашому пристрої, у менеджері паролів або на ключі безпеки. Він діє лише на цьому сайті, тому ніхто не зможе виманити його у вас.
factors-passkey-button = Створити ключ доступу
factors-passkey-known = Цей ключ доступу вже зареєстровано.
factors-passkey-refused = Не вдалося додати ключ доступу. Спробуйте ще раз.

## Consent (before a session is handed over to a site)

consent-title = Перейти на { $site }?
consent-asked-by = Посилання на іншому вебсайті намагається відкрити { $site } з вашим обліковим записом. Продовжуйте, лише якщо ви цього очікували.
consent-button = Продовжити

## Log-out

logout-title = Вийти?
logout-signed-in-as = Ви ввійшли як { $name }.
logout-forget = Забути й цей браузер: наступний вхід запитає код
logout-button = Вийти
logout-stay = Не виходити

logout-switch = Змінити обліковий запис

## Unsent (a form was sent after its session had ended)

unsent-title = Вашу форму не отримано
unsent-happened = Поки ви заповнювали форму на { $host }, ваш сеанс завершився, тому надіслані дані не надійшли. Тепер ви знову ввійшли.
unsent-advice = Поверніться до форми та надішліть її ще раз. Можливо, браузер ще пам’ятає те, що ви ввели: скористайтеся його кнопкою «Назад».
unsent-back = Назад до сторінки

## Framed (the app is shown inside another page)

framed-title = Потрібно ввійти
framed-happened = Цей додаток показано всередині іншої сторінки, де ви не можете безпечно ввійти.
framed-button = Увійти в новій вкладці
framed-advice = Після цього оновіть цю сторінку. Якщо вона знову попросить увійти, відкрийте додаток в окремій вкладці.

## Problems

problem-bad-request-title = Неправильний запит
problem-bad-request-happened = Ваш браузер надіслав запит, який ми не можемо прочитати.
problem-bad-request-advice = Поверніться назад і спробуйте ще раз або перейдіть на головну сторінку.
problem-forgery-title = Ця форма більше не дійсна
problem-forgery-happened = Сторінка була відкрита надто довго, або форма надійшла з іншого сайту.
problem-forgery-advice = Відкрийте сторінку входу та спробуйте ще раз. Якщо це повторюється, дозвольте файли cookie для цього сайту.
problem-forbidden-title = У вас немає доступу
problem-forbidden-happened = Ви ввійшли, але ваш обліковий запис не має доступу до цієї сторінки.
problem-forbidden-advice = Перейдіть на головну сторінку. Якщо ви вважаєте, що повинні мати доступ, зверніться до адміністратора сайту.
problem-no-access-happened = Ви ввійшли як { $name }. Цей обліковий запис не має доступу до цієї сторінки.
problem-not-found-title = Сторінку не знайдено
problem-not-found-happened = За цією адресою немає сторінки.
problem-not-found-advice = Перевірте адресу або перейдіть на головну сторінку.
problem-method-not-allowed-title = Метод не дозволено
problem-method-not-allowed-happened = Ця сторінка не приймає запити такого типу.
problem-method-not-allowed-advice = Поверніться назад і спробуйте ще раз або перейдіть на головну сторінку.
problem-path-too-long-title = Адреса задовга
problem-path-too-long-happened = Шлях цієї адреси довший, ніж приймає шлюз.
problem-path-too-long-advice = Перевірте посилання або перейдіть на головну сторінку.
problem-too-large-title = Забагато даних
problem-too-large-happened = Форма більша, ніж приймає ця сторінка.
problem-too-large-advice = Поверніться назад і надішліть менше даних.
problem-head-too-large-title = Ваш браузер надіслав забагато файлів cookie
problem-head-too-large-happened = Файли cookie та інші поля цього запиту більші, ніж приймає цей сайт.
problem-head-too-large-advice = Видаліть файли cookie цього сайту у своєму браузері та спробуйте ще раз. Якщо це повториться, зверніться до адміністратора сайту.
problem-unsupported-media-type-title = Цю форму неможливо прочитати
problem-unsupported-media-type-happened = Форму надіслано у форматі, який ця сторінка не приймає.
problem-unsupported-media-type-advice = Відкрийте сторінку входу та скористайтеся формою на ній.
problem-unknown-site-title = Сайт не знайдено
problem-unknown-site-happened = Для цієї адреси не налаштовано жодного сайту.
problem-unknown-site-advice = Перевірте адресу. Якщо вона правильна, зверніться до адміністратора сайту.
problem-plain-http-title = Потрібне захищене з’єднання
problem-plain-http-happened = Цей сайт доступний лише через https.
problem-plain-http-advice = Відкрийте адресу ще раз, додавши https:// на початку.
problem-too-many-title = Забагато спроб
problem-too-many-happened = З вашої мережі за короткий час надійшло забагато спроб.
problem-too-many-advice = Трохи зачекайте та спробуйте ще раз.
problem-wait-advice = Зачекайте { $time } і спробуйте ще раз.
problem-upstream-unreachable-title = Сайт недоступний
problem-upstream-unreachable-happened = Це не ваша провина: сайт, до якого веде ця сторінка, не відповідає.
problem-upstream-unreachable-advice = Спробуйте ще раз трохи пізніше. Якщо проблема не зникне, зверніться до адміністратора сайту.
problem-upstream-timeout-title = Сайт не відповів вчасно
problem-upstream-timeout-happened = Це не ваша провина: сайт, до якого веде ця сторінка, відповідав надто довго.
problem-upstream-timeout-advice = Спробуйте ще раз трохи пізніше. Якщо проблема не зникне, зверніться до адміністратора сайту.
problem-unavailable-title = Тимчасово недоступно
problem-unavailable-happened = Це не ваша провина: служба зараз недоступна.
problem-unavailable-advice = Спробуйте ще раз трохи пізніше. Якщо проблема не зникне, зверніться до адміністратора сайту.
problem-loop-title = Вхід щоразу починається спочатку
problem-loop-happened = Протягом хвилини ви ввійшли кілька разів, але після цього сайт вас не розпізнав.
problem-loop-advice = Дозвольте файли cookie для цього сайту та перевірте дату й час на своєму пристрої. Якщо це повториться, зверніться до адміністратора сайту.
problem-internal-title = Сталася помилка
problem-internal-happened = Це не ваша провина: щось пішло не так на нашому боці.
problem-internal-advice = Спробуйте ще раз. Якщо це повториться, зверніться до адміністратора сайту та вкажіть номер звернення, наведений нижче.
problem-sign-in = Перейти до входу
problem-retry = Спробувати ще раз
problem-home = На головну сторінку
# Before the number by which the site owner finds the request in the log.
problem-reference = Номер звернення
