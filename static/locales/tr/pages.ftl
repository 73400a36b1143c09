# Texts of the pages. A line with a brace holds a value: keep its name. Words in braces with -> choose a plural form.

## All pages

# The page title while something is wrong; a screen reader says it first.
common-error-title = Hata: { $title }
# Over the list of languages.
common-language = Dil
common-seconds = { $count ->
    [one] { $count } saniye
   *[other] { $count } saniye
}
common-minutes = { $count ->
    [one] { $count } dakika
   *[other] { $count } dakika
}
common-hours = { $count ->
    [one] { $count } saat
   *[other] { $count } saat
}
# A moment in UTC. $month is a number from 1 to 12, $time is like 05:34.
common-moment = { $day } { $month ->
    [1] Ocak
    [2] Şubat
    [3] Mart
    [4] Nisan
    [5] Mayıs
    [6] Haziran
    [7] Temmuz
    [8] Ağustos
    [9] Eylül
    [10] Ekim
    [11] Kasım
   *[12] Aralık
} { $year } { $time } UTC

## Sign-in

login-title = Oturum açın
# $host is the host name of the app that was asked for.
login-to-continue = { $host } adresine devam etmek için
login-name = E-posta veya kullanıcı adı
login-password = Şifre
login-show = Göster
login-hide = Gizle
login-show-password = Şifreyi göster
login-button = Oturum aç
login-wrong = Giriş bilgileri geçersiz. Lütfen tekrar deneyin.
# $time is a span such as "9 minutes".
login-wait = Çok fazla deneme yapıldı. Lütfen { $time } bekleyip tekrar deneyin.
login-over = Bu oturum açma işleminin süresi doldu. Lütfen tekrar oturum açın.
login-guesses-used = Bu, beş yanlış kodun sonuncusuydu; bu nedenle oturum açma işlemi sonlandırıldı. Yeni bir kod almak için tekrar oturum açın.
login-stale = Bu arada oturum açma sayfasını başka bir sekmede açtınız. Lütfen şifrenizi tekrar girin.
login-no-cookie = Bu sayfa bir saatten uzun süre açık kaldı veya tarayıcınız çerezleri engelliyor. Lütfen tekrar deneyin. Bu durum yinelenirse bu site için çerezlere izin verin.
login-target-too-long = Açtığınız adres saklanamayacak kadar uzun. Oturum açtıktan sonra ana sayfaya yönlendirileceksiniz; adresi o zaman tekrar açın.
login-signed-out = Oturumunuz kapatıldı.
login-signed-out-unsaved = Oturumunuz kapatıldı ancak sunucu bunu henüz kaydedemedi. Site yöneticisiyle iletişime geçin.

## Code

code-title = Kodunuzu girin
code-title-none = Kod alın
# $masked is a number such as +1 ••• ••• 67.
code-sent-sms = Kodunuz { $masked } numarasına kısa mesajla gönderildi.
# To be heard: $digits are the last digits of the number.
code-sent-sms-spoken = Kodunuz, sonu { $digits } olan numaraya kısa mesajla gönderildi.
code-sent-email = Kodunuz { $masked } adresine e-postayla gönderildi.
code-sent-email-spoken = Kodunuz, { $letter } ile başlayan adrese e-postayla gönderildi.
code-code = Kod
code-digits = { $count ->
    [one] { $count } rakam
   *[other] { $count } rakam
}
code-characters = { $count ->
    [one] { $count } harf veya rakam
   *[other] { $count } harf veya rakam
}
code-valid-for = Kod { $time } boyunca geçerlidir.
code-expires-soon = Kodun süresi bir dakikadan kısa sürede dolacak.
code-expired = Kodun süresi doldu. Lütfen yeni bir kod isteyin.
code-by-itself = Kod tamamlandığında sayfa otomatik olarak devam eder.
code-remember-days = { $count ->
    [one] Bu tarayıcıda { $count } gün boyunca kod sorulmasın
   *[other] Bu tarayıcıda { $count } gün boyunca kod sorulmasın
}
code-remember-hours = { $count ->
    [one] Bu tarayıcıda { $count } saat boyunca kod sorulmasın
   *[other] Bu tarayıcıda { $count } saat boyunca kod sorulmasın
}
code-button = Devam et
code-sent = Doğrulama kodu gönderildi.
code-wrong = Kod geçersiz veya süresi dolmuş
code-guesses-left = { $count ->
    [one] { $count } deneme hakkınız kaldı.
   *[other] { $count } deneme hakkınız kaldı.
}
code-unsent = Kodu gönderemedik. Lütfen tekrar deneyin veya başka bir yöntem kullanın.
code-unsent-only = Kodu gönderemedik. Lütfen biraz sonra tekrar deneyin.
code-unchecked = Kodu kontrol edemedik. Hiçbir şey kaybolmadı: Lütfen tekrar deneyin veya başka bir yöntem kullanın.
code-unchecked-only = Kodu kontrol edemedik. Hiçbir şey kaybolmadı: Lütfen biraz sonra tekrar deneyin.
code-none = Geçerli bir kod yok: Süresi dolmuş veya hiç kod gönderilmemiş. Lütfen yeni bir kod isteyin.
code-wait-guess = Çok fazla deneme yapıldı. Lütfen { $time } bekleyip tekrar deneyin.
code-wait-send = { $time } sonra yeni bir kod isteyebilirsiniz.
code-limit = Çok fazla kod istendi. { $time } sonra tekrar deneyin veya başka bir yöntem kullanın.
code-no-destination = Bu yöntem hesabınız için ayarlanmamış. Lütfen başka bir yöntem kullanın.
code-no-way = Bu hesaba kod gönderilemiyor. Lütfen site yöneticisiyle iletişime geçin.
# Shown after another code was requested.
code-newest = Birden fazla mesaj aldıysanız en son gelen mesajdaki kodu kullanın.
code-again = Kod gelmedi mi?
code-send-again = Tekrar gönder
code-by-sms = Kısa mesaj gönder
code-by-email = E-posta gönder
# Before a clock that counts down.
code-next-in = Yeni bir kod isteyebilmeniz için kalan süre:
code-ready = Artık yeni bir kod isteyebilirsiniz.
code-start-over = Baştan başla

## Confirm (a signed-in person is asked for a code again)

confirm-title = Kimliğinizi doğrulayın
confirm-asked-by = { $host } adresindeki sayfa için yeni bir kod gerekiyor.

## Account

account-title = Oturumunuz açık
account-who = Hesap
account-since = Oturum açma zamanı
account-sms-limits = SMS ile gelen kod, sizi kodu başkasına ileten sahte bir sayfadan veya telefon numaranızı ele geçiren birinden koruyamaz: Kodları yalnızca { $host } adresinde girin ve hiç kimseyle paylaşmayın.
account-home = { $host } adresine git
account-no-code-until = Bu tarayıcıda kod sorulmayacak son zaman
account-other-browsers = { $count ->
    [one] { $count } başka tarayıcıda da kod sorulmuyor.
   *[other] { $count } başka tarayıcıda da kod sorulmuyor.
}
account-forget-this = Bu tarayıcıyı unut
account-forget-all = Tüm tarayıcıları unut
account-forgotten = Tamam. Bir sonraki girişte yeniden kod sorulacak.
account-log-out = Oturumu kapat
account-apps = Uygulamalarınız

## Proof (a second factor that the person has: authenticator app, passkey, recovery code)

proof-app-title = Uygulamanızdaki kodu girin
# $product is the name of this service, as the app shows it.
proof-app-hint = Kimlik doğrulama uygulamanızı açın ve { $product } için gösterdiği kodu girin.
proof-recovery-title = Kurtarma kodu kullanın
proof-recovery-hint = Kurtarma kodlarınızdan birini girin. Her kod yalnızca bir kez kullanılabilir.
proof-recovery-label = Kurtarma kodu
proof-passkey-title = Geçiş anahtarınızı kullanın
proof-passkey-hint = Cihazınız parmak izinizi, yüzünüzü, cihazın PIN kodunu veya güvenlik anahtarınızı ister.
proof-passkey-button = Geçiş anahtarını kullan
proof-passkey-wrong = Geçiş anahtarı kabul edilmedi. Lütfen tekrar deneyin veya başka bir yöntem kullanın.
# The person closed the window of the browser, or it took too long.
proof-passkey-stopped = Geçiş anahtarı kullanılmadı. Lütfen tekrar deneyin veya başka bir yöntem kullanın.
proof-passkey-impossible = Bu tarayıcıda burada geçiş anahtarı kullanılamıyor. Lütfen başka bir yöntem kullanın.
# Heading over the other ways to continue.
proof-other = Başka bir yöntem kullan
proof-use-app = Kimlik doğrulama uygulaması
proof-use-passkey = Geçiş anahtarı
proof-use-recovery = Kurtarma kodu
# Button on the sign-in page, below the password.
proof-login-passkey = Geçiş anahtarıyla oturum aç

## Factors (the sign-in methods of an account, which its person adds and removes)

# Heading of the list.
factors-title = Oturum açma yöntemleri
# Where only codes are sent.
factors-advice = Geçiş anahtarı veya kimlik doğrulama uygulaması ekleyin: Bunları kimse ele geçiremez ve mesaj gelmediğinde de çalışırlar.
factors-app = Kimlik doğrulama uygulaması
factors-passkey = Geçiş anahtarı
factors-sms = Kısa mesaj
factors-email = E-posta
factors-recovery = Kurtarma kodları
# $moment is a date and time.
factors-used = Son kullanım: { $moment }
factors-unused = Henüz kullanılmadı
factors-left = { $count ->
    [one] { $count } kod kaldı
   *[other] { $count } kod kaldı
}
# A passkey that is copied to other devices of the person.
factors-synced = Diğer cihazlarınızla eşitlendi
factors-add-app = Kimlik doğrulama uygulaması ekle
factors-add-passkey = Geçiş anahtarı ekle
factors-make-codes = Kurtarma kodları oluştur
factors-new-codes = Kurtarma kodlarını yenile
# Link to the page of one method.
factors-change = Değiştir
factors-name = Ad
factors-name-hint = Daha sonra tanıyabilmeniz için; örneğin “telefon” veya “mavi anahtar”.
factors-name-wrong = Ad 1 ile 40 karakter arasında olmalıdır.
factors-save = Kaydet
factors-back = Hesabınıza dönün
factors-remove = Kaldır
factors-remove-advice = Artık bu yöntemle oturum açamazsınız ve diğer tüm tarayıcılarınızda oturumunuz kapatılır.
factors-last = Bu sizin tek yönteminiz olduğu için kaldırılamaz. Önce başka bir yöntem ekleyin.
# $moment is a date and time.
factors-recovered = Bir kurtarma kodu kullandınız. Bunu başkası yapmış olabilir diye { $moment } tarihine kadar bu işlem yapılamaz.
factors-added = Tamam. Artık bu yöntemle oturum açabilirsiniz. Diğer tüm tarayıcılarınızda oturumunuz kapatıldı.
factors-removed = Kaldırıldı. Diğer tüm tarayıcılarınızda oturumunuz kapatıldı.
factors-saved = Kaydedildi.
factors-full = Bir hesapta olabilecek en fazla sayıda yönteminiz var. Önce birini kaldırın.
factors-app-scan = Bu resmi kimlik doğrulama uygulamanızla tarayın.
factors-app-picture = Kimlik doğrulama uygulamanız için QR kodu
factors-app-type = Veya bu anahtarı uygulamaya girin:
factors-app-code = Uygulamanın gösterdiği kod
factors-app-wrong = Bu kod doğru değil. Telefonunuzun saatinin doğru olduğunu kontrol edip tekrar deneyin.
factors-over = Bu işlem çok uzun sürdü veya çok fazla denendi. Lütfen baştan başlayın.
factors-again = Baştan başla
factors-codes-title = Kurtarma kodlarınız
factors-codes-advice = Bunları yazdırın veya bir şifre yöneticisinde saklayın; yalnızca oturum açtığınız telefonda tutmayın. Her kod yalnızca bir kez kullanılabilir. Kodlar yalnızca şimdi gösterilir.
factors-codes-replaced = Önceki kurtarma kodlarınız artık çalışmıyor.
factors-codes-kept = Kodları sakladım
factors-passkey-hint = Geçiş anahtarı cihazınızda, şifre yöneticinizde veya bir güvenlik anahtarında saklanır. Yalnızca bu sitede çalışır; bu nedenle kimse sizi kandırıp onu alamaz.
factors-passkey-button = Geçiş anahtarı oluştur
factors-passkey-known = Bu geçiş anahtarı zaten kayıtlı.
factors-passkey-refused = Geçiş anahtarı eklenemedi. Lütfen tekrar deneyin.

## Consent (before a session is handed over to a site)

consent-title = { $site } sitesine devam edilsin mi?
consent-asked-by = Başka bir web sitesindeki bir bağlantı, { $site } sitesini sizin hesabınızla açmak istiyor. Yalnızca bunu bekliyorsanız devam edin.
consent-button = Devam et

## Log-out

logout-title = Oturum kapatılsın mı?
logout-signed-in-as = { $name } olarak oturum açtınız.
logout-forget = Bu tarayıcıyı da unut: bir sonraki girişte kod sorulur
logout-button = Oturumu kapat
logout-stay = Oturumu açık tut

logout-switch = Hesap değiştir

## Unsent (a form was sent after its session had ended)

unsent-title = Formunuz bize ulaşmadı
unsent-happened = { $host } adresinde bir form doldururken oturumunuz kapandı; bu nedenle gönderdikleriniz ulaşmadı. Şimdi oturumunuz yeniden açık.
unsent-advice = Forma geri dönüp tekrar gönderin. Yazdıklarınız tarayıcınızda hâlâ duruyor olabilir: Tarayıcının geri düğmesini kullanın.
unsent-back = Sayfaya geri dön

## Framed (the app is shown inside another page)

framed-title = Oturum açmanız gerekiyor
framed-happened = Bu uygulama başka bir sayfanın içinde gösteriliyor; burada güvenle oturum açamazsınız.
framed-button = Yeni sekmede oturum aç
framed-advice = Ardından bu sayfayı yenileyin. Sayfa hâlâ oturum açmanızı isterse uygulamayı ayrı bir sekmede açın.

## Problems

problem-bad-request-title = Hatalı istek
problem-bad-request-happened = Tarayıcınız okuyamadığımız bir istek gönderdi.
problem-bad-request-advice = Geri dönüp tekrar deneyin veya ana sayfaya gidin.
problem-forgery-title = Bu form artık geçerli değil
problem-forgery-happened = Sayfa çok uzun süre açık kaldı veya form başka bir siteden geldi.
problem-forgery-advice = Oturum açma sayfasını açıp tekrar deneyin. Bu durum devam ederse bu site için çerezlere izin verin.
problem-forbidden-title = Erişiminiz yok
problem-forbidden-happened = Oturum açtınız ancak hesabınızın bu sayfaya erişimi yok.
problem-forbidden-advice = Ana sayfaya gidin. Erişiminiz olması gerektiğini düşünüyorsanız site yöneticisiyle iletişime geçin.
problem-no-access-happened = { $name } olarak oturum açtınız. Bu hesabın bu sayfaya erişimi yok.
problem-not-found-title = Sayfa bulunamadı
problem-not-found-happened = Bu adreste bir sayfa yok.
problem-not-found-advice = Adresi kontrol edin veya ana sayfaya gidin.
problem-method-not-allowed-title = Yönteme izin verilmiyor
problem-method-not-allowed-happened = Bu sayfa bu tür istekleri kabul etmiyor.
problem-method-not-allowed-advice = Geri dönüp tekrar deneyin veya ana sayfaya gidin.
problem-path-too-long-title = Adres çok uzun
problem-path-too-long-happened = Bu adresin yolu, ağ geçidinin kabul ettiğinden daha uzun.
problem-path-too-long-advice = Bağlantıyı kontrol edin veya ana sayfaya gidin.
problem-too-large-title = Çok fazla veri
problem-too-large-happened = Form, bu sayfanın kabul ettiğinden daha büyük.
problem-too-large-advice = Geri dönüp daha az veri gönderin.
problem-head-too-large-title = Tarayıcınız çok fazla çerez gönderdi
problem-head-too-large-happened = Bu istekteki çerezler ve diğer alanlar, bu sitenin kabul ettiğinden daha büyük.
problem-head-too-large-advice = Tarayıcınızda bu sitenin çerezlerini silip tekrar deneyin. Bu durum yinelenirse site yöneticisiyle iletişime geçin.
problem-unsupported-media-type-title = Bu form okunamıyor
problem-unsupported-media-type-happened = Form, bu sayfanın kabul etmediği bir biçimde gönderildi.
problem-unsupported-media-type-advice = Oturum açma sayfasını açıp oradaki formu kullanın.
problem-unknown-site-title = Site bulunamadı
problem-unknown-site-happened = Bu adres için yapılandırılmış bir site yok.
problem-unknown-site-advice = Adresi kontrol edin. Doğruysa site yöneticisiyle iletişime geçin.
problem-plain-http-title = Güvenli bağlantı gerekli
problem-plain-http-happened = Bu siteye yalnızca https üzerinden ulaşılabilir.
problem-plain-http-advice = Adresi, başına https:// ekleyerek tekrar açın.
problem-too-many-title = Çok fazla deneme yapıldı
problem-too-many-happened = Ağınızdan kısa sürede çok fazla deneme yapıldı.
problem-too-many-advice = Lütfen biraz bekleyip tekrar deneyin.
problem-wait-advice = Lütfen { $time } bekleyip tekrar deneyin.
problem-upstream-unreachable-title = Siteye ulaşılamıyor
problem-upstream-unreachable-happened = Bu sizden kaynaklanmıyor: Bu sayfanın arkasındaki site yanıt vermiyor.
problem-upstream-unreachable-advice = Biraz sonra tekrar deneyin. Sorun devam ederse site yöneticisiyle iletişime geçin.
problem-upstream-timeout-title = Site zamanında yanıt vermedi
problem-upstream-timeout-happened = Bu sizden kaynaklanmıyor: Bu sayfanın arkasındaki sitenin yanıt vermesi çok uzun sürdü.
problem-upstream-timeout-advice = Biraz sonra tekrar deneyin. Sorun devam ederse site yöneticisiyle iletişime geçin.
problem-unavailable-title = Geçici olarak kullanılamıyor
problem-unavailable-happened = Bu sizden kaynaklanmıyor: Hizmet şu anda kullanılamıyor.
problem-unavailable-advice = Biraz sonra tekrar deneyin. Sorun devam ederse site yöneticisiyle iletişime geçin.
problem-loop-title = Oturum açma işlemi sürekli baştan başlıyor
problem-loop-happened = Bir dakika içinde birkaç kez oturum açtınız ancak bu site sonrasında sizi tanımadı.
problem-loop-advice = Bu site için çerezlere izin verin ve cihazınızın tarih ve saatini kontrol edin. Bu durum yinelenirse site yöneticisiyle iletişime geçin.
problem-internal-title = Bir sorun oluştu
problem-internal-happened = Bu sizden kaynaklanmıyor: Bizim tarafımızda bir hata oluştu.
problem-internal-advice = Tekrar deneyin. Bu durum yinelenirse site yöneticisiyle iletişime geçin ve aşağıdaki referans numarasını belirtin.
problem-sign-in = Oturum açma sayfasına git
problem-retry = Tekrar dene
problem-home = Ana sayfaya git
# Before the number by which the site owner finds the request in the log.
problem-reference = Referans numarası
