# Texts of the pages. A line with a brace holds a value: keep its name. Words in braces with -> choose a plural form.

## All pages

# The page title while something is wrong; a screen reader says it first.
common-error-title = Error: { $title }
# Over the list of languages.
common-language = Idioma
common-seconds = { $count ->
    [one] { $count } segundo
   *[other] { $count } segundos
}
common-minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}
common-hours = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
}
# A moment in UTC. $month is a number from 1 to 12, $time is like 05:34.
common-moment = { $day } de { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
} de { $year }, { $time } UTC

## Sign-in

login-title = Iniciar sesión
# $host is the host name of the app that was asked for.
login-to-continue = para continuar en { $host }
login-name = Correo electrónico o nombre de usuario
login-password = Contraseña
login-show = Mostrar
login-hide = Ocultar
login-show-password = Mostrar contraseña
login-button = Iniciar sesión
login-wrong = Los datos de acceso no son válidos. Inténtelo de nuevo.
# $time is a span such as "9 minutes".
login-wait = Demasiados intentos. Espere { $time } e inténtelo de nuevo.
login-over = Este inicio de sesión ha caducado. Inicie sesión de nuevo.
login-guesses-used = Ese fue el último de cinco códigos incorrectos, así que este inicio de sesión ha terminado. Inicie sesión de nuevo para recibir otro código.
login-stale = Mientras tanto, ha abierto el inicio de sesión en otra pestaña. Escriba de nuevo su contraseña.
login-no-cookie = Esta página ha estado abierta más de una hora o su navegador bloquea las cookies. Inténtelo de nuevo; si vuelve a ocurrir, permita las cookies de este sitio.
login-target-too-long = La dirección que abrió es demasiado larga para guardarla. Después de iniciar sesión irá a la página de inicio: abra entonces la dirección de nuevo.
login-signed-out = Ha cerrado la sesión.
login-signed-out-unsaved = Ha cerrado la sesión, pero el servidor aún no ha podido guardarlo. Póngase en contacto con la administración del sitio.

## Code

code-title = Escriba su código
code-title-none = Obtener un código
# $masked is a number such as +1 ••• ••• 67.
code-sent-sms = Se ha enviado un SMS con su código al { $masked }.
# To be heard: $digits are the last digits of the number.
code-sent-sms-spoken = Se ha enviado un SMS con su código al número que termina en { $digits }.
code-sent-email = Se ha enviado un correo electrónico con su código a { $masked }.
code-sent-email-spoken = Se ha enviado un correo electrónico con su código a la dirección que empieza por { $letter }.
code-code = Código
code-digits = { $count ->
    [one] { $count } dígito
   *[other] { $count } dígitos
}
code-characters = { $count ->
    [one] { $count } letra o dígito
   *[other] { $count } letras o dígitos
}
code-valid-for = El código es válido durante { $time }.
code-expires-soon = El código caduca en menos de un minuto.
code-expired = El código ha caducado. Solicite uno nuevo.
code-by-itself = Esta página continúa automáticamente cuando el código está completo.
code-remember-days = { $count ->
    [one] No pedir un código en este navegador durante { $count } día
   *[other] No pedir un código en este navegador durante { $count } días
}
code-remember-hours = { $count ->
    [one] No pedir un código en este navegador durante { $count } hora
   *[other] No pedir un código en este navegador durante { $count } horas
}
code-button = Continuar
code-sent = Código de verificación enviado.
code-wrong = Código no válido o caducado
code-guesses-left = { $count ->
    [one] Le queda { $count } intento.
   *[other] Le quedan { $count } intentos.
}
code-unsent = No hemos podido enviar el código. Inténtelo de nuevo o use otro método.
code-unsent-only = No hemos podido enviar el código. Inténtelo de nuevo dentro de un momento.
code-unchecked = No hemos podido comprobar el código. No se ha perdido nada: inténtelo de nuevo o use otro método.
code-unchecked-only = No hemos podido comprobar el código. No se ha perdido nada: inténtelo de nuevo dentro de un momento.
code-none = No hay ningún código válido: ha caducado o no se ha enviado ninguno. Solicite uno nuevo.
code-wait-guess = Demasiados intentos. Espere { $time } e inténtelo de nuevo.
code-wait-send = Podrá solicitar otro código dentro de { $time }.
code-limit = Se han solicitado demasiados códigos. Inténtelo de nuevo dentro de { $time } o use otro método.
code-no-destination = Este método no está configurado en su cuenta. Use otro.
code-no-way = No se puede enviar ningún código a esta cuenta. Póngase en contacto con la administración del sitio.
# Shown after another code was requested.
code-newest = Si ha recibido varios mensajes, use el código del más reciente.
code-again = ¿No ha recibido ningún código?
code-send-again = Enviar de nuevo
code-by-sms = Enviar un SMS
code-by-email = Enviar un correo electrónico
# Before a clock that counts down.
code-next-in = Podrá solicitar otro código dentro de
code-ready = Ya puede solicitar otro código.
code-start-over = Empezar de nuevo

## Confirm (a signed-in person is asked for a code again)

confirm-title = Confirme su identidad
confirm-asked-by = La página de { $host } necesita un código nuevo.

## Account

account-title = Ha iniciado sesión
account-who = Cuenta
account-since = Desde
account-sms-limits = Un código por SMS no puede protegerle de una página falsa que lo reenvíe ni de alguien que se apropie de su número de teléfono: escriba los códigos solo en { $host } y nunca se los diga a nadie.
account-home = Ir a { $host }
account-no-code-until = Sin código en este navegador hasta
account-other-browsers = { $count ->
    [one] { $count } navegador más no necesita código.
   *[other] { $count } navegadores más no necesitan código.
}
account-forget-this = Olvidar este navegador
account-forget-all = Olvidar todos los navegadores
account-forgotten = Hecho. El próximo inicio de sesión volverá a pedir un código.
account-log-out = Cerrar sesión
account-apps = Sus aplicaciones

## Proof (a second factor that the person has: authenticator app, passkey, recovery code)

proof-app-title = Escriba el código de su aplicación
# $product is the name of this service, as the app shows it.
proof-app-hint = Abra su aplicación de autenticación y escriba el código que muestra para { $product }.
proof-recovery-title = Use un código de recuperación
proof-recovery-hint = Escriba uno de sus códigos de recuperación. Cada uno funciona una sola vez.
proof-recovery-label = Código de recuperación
proof-passkey-title = Use su llave de acceso
proof-passkey-hint = Su dispositivo le pide su huella digital, su cara, el PIN del dispositivo o su llave de seguridad.
proof-passkey-button = Usar llave de acceso
proof-passkey-wrong = La llave de acceso no se ha aceptado. Inténtelo de nuevo o use otro método.
# The person closed the window of the browser, or it took too long.
proof-passkey-stopped = La llave de acceso no se ha usado. Inténtelo de nuevo o use otro método.
proof-passkey-impossible = Este navegador no puede usar llaves de acceso aquí. Use otro método.
# Heading over the other ways to continue.
proof-other = Usar otro método
proof-use-app = Aplicación de autenticación
proof-use-passkey = Llave de acceso
proof-use-recovery = Código de recuperación
# Button on the sign-in page, below the password.
proof-login-passkey = Iniciar sesión con llave de acceso

## Factors (the sign-in methods of an account, which its person adds and removes)

# Heading of the list.
factors-title = Métodos de inicio de sesión
# Where only codes are sent.
factors-advice = Añada una llave de acceso o una aplicación de autenticación: nadie puede interceptarlas y funcionan aunque no llegue ningún mensaje.
factors-app = Aplicación de autenticación
factors-passkey = Llave de acceso
factors-sms = SMS
factors-email = Correo electrónico
factors-recovery = Códigos de recuperación
# $moment is a date and time.
factors-used = Último uso: { $moment }
factors-unused = Aún sin usar
factors-left = { $count ->
    [one] Queda { $count } código
   *[other] Quedan { $count } códigos
}
# A passkey that is copied to other devices of the person.
factors-synced = Sincronizada con sus otros dispositivos
factors-add-app = Añadir una aplicación de autenticación
factors-add-passkey = Añadir una llave de acceso
factors-make-codes = Crear códigos de recuperación
factors-new-codes = Reemplazar los códigos de recuperación
# Link to the page of one method.
factors-change = Cambiar
factors-name = Nombre
factors-name-hint = Para reconocerlo más adelante, por ejemplo «teléfono» o «llave azul».
factors-name-wrong = El nombre debe tener entre 1 y 40 caracteres.
factors-save = Guardar
factors-back = Volver a su cuenta
factors-remove = Eliminar
factors-remove-advice = Ya no podrá iniciar sesión con este método y se cerrará la sesión en todos sus otros navegadores.
factors-last = Este es su único método, así que no se puede eliminar. Añada otro primero.
# $moment is a date and time.
factors-recovered = Ha usado un código de recuperación. Por si no ha sido usted, esto no es posible hasta el { $moment }.
factors-added = Hecho. A partir de ahora puede iniciar sesión con este método. Se ha cerrado la sesión en todos sus otros navegadores.
factors-removed = Eliminado. Se ha cerrado la sesión en todos sus otros navegadores.
factors-saved = Guardado.
factors-full = Tiene tantos métodos como puede tener una cuenta. Elimine uno primero.
factors-app-scan = Escanee esta imagen con su aplicación de autenticación.
factors-app-picture = Código QR para su aplicación de autenticación
factors-app-type = O escriba esta clave en la aplicación:
factors-app-code = Código que muestra la aplicación
factors-app-wrong = Este código no es correcto. Compruebe que el reloj de su teléfono esté en hora e inténtelo de nuevo.
factors-over = Ha tardado demasiado o se ha intentado demasiadas veces. Empiece de nuevo.
factors-again = Empezar de nuevo
factors-codes-title = Sus códigos de recuperación
factors-codes-advice = Imprímalos o guárdelos en un gestor de contraseñas, no solo en el teléfono con el que inicia sesión. Cada uno funciona una sola vez. Solo se muestran ahora.
factors-codes-replaced = Los códigos de recuperación que tenía antes ya no funcionan.
factors-codes-kept = Los he guardado
factors-passkey-hint = Una llave de acceso se guarda en su dispositivo, en su gestor de contraseñas o en una llave de seguridad. Solo funciona en este sitio, así que nadie puede engañarle para que la entregue.
factors-passkey-button = Crear llave de acceso
factors-passkey-known = Esta llave de acceso ya está registrada.
factors-passkey-refused = No se ha podido añadir la llave de acceso. Inténtelo de nuevo.

## Consent (before a session is handed over to a site)

consent-title = ¿Continuar a { $site }?
consent-asked-by = Un enlace de otro sitio web quiere abrir { $site } con su cuenta. Continúe solo si lo esperaba.
consent-button = Continuar

## Log-out

logout-title = ¿Cerrar sesión?
logout-signed-in-as = Ha iniciado sesión como { $name }.
logout-forget = Olvidar también este navegador: el próximo inicio de sesión pedirá un código
logout-button = Cerrar sesión
logout-stay = Mantener la sesión iniciada

logout-switch = Cambiar de cuenta

## Unsent (a form was sent after its session had ended)

unsent-title = No se ha recibido su formulario
unsent-happened = La sesión se cerró mientras rellenaba un formulario en { $host }, así que los datos que envió no llegaron. Ahora ha vuelto a iniciar sesión.
unsent-advice = Vuelva al formulario y envíelo de nuevo. Es posible que su navegador conserve lo que escribió: use su botón Atrás.
unsent-back = Volver a la página

## Framed (the app is shown inside another page)

framed-title = Es necesario iniciar sesión
framed-happened = Esta aplicación se muestra dentro de otra página, donde no puede iniciar sesión de forma segura.
framed-button = Iniciar sesión en una pestaña nueva
framed-advice = Después, vuelva a cargar esta página. Si le sigue pidiendo que inicie sesión, abra la aplicación en su propia pestaña.

## Problems

problem-bad-request-title = Solicitud incorrecta
problem-bad-request-happened = Su navegador ha enviado una solicitud que no podemos leer.
problem-bad-request-advice = Vuelva atrás e inténtelo de nuevo o vaya a la página de inicio.
problem-forgery-title = Este formulario ya no es válido
problem-forgery-happened = La página ha estado abierta demasiado tiempo o el formulario procedía de otro sitio.
problem-forgery-advice = Abra la página de inicio de sesión e inténtelo de nuevo. Si sigue ocurriendo, permita las cookies de este sitio.
problem-forbidden-title = No tiene acceso
problem-forbidden-happened = Ha iniciado sesión, pero su cuenta no tiene acceso a esta página.
problem-forbidden-advice = Vaya a la página de inicio. Si cree que debería tener acceso, póngase en contacto con la administración del sitio.
problem-no-access-happened = Ha iniciado sesión como { $name }. Esta cuenta no tiene acceso a esta página.
problem-not-found-title = Página no encontrada
problem-not-found-happened = No hay ninguna página en esta dirección.
problem-not-found-advice = Compruebe la dirección o vaya a la página de inicio.
problem-method-not-allowed-title = Método no permitido
problem-method-not-allowed-happened = Esta página no acepta este tipo de solicitud.
problem-method-not-allowed-advice = Vuelva atrás e inténtelo de nuevo o vaya a la página de inicio.
problem-path-too-long-title = La dirección es demasiado larga
problem-path-too-long-happened = La ruta de esta dirección es más larga de lo que admite la puerta de enlace.
problem-path-too-long-advice = Compruebe el enlace o vaya a la página de inicio.
problem-too-large-title = Demasiados datos
problem-too-large-happened = El formulario es más grande de lo que admite esta página.
problem-too-large-advice = Vuelva atrás y envíe menos datos.
problem-head-too-large-title = Su navegador ha enviado demasiadas cookies
problem-head-too-large-happened = Las cookies y los demás campos de esta solicitud son más grandes de lo que admite este sitio.
problem-head-too-large-advice = Elimine las cookies de este sitio en su navegador e inténtelo de nuevo. Si vuelve a ocurrir, póngase en contacto con la administración del sitio.
problem-unsupported-media-type-title = No se puede leer este formulario
problem-unsupported-media-type-happened = El formulario se envió en un formato que esta página no acepta.
problem-unsupported-media-type-advice = Abra la página de inicio de sesión y use el formulario que aparece allí.
problem-unknown-site-title = Sitio no encontrado
problem-unknown-site-happened = No hay ningún sitio configurado para esta dirección.
problem-unknown-site-advice = Compruebe la dirección. Si es correcta, póngase en contacto con la administración del sitio.
problem-plain-http-title = Se requiere una conexión segura
problem-plain-http-happened = Este sitio solo está disponible mediante https.
problem-plain-http-advice = Abra de nuevo la dirección con https:// delante.
problem-too-many-title = Demasiados intentos
problem-too-many-happened = Ha habido demasiados intentos desde su red en poco tiempo.
problem-too-many-advice = Espere un poco e inténtelo de nuevo.
problem-wait-advice = Espere { $time } e inténtelo de nuevo.
problem-upstream-unreachable-title = No se puede acceder al sitio
problem-upstream-unreachable-happened = No es culpa suya: el sitio al que lleva esta página no responde.
problem-upstream-unreachable-advice = Inténtelo de nuevo dentro de un momento. Si el problema continúa, póngase en contacto con la administración del sitio.
problem-upstream-timeout-title = El sitio ha tardado demasiado
problem-upstream-timeout-happened = No es culpa suya: el sitio al que lleva esta página no ha respondido a tiempo.
problem-upstream-timeout-advice = Inténtelo de nuevo dentro de un momento. Si el problema continúa, póngase en contacto con la administración del sitio.
problem-unavailable-title = No disponible temporalmente
problem-unavailable-happened = No es culpa suya: el servicio no está disponible en este momento.
problem-unavailable-advice = Inténtelo de nuevo dentro de un momento. Si el problema continúa, póngase en contacto con la administración del sitio.
problem-loop-title = El inicio de sesión vuelve a empezar una y otra vez
problem-loop-happened = Se inició su sesión varias veces en un minuto, pero después este sitio no la reconoció.
problem-loop-advice = Permita las cookies de este sitio y compruebe la fecha y la hora de su dispositivo. Si vuelve a ocurrir, póngase en contacto con la administración del sitio.
problem-internal-title = Algo ha fallado
problem-internal-happened = No es culpa suya: se ha producido un error por nuestra parte.
problem-internal-advice = Inténtelo de nuevo. Si vuelve a ocurrir, póngase en contacto con la administración del sitio e indique la referencia que aparece abajo.
problem-sign-in = Ir al inicio de sesión
problem-retry = Reintentar
problem-home = Ir a la página de inicio
# Before the number by which the site owner finds the request in the log.
problem-reference = Referencia
