# Texts of the pages. A line with a brace holds a value: keep its name. Words in braces with -> choose a plural form.

## All pages

# The page title while something is wrong; a screen reader says it first.
common-error-title = गड़बड़ी: { $title }
# Over the list of languages.
common-language = भाषा
common-seconds = { $count ->
    [one] { $count } सेकंड
   *[other] { $count } सेकंड
}
common-minutes = { $count ->
    [one] { $count } मिनट
   *[other] { $count } मिनट
}
common-hours = { $count ->
    [one] { $count } घंटे
   *[other] { $count } घंटे
}
# A moment in UTC. $month is a number from 1 to 12, $time is like 05:34.
common-moment = { $day } { $month ->
    [1] जनवरी
    [2] फ़रवरी
    [3] मार्च
    [4] अप्रैल
    [5] मई
    [6] जून
    [7] जुलाई
    [8] अगस्त
    [9] सितंबर
    [10] अक्टूबर
    [11] नवंबर
   *[12] दिसंबर
} { $year }, { $time } UTC

## Sign-in

login-title = साइन इन करें
# $host is the host name of the app that was asked for.
login-to-continue = { $host } पर जाने के लिए
login-name = ईमेल या उपयोगकर्ता नाम
login-password = पासवर्ड
login-show = दिखाएं
login-hide = छिपाएं
login-show-password = पासवर्ड दिखाएं
login-button = साइन इन करें
login-wrong = साइन इन की जानकारी गलत है। कृपया फिर से कोशिश करें।
# $time is a span such as "9 minutes".
login-wait = बहुत ज़्यादा बार कोशिश की गई। कृपया { $time } बाद फिर से कोशिश करें।
login-over = साइन इन करने का समय खत्म हो गया है। कृपया फिर से साइन इन करें।
login-guesses-used = पांचवीं बार गलत कोड डाला गया, इसलिए यह साइन इन बंद कर दिया गया है। नया कोड पाने के लिए फिर से साइन इन करें।
login-stale = इस बीच आपने साइन इन पेज किसी दूसरे टैब में खोला है। कृपया अपना पासवर्ड फिर से डालें।
login-no-cookie = यह पेज एक घंटे से ज़्यादा समय तक खुला रहा या आपका ब्राउज़र कुकी को ब्लॉक कर रहा है। कृपया फिर से कोशिश करें। अगर ऐसा दोबारा हो, तो इस साइट के लिए कुकी की अनुमति दें।
login-target-too-long = आपने जो पता खोला है वह इतना लंबा है कि उसे सेव नहीं किया जा सकता। साइन इन करने के बाद शुरुआती पेज खुलेगा: वहां पहुंचकर यह पता फिर से खोलें।
login-signed-out = आपको साइन आउट कर दिया गया है।
login-signed-out-unsaved = आपको साइन आउट कर दिया गया है, लेकिन सर्वर अभी इसे सेव नहीं कर सका। साइट के एडमिन से संपर्क करें।

## Code

code-title = अपना कोड डालें
code-title-none = कोड पाएं
# $masked is a number such as +1 ••• ••• 67.
code-sent-sms = आपका कोड { $masked } पर मैसेज (एसएमएस) से भेजा गया है।
# To be heard: $digits are the last digits of the number.
code-sent-sms-spoken = आपका कोड उस नंबर पर मैसेज (एसएमएस) से भेजा गया है जिसके आखिरी अंक { $digits } हैं।
code-sent-email = आपका कोड { $masked } पर ईमेल से भेजा गया है।
code-sent-email-spoken = आपका कोड उस पते पर ईमेल से भेजा गया है जो { $letter } से शुरू होता है।
code-code = कोड
code-digits = { $count ->
    [one] { $count } अंक
   *[other] { $count } अंक
}
code-characters = { $count ->
    [one] { $count } अक्षर या अंक
   *[other] { $count } अक्षर या अंक
}
code-valid-for = यह कोड { $time } तक मान्य है।
code-expires-soon = यह कोड एक मिनट से भी कम समय में समाप्त हो जाएगा।
code-expired = कोड की समय-सीमा समाप्त हो गई है। कृपया नया कोड मंगाएँ।
code-by-itself = पूरा कोड डालते ही यह पेज अपने-आप आगे बढ़ जाएगा।
code-remember-days = { $count ->
    [one] इस ब्राउज़र में { $count } दिन तक कोड न मांगें
   *[other] इस ब्राउज़र में { $count } दिनों तक कोड न मांगें
}
code-remember-hours = { $count ->
    [one] इस ब्राउज़र में { $count } घंटे तक कोड न मांगें
   *[other] इस ब्राउज़र में { $count } घंटों तक कोड न मांगें
}
code-button = जारी रखें
code-sent = सत्यापन कोड भेज दिया गया है।
code-wrong = कोड गलत है या उसका समय खत्म हो गया है
code-guesses-left = { $count ->
    [one] आपके पास { $count } मौका बचा है।
   *[other] आपके पास { $count } मौके बचे हैं।
}
code-unsent = हम कोड नहीं भेज सके। कृपया फिर से कोशिश करें या कोई दूसरा तरीका इस्तेमाल करें।
code-unsent-only = हम कोड नहीं भेज सके। कृपया थोड़ी देर में फिर से कोशिश करें।
code-unchecked = हम कोड की जांच नहीं कर सके। कोई नुकसान नहीं हुआ है: कृपया फिर से कोशिश करें या कोई दूसरा तरीका इस्तेमाल करें।
code-unchecked-only = हम कोड की जांच नहीं कर सके। कोई नुकसान नहीं हुआ है: कृपया थोड़ी देर में फिर से कोशिश करें।
code-none = कोई मान्य कोड नहीं है: उसका समय खत्म हो गया है या कोई कोड भेजा ही नहीं गया। कृपया नया कोड मंगाएं।
code-wait-guess = बहुत ज़्यादा बार कोशिश की गई। कृपया { $time } बाद फिर से कोशिश करें।
code-wait-send = नया कोड { $time } बाद मंगाया जा सकता है।
code-limit = बहुत ज़्यादा बार कोड मंगाया गया। { $time } बाद फिर से कोशिश करें या कोई दूसरा तरीका इस्तेमाल करें।
code-no-destination = यह तरीका आपके खाते के लिए सेट अप नहीं है। कृपया कोई दूसरा तरीका इस्तेमाल करें।
code-no-way = इस खाते पर कोई कोड नहीं भेजा जा सकता। कृपया साइट के एडमिन से संपर्क करें।
# Shown after another code was requested.
code-newest = अगर आपको कई मैसेज मिले हैं, तो सबसे नए मैसेज का कोड इस्तेमाल करें।
code-again = कोड नहीं मिला?
code-send-again = फिर से भेजें
code-by-sms = मैसेज (एसएमएस) भेजें
code-by-email = ईमेल भेजें
# Before a clock that counts down.
code-next-in = नया कोड मंगाने के लिए बचा समय:
code-ready = अब नया कोड मंगाया जा सकता है।
code-start-over = फिर से शुरू करें

## Confirm (a signed-in person is asked for a code again)

confirm-title = अपनी पहचान की पुष्टि करें
confirm-asked-by = { $host } के पेज के लिए नया कोड ज़रूरी है।

## Account

account-title = आपने साइन इन किया हुआ है
account-who = खाता
account-since = साइन इन का समय
account-sms-limits = एसएमएस से मिला कोड आपको ऐसे नकली पेज से नहीं बचा सकता जो कोड को आगे भेज दे, और न ही ऐसे व्यक्ति से जो आपका फ़ोन नंबर हथिया ले: कोड सिर्फ़ { $host } पर डालें और किसी को कभी न बताएं।
account-home = { $host } पर जाएं
account-no-code-until = इस ब्राउज़र में कोड के बिना इस समय तक
account-other-browsers = { $count ->
    [one] { $count } और ब्राउज़र में कोड की ज़रूरत नहीं है।
   *[other] { $count } और ब्राउज़रों में कोड की ज़रूरत नहीं है।
}
account-forget-this = यह ब्राउज़र भूल जाएं
account-forget-all = सभी ब्राउज़र भूल जाएं
account-forgotten = हो गया। अगले साइन-इन में फिर से कोड मांगा जाएगा।
account-log-out = साइन आउट करें
account-apps = आपके ऐप्लिकेशन

## Proof (a second factor that the person has: authenticator app, passkey, recovery code)

proof-app-title = अपने ऐप्लिकेशन का कोड डालें
# $product is the name of this service, as the app shows it.
proof-app-hint = अपना ऑथेंटिकेटर ऐप्लिकेशन खोलें और { $product } के लिए दिखने वाला कोड डालें।
proof-recovery-title = रिकवरी कोड इस्तेमाल करें
proof-recovery-hint = अपना कोई एक रिकवरी कोड डालें। हर कोड सिर्फ़ एक बार काम करता है।
proof-recovery-label = रिकवरी कोड
proof-passkey-title = अपनी पासकी इस्तेमाल करें
proof-passkey-hint = आपका डिवाइस आपका फ़िंगरप्रिंट, आपका चेहरा, डिवाइस का पिन या आपकी सुरक्षा कुंजी मांगता है।
proof-passkey-button = पासकी इस्तेमाल करें
proof-passkey-wrong = पासकी स्वीकार नहीं की गई। कृपया फिर से कोशिश करें या कोई दूसरा तरीका इस्तेमाल करें।
# The person closed the window of the browser, or it took too long.
proof-passkey-stopped = पासकी इस्तेमाल नहीं हुई। कृपया फिर से कोशिश करें या कोई दूसरा तरीका इस्तेमाल करें।
proof-passkey-impossible = यह ब्राउज़र यहां पासकी इस्तेमाल नहीं कर सकता। कृपया कोई दूसरा तरीका इस्तेमाल करें।
# Heading over the other ways to continue.
proof-other = कोई दूसरा तरीका इस्तेमाल करें
proof-use-app = ऑथेंटिकेटर ऐप्लिकेशन
proof-use-passkey = पासकी
proof-use-recovery = रिकवरी कोड
# Button on the sign-in page, below the password.
proof-login-passkey = पासकी से साइन इन करें

## Factors (the sign-in methods of an account, which its person adds and removes)

# Heading of the list.
factors-title = साइन इन करने के तरीके
# Where only codes are sent.
factors-advice = पासकी या ऑथेंटिकेटर ऐप्लिकेशन जोड़ें: इन्हें बीच में कोई चुरा नहीं सकता और ये तब भी काम करते हैं, जब कोई मैसेज नहीं पहुंचता।
factors-app = ऑथेंटिकेटर ऐप्लिकेशन
factors-passkey = पासकी
factors-sms = मैसेज (एसएमएस)
factors-email = ईमेल
factors-recovery = रिकवरी कोड
# $moment is a date and time.
factors-used = पिछली बार इस्तेमाल: { $moment }
factors-unused = अभी तक इस्तेमाल नहीं हुआ
factors-left = { $count ->
    [one] { $count } कोड बचा है
   *[other] { $count } कोड बचे हैं
}
# A passkey that is copied to other devices of the person.
factors-synced = आपके दूसरे डिवाइसों से सिंक की गई
factors-add-app = ऑथेंटिकेटर ऐप्लिकेशन जोड़ें
factors-add-passkey = पासकी जोड़ें
factors-make-codes = रिकवरी कोड बनाएं
factors-new-codes = रिकवरी कोड बदलें
# Link to the page of one method.
factors-change = बदलें
factors-name = नाम
factors-name-hint = ताकि आप इसे बाद में पहचान सकें, जैसे कि 'फ़ोन' या 'नीली कुंजी'।
factors-name-wrong = नाम में 1 से 40 वर्ण होने चाहिए।
factors-save = सेव करें
factors-back = अपने खाते पर वापस जाएं
factors-remove = हटाएं
factors-remove-advice = इसके बाद इस तरीके से साइन इन नहीं किया जा सकेगा और आपको बाकी सभी ब्राउज़रों से साइन आउट कर दिया जाएगा।
factors-last = आपके पास सिर्फ़ यही एक तरीका है, इसलिए इसे हटाया नहीं जा सकता। पहले कोई दूसरा तरीका जोड़ें।
# $moment is a date and time.
factors-recovered = आपने रिकवरी कोड इस्तेमाल किया है। हो सकता है कि यह किसी और ने किया हो, इसलिए { $moment } तक यह नहीं किया जा सकता।
factors-added = हो गया। अब से इस तरीके से साइन इन किया जा सकता है। आपको बाकी सभी ब्राउज़रों से साइन आउट कर दिया गया है।
factors-removed = हटा दिया गया। आपको बाकी सभी ब्राउज़रों से साइन आउट कर दिया गया है।
factors-saved = सेव हो गया।
factors-full = आपके पास उतने तरीके हैं जितने एक खाते में हो सकते हैं। पहले कोई एक हटाएं।
factors-app-scan = इस इमेज को अपने ऑथेंटिकेटर ऐप्लिकेशन से स्कैन करें।
factors-app-picture = आपके ऑथेंटिकेटर ऐप्लिकेशन के लिए क्यूआर कोड
factors-app-type = या ऐप्लिकेशन में यह कुंजी डालें:
factors-app-code = ऐप्लिकेशन में दिखने वाला कोड
factors-app-wrong = यह कोड सही नहीं है। देख लें कि आपके फ़ोन की घड़ी में समय सही है, फिर दोबारा कोशिश करें।
factors-over = इसमें बहुत ज़्यादा समय लगा या बहुत ज़्यादा बार कोशिश की गई। कृपया फिर से शुरू करें।
factors-again = फिर से शुरू करें
factors-codes-title = आपके रिकवरी कोड
factors-codes-advice = इन्हें प्रिंट कर लें या पासवर्ड मैनेजर में रखें, सिर्फ़ उस फ़ोन में नहीं जिससे आप साइन इन करते हैं। हर कोड सिर्फ़ एक बार काम करता है। ये कोड सिर्फ़ अभी दिखाए जा रहे हैं।
factors-codes-replaced = आपके पुराने रिकवरी कोड अब काम नहीं करेंगे।
factors-codes-kept = मैंने इन्हें रख लिया है
factors-passkey-hint = पासकी आपके डिवाइस, आपके पासवर्ड मैनेजर या किसी सुरक्षा कुंजी में रहती है। यह सिर्फ़ इसी साइट पर काम करती है, इसलिए कोई आपको धोखा देकर इसे नहीं ले सकता।
factors-passkey-button = पासकी बनाएं
factors-passkey-known = यह पासकी पहले से रजिस्टर है।
factors-passkey-refused = पासकी नहीं जोड़ी जा सकी। कृपया फिर से कोशिश करें।

## Consent (before a session is handed over to a site)

consent-title = क्या आपको { $site } पर जाना है?
consent-asked-by = किसी दूसरी वेबसाइट का लिंक { $site } को आपके खाते से खोलना चाहता है। तभी जारी रखें, जब आपको इसकी उम्मीद हो।
consent-button = जारी रखें

## Log-out

logout-title = क्या आपको साइन आउट करना है?
logout-signed-in-as = आपने { $name } के तौर पर साइन इन किया हुआ है।
logout-forget = यह ब्राउज़र भी भूल जाएं: अगले साइन-इन में कोड मांगा जाएगा
logout-button = साइन आउट करें
logout-stay = साइन इन रहें

logout-switch = खाता बदलें

## Unsent (a form was sent after its session had ended)

unsent-title = आपका फ़ॉर्म नहीं मिला
unsent-happened = { $host } पर फ़ॉर्म भरने के दौरान आपको साइन आउट कर दिया गया था, इसलिए आपकी भेजी गई जानकारी नहीं पहुंची। अब आप फिर से साइन इन हैं।
unsent-advice = फ़ॉर्म पर वापस जाएं और उसे फिर से भेजें। हो सकता है कि आपकी भरी हुई जानकारी ब्राउज़र में अब भी हो: ब्राउज़र का 'वापस जाएं' बटन इस्तेमाल करें।
unsent-back = पेज पर वापस जाएं

## Framed (the app is shown inside another page)

framed-title = साइन इन करना ज़रूरी है
framed-happened = यह ऐप्लिकेशन किसी दूसरे पेज के अंदर दिख रहा है। वहां सुरक्षित तरीके से साइन इन नहीं किया जा सकता।
framed-button = नए टैब में साइन इन करें
framed-advice = इसके बाद यह पेज फिर से लोड करें। अगर यह फिर भी साइन इन करने को कहे, तो ऐप्लिकेशन को अलग टैब में खोलें।

## Problems

problem-bad-request-title = अनुरोध सही नहीं है
problem-bad-request-happened = आपके ब्राउज़र ने ऐसा अनुरोध भेजा है जिसे हम पढ़ नहीं सकते।
problem-bad-request-advice = वापस जाकर फिर से कोशिश करें या शुरुआती पेज पर जाएं।
problem-forgery-title = यह फ़ॉर्म अब मान्य नहीं है
problem-forgery-happened = यह पेज बहुत देर तक खुला रहा या फ़ॉर्म किसी दूसरी साइट से आया है।
problem-forgery-advice = साइन इन पेज खोलें और फिर से कोशिश करें। अगर ऐसा बार-बार हो, तो इस साइट के लिए कुकी की अनुमति दें।
problem-forbidden-title = आपके पास ऐक्सेस नहीं है
problem-forbidden-happened = आपने साइन इन किया हुआ है, लेकिन आपके खाते के पास इस पेज का ऐक्सेस नहीं है।
problem-forbidden-advice = शुरुआती पेज पर जाएं। अगर आपको लगता है कि आपके पास ऐक्सेस होना चाहिए, तो साइट के एडमिन से संपर्क करें।
problem-no-access-happened = आपने { $name } के तौर पर साइन इन किया हुआ है। इस खाते के पास इस पेज का ऐक्सेस नहीं है।
problem-not-found-title = पेज नहीं मिला
problem-not-found-happened = इस पते पर कोई पेज नहीं है।
problem-not-found-advice = पता जांचें या शुरुआती पेज पर जाएं।
problem-method-not-allowed-title = इस तरीके की अनुमति नहीं है
problem-method-not-allowed-happened = यह पेज इस तरह के अनुरोध स्वीकार नहीं करता।
problem-method-not-allowed-advice = वापस जाकर फिर से कोशिश करें या शुरुआती पेज पर जाएं।
problem-path-too-long-title = पता बहुत लंबा है
problem-path-too-long-happened = इस पते का पाथ गेटवे की तय सीमा से ज़्यादा लंबा है।
problem-path-too-long-advice = लिंक जांचें या शुरुआती पेज पर जाएं।
problem-too-large-title = बहुत ज़्यादा डेटा
problem-too-large-happened = यह फ़ॉर्म इस पेज की तय सीमा से बड़ा है।
problem-too-large-advice = वापस जाएं और कम डेटा भेजें।
problem-head-too-large-title = आपके ब्राउज़र ने बहुत ज़्यादा कुकी भेजी हैं
problem-head-too-large-happened = इस अनुरोध की कुकी और दूसरे फ़ील्ड इस साइट की तय सीमा से बड़े हैं।
problem-head-too-large-advice = अपने ब्राउज़र में इस साइट की कुकी मिटाएं और फिर से कोशिश करें। अगर ऐसा दोबारा हो, तो साइट के एडमिन से संपर्क करें।
problem-unsupported-media-type-title = यह फ़ॉर्म पढ़ा नहीं जा सकता
problem-unsupported-media-type-happened = यह फ़ॉर्म ऐसे फ़ॉर्मैट में भेजा गया है जिसे यह पेज स्वीकार नहीं करता।
problem-unsupported-media-type-advice = साइन इन पेज खोलें और वहां दिया गया फ़ॉर्म इस्तेमाल करें।
problem-unknown-site-title = साइट नहीं मिली
problem-unknown-site-happened = इस पते के लिए कोई साइट कॉन्फ़िगर नहीं की गई है।
problem-unknown-site-advice = पता जांचें। अगर पता सही है, तो साइट के एडमिन से संपर्क करें।
problem-plain-http-title = सुरक्षित कनेक्शन ज़रूरी है
problem-plain-http-happened = यह साइट सिर्फ़ https पर उपलब्ध है।
problem-plain-http-advice = पते के आगे https:// लगाकर उसे फिर से खोलें।
problem-too-many-title = बहुत ज़्यादा बार कोशिश की गई
problem-too-many-happened = आपके नेटवर्क से थोड़े ही समय में बहुत ज़्यादा बार कोशिश की गई।
problem-too-many-advice = कृपया थोड़ी देर रुकें, फिर दोबारा कोशिश करें।
problem-wait-advice = कृपया { $time } बाद फिर से कोशिश करें।
problem-upstream-unreachable-title = साइट से संपर्क नहीं हो पा रहा है
problem-upstream-unreachable-happened = इसमें आपकी कोई गलती नहीं है: इस पेज से जुड़ी साइट जवाब नहीं दे रही है।
problem-upstream-unreachable-advice = थोड़ी देर में फिर से कोशिश करें। अगर समस्या बनी रहे, तो साइट के एडमिन से संपर्क करें।
problem-upstream-timeout-title = साइट ने बहुत ज़्यादा समय लिया
problem-upstream-timeout-happened = इसमें आपकी कोई गलती नहीं है: इस पेज से जुड़ी साइट ने समय पर जवाब नहीं दिया।
problem-upstream-timeout-advice = थोड़ी देर में फिर से कोशिश करें। अगर समस्या बनी रहे, तो साइट के एडमिन से संपर्क करें।
problem-unavailable-title = कुछ समय के लिए उपलब्ध नहीं है
problem-unavailable-happened = इसमें आपकी कोई गलती नहीं है: सेवा इस समय उपलब्ध नहीं है।
problem-unavailable-advice = थोड़ी देर में फिर से कोशिश करें। अगर समस्या बनी रहे, तो साइट के एडमिन से संपर्क करें।
problem-loop-title = साइन इन बार-बार शुरू हो रहा है
problem-loop-happened = एक मिनट के अंदर आपका साइन इन कई बार हुआ, लेकिन उसके बाद यह साइट आपको पहचान नहीं सकी।
problem-loop-advice = इस साइट के लिए कुकी की अनुमति दें और अपने डिवाइस की तारीख और समय जांचें। अगर ऐसा दोबारा हो, तो साइट के एडमिन से संपर्क करें।
problem-internal-title = कोई गड़बड़ी हुई
problem-internal-happened = इसमें आपकी कोई गलती नहीं है: हमारी तरफ़ कोई गड़बड़ी हुई है।
problem-internal-advice = फिर से कोशिश करें। अगर ऐसा दोबारा हो, तो साइट के एडमिन से संपर्क करें और नीचे दिया गया रेफ़रंस नंबर बताएं।
problem-sign-in = साइन इन पेज पर जाएं
problem-retry = फिर से कोशिश करें
problem-home = शुरुआती पेज पर जाएं
# Before the number by which the site owner finds the request in the log.
problem-reference = रेफ़रंस नंबर
