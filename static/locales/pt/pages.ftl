# Texts of the pages. A line with a brace holds a value: keep its name. Words in braces with -> choose a plural form.

## All pages

# The page title while something is wrong; a screen reader says it first.
common-error-title = Erro: { $title }
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
    [1] janeiro
    [2] fevereiro
    [3] março
    [4] abril
    [5] maio
    [6] junho
    [7] julho
    [8] agosto
    [9] setembro
    [10] outubro
    [11] novembro
   *[12] dezembro
} de { $year }, { $time } UTC

## Sign-in

login-title = Iniciar sessão
# $host is the host name of the app that was asked for.
login-to-continue = para continuar em { $host }
login-name = E-mail ou nome de usuário
login-password = Senha
login-show = Mostrar
login-hide = Ocultar
login-show-password = Mostrar senha
login-button = Iniciar sessão
login-wrong = Os dados de acesso não são válidos. Tente novamente.
# $time is a span such as "9 minutes".
login-wait = Muitas tentativas. Aguarde { $time } e tente novamente.
login-over = O prazo para iniciar esta sessão expirou. Inicie sessão novamente.
login-guesses-used = Este foi o último de cinco códigos errados, por isso o início de sessão foi cancelado. Inicie sessão novamente para receber um novo código.
login-stale = Entretanto, a página de início de sessão foi aberta em outra aba. Digite novamente a sua senha.
login-no-cookie = Esta página esteve aberta por mais de uma hora ou o seu navegador bloqueia cookies. Tente novamente; se isto voltar a acontecer, permita os cookies deste site.
login-target-too-long = O endereço que abriu é longo demais para ser guardado. Depois de iniciar sessão, será exibida a página inicial: abra então o endereço novamente.
login-signed-out = A sua sessão foi encerrada.
login-signed-out-unsaved = A sua sessão foi encerrada, mas o servidor ainda não conseguiu guardar esta informação. Fale com a administração do site.

## Code

code-title = Digite o seu código
code-title-none = Obter um código
# $masked is a number such as +1 ••• ••• 67.
code-sent-sms = Foi enviado um SMS com o seu código para { $masked }.
# To be heard: $digits are the last digits of the number.
code-sent-sms-spoken = Foi enviado um SMS com o seu código para o número que termina em { $digits }.
code-sent-email = Foi enviado um e-mail com o seu código para { $masked }.
code-sent-email-spoken = Foi enviado um e-mail com o seu código para o endereço que começa com { $letter }.
code-code = Código
code-digits = { $count ->
    [one] { $count } dígito
   *[other] { $count } dígitos
}
code-characters = { $count ->
    [one] { $count } letra ou dígito
   *[other] { $count } letras ou dígitos
}
code-valid-for = O código é válido durante { $time }.
code-expires-soon = O código expira em menos de um minuto.
code-expired = O código expirou. Peça um novo.
code-by-itself = Esta página continua automaticamente quando o código estiver completo.
code-remember-days = { $count ->
    [one] Não pedir um código neste navegador durante { $count } dia
   *[other] Não pedir um código neste navegador durante { $count } dias
}
code-remember-hours = { $count ->
    [one] Não pedir um código neste navegador durante { $count } hora
   *[other] Não pedir um código neste navegador durante { $count } horas
}
code-button = Continuar
code-sent = Código de verificação enviado.
code-wrong = Código inválido ou expirado
code-guesses-left = { $count ->
    [one] Resta { $count } tentativa.
   *[other] Restam { $count } tentativas.
}
code-unsent = Não foi possível enviar o código. Tente novamente ou use outro método.
code-unsent-only = Não foi possível enviar o código. Tente novamente dentro de instantes.
code-unchecked = Não foi possível verificar o código. Nada se perdeu: tente novamente ou use outro método.
code-unchecked-only = Não foi possível verificar o código. Nada se perdeu: tente novamente dentro de instantes.
code-none = Não há nenhum código válido: expirou ou não foi enviado. Peça um novo código.
code-wait-guess = Muitas tentativas. Aguarde { $time } e tente novamente.
code-wait-send = Poderá pedir outro código dentro de { $time }.
code-limit = Foram pedidos códigos demais. Tente novamente dentro de { $time } ou use outro método.
code-no-destination = Este método não está configurado para a sua conta. Use outro.
code-no-way = Não é possível enviar um código para esta conta. Fale com a administração do site.
# Shown after another code was requested.
code-newest = Se recebeu várias mensagens, use o código da mais recente.
code-again = Não recebeu o código?
code-send-again = Enviar novamente
code-by-sms = Enviar um SMS
code-by-email = Enviar um e-mail
# Before a clock that counts down.
code-next-in = Poderá pedir outro código dentro de
code-ready = Já pode pedir outro código.
code-start-over = Recomeçar

## Confirm (a signed-in person is asked for a code again)

confirm-title = Confirme a sua identidade
confirm-asked-by = A página em { $host } requer um novo código.

## Account

account-title = Sessão iniciada
account-who = Conta
account-since = Desde
account-sms-limits = Um código por SMS não protege contra uma página falsa que o retransmita nem contra alguém que se apodere do seu número de telefone: digite os códigos somente em { $host } e nunca os revele a ninguém.
account-home = Ir para { $host }
account-no-code-until = Sem código neste navegador até
account-other-browsers = { $count ->
    [one] { $count } outro navegador não precisa de código.
   *[other] { $count } outros navegadores não precisam de código.
}
account-forget-this = Esquecer este navegador
account-forget-all = Esquecer todos os navegadores
account-forgotten = Concluído. O próximo início de sessão volta a pedir um código.
account-log-out = Sair
account-apps = As suas aplicações

## Proof (a second factor that the person has: authenticator app, passkey, recovery code)

proof-app-title = Digite o código da sua aplicação
# $product is the name of this service, as the app shows it.
proof-app-hint = Abra a sua aplicação de autenticação e digite o código que ela mostra para { $product }.
proof-recovery-title = Use um código de recuperação
proof-recovery-hint = Digite um dos seus códigos de recuperação. Cada um funciona apenas uma vez.
proof-recovery-label = Código de recuperação
proof-passkey-title = Use a sua chave de acesso
proof-passkey-hint = O seu dispositivo pede a sua impressão digital, o seu rosto, o PIN dele ou a sua chave de segurança.
proof-passkey-button = Usar chave de acesso
proof-passkey-wrong = A chave de acesso não foi aceita. Tente novamente ou use outro método.
# The person closed the window of the browser, or it took too long.
proof-passkey-stopped = A chave de acesso não foi usada. Tente novamente ou use outro método.
proof-passkey-impossible = Este navegador não pode usar chaves de acesso aqui. Use outro método.
# Heading over the other ways to continue.
proof-other = Usar outro método
proof-use-app = Aplicação de autenticação
proof-use-passkey = Chave de acesso
proof-use-recovery = Código de recuperação
# Button on the sign-in page, below the password.
proof-login-passkey = Iniciar sessão com chave de acesso

## Factors (the sign-in methods of an account, which its person adds and removes)

# Heading of the list.
factors-title = Métodos de início de sessão
# Where only codes are sent.
factors-advice = Adicione uma chave de acesso ou uma aplicação de autenticação: ninguém pode interceptá-las e elas funcionam mesmo quando nenhuma mensagem chega.
factors-app = Aplicação de autenticação
factors-passkey = Chave de acesso
factors-sms = SMS
factors-email = E-mail
factors-recovery = Códigos de recuperação
# $moment is a date and time.
factors-used = Último uso: { $moment }
factors-unused = Ainda sem uso
factors-left = { $count ->
    [one] Resta { $count } código
   *[other] Restam { $count } códigos
}
# A passkey that is copied to other devices of the person.
factors-synced = Sincronizada com os seus outros dispositivos
factors-add-app = Adicionar uma aplicação de autenticação
factors-add-passkey = Adicionar uma chave de acesso
factors-make-codes = Criar códigos de recuperação
factors-new-codes = Substituir os códigos de recuperação
# Link to the page of one method.
factors-change = Alterar
factors-name = Nome
factors-name-hint = Para reconhecê-lo mais tarde, por exemplo “telefone” ou “chave azul”.
factors-name-wrong = O nome deve ter de 1 a 40 caracteres.
factors-save = Guardar
factors-back = Voltar para a sua conta
factors-remove = Remover
factors-remove-advice = Deixará de poder iniciar sessão com este método, e a sessão será encerrada em todos os seus outros navegadores.
factors-last = Este é o seu único método, por isso não pode ser removido. Adicione outro primeiro.
# $moment is a date and time.
factors-recovered = Usou um código de recuperação. Para o caso de não ter sido você, isto não é possível até { $moment }.
factors-added = Concluído. A partir de agora pode iniciar sessão com este método. A sessão foi encerrada em todos os seus outros navegadores.
factors-removed = Método removido. A sessão foi encerrada em todos os seus outros navegadores.
factors-saved = Guardado.
factors-full = Tem tantos métodos quantos uma conta pode ter. Remova um primeiro.
factors-app-scan = Escaneie esta imagem com a sua aplicação de autenticação.
factors-app-picture = Código QR para a sua aplicação de autenticação
factors-app-type = Ou digite esta chave na aplicação:
factors-app-code = Código mostrado na aplicação
factors-app-wrong = Este código não está correto. Verifique se a hora do seu telefone está certa e tente novamente.
factors-over = Passou tempo demais ou houve tentativas demais. Recomece.
factors-again = Recomeçar
factors-codes-title = Os seus códigos de recuperação
factors-codes-advice = Imprima-os ou guarde-os em um gerenciador de senhas, não apenas no telefone com que inicia sessão. Cada um funciona apenas uma vez. Só são mostrados agora.
factors-codes-replaced = Os códigos de recuperação que tinha antes já não funcionam.
factors-codes-kept = Já os guardei
factors-passkey-hint = Uma chave de acesso é guardada no seu dispositivo, no seu gerenciador de senhas ou em uma chave de segurança. Funciona somente neste site, por isso ninguém pode enganar você para obtê-la.
factors-passkey-button = Criar chave de acesso
factors-passkey-known = Esta chave de acesso já está registrada.
factors-passkey-refused = Não foi possível adicionar a chave de acesso. Tente novamente.

## Consent (before a session is handed over to a site)

consent-title = Continuar para { $site }?
consent-asked-by = Um link em outro site quer abrir { $site } com a sua conta. Continue somente se já esperava isto.
consent-button = Continuar

## Log-out

logout-title = Sair da conta?
logout-signed-in-as = Sessão iniciada como { $name }.
logout-forget = Esquecer também este navegador: o próximo início de sessão pede um código
logout-button = Sair
logout-stay = Manter a sessão iniciada

logout-switch = Trocar de conta

## Unsent (a form was sent after its session had ended)

unsent-title = O seu formulário não foi recebido
unsent-happened = A sessão foi encerrada enquanto preenchia um formulário em { $host }, por isso os dados enviados não chegaram. Agora a sessão está novamente iniciada.
unsent-advice = Volte ao formulário e envie-o novamente. O seu navegador talvez ainda tenha o que digitou: use o botão Voltar do navegador.
unsent-back = Voltar à página

## Framed (the app is shown inside another page)

framed-title = É necessário iniciar sessão
framed-happened = Esta aplicação é exibida dentro de outra página, onde não é possível iniciar sessão com segurança.
framed-button = Iniciar sessão em uma nova aba
framed-advice = Depois, recarregue esta página. Se ainda for necessário iniciar sessão, abra a aplicação em uma aba própria.

## Problems

problem-bad-request-title = Pedido inválido
problem-bad-request-happened = O seu navegador enviou um pedido que não conseguimos ler.
problem-bad-request-advice = Volte e tente novamente ou vá para a página inicial.
problem-forgery-title = Este formulário já não é válido
problem-forgery-happened = A página esteve aberta por muito tempo ou o formulário veio de outro site.
problem-forgery-advice = Abra a página de início de sessão e tente novamente. Se isto continuar a acontecer, permita os cookies deste site.
problem-forbidden-title = Sem acesso
problem-forbidden-happened = A sessão está iniciada, mas a sua conta não tem acesso a esta página.
problem-forbidden-advice = Vá para a página inicial. Se acha que deveria ter acesso, fale com a administração do site.
problem-no-access-happened = Sessão iniciada como { $name }. Esta conta não tem acesso a esta página.
problem-not-found-title = Página não encontrada
problem-not-found-happened = Não existe nenhuma página neste endereço.
problem-not-found-advice = Verifique o endereço ou vá para a página inicial.
problem-method-not-allowed-title = Método não permitido
problem-method-not-allowed-happened = Esta página não aceita este tipo de pedido.
problem-method-not-allowed-advice = Volte e tente novamente ou vá para a página inicial.
problem-path-too-long-title = O endereço é longo demais
problem-path-too-long-happened = O caminho deste endereço é mais longo do que o gateway aceita.
problem-path-too-long-advice = Verifique o link ou vá para a página inicial.
problem-too-large-title = Dados demais
problem-too-large-happened = O formulário é maior do que esta página aceita.
problem-too-large-advice = Volte e envie menos dados.
problem-head-too-large-title = O seu navegador enviou cookies demais
problem-head-too-large-happened = Os cookies e outros campos deste pedido são maiores do que este site aceita.
problem-head-too-large-advice = Elimine os cookies deste site no seu navegador e tente novamente. Se isto voltar a acontecer, fale com a administração do site.
problem-unsupported-media-type-title = Não é possível ler este formulário
problem-unsupported-media-type-happened = O formulário foi enviado em um formato que esta página não aceita.
problem-unsupported-media-type-advice = Abra a página de início de sessão e use o formulário que lá se encontra.
problem-unknown-site-title = Site não encontrado
problem-unknown-site-happened = Nenhum site está configurado para este endereço.
problem-unknown-site-advice = Verifique o endereço. Se estiver correto, fale com a administração do site.
problem-plain-http-title = É necessária uma conexão segura
problem-plain-http-happened = Este site está disponível somente por https.
problem-plain-http-advice = Abra novamente o endereço com https:// no início.
problem-too-many-title = Muitas tentativas
problem-too-many-happened = Houve tentativas demais a partir da sua rede em pouco tempo.
problem-too-many-advice = Aguarde um pouco e tente novamente.
problem-wait-advice = Aguarde { $time } e tente novamente.
problem-upstream-unreachable-title = O site está inacessível
problem-upstream-unreachable-happened = A culpa não é sua: o site ao qual esta página dá acesso não responde.
problem-upstream-unreachable-advice = Tente novamente dentro de instantes. Se o problema continuar, fale com a administração do site.
problem-upstream-timeout-title = O site demorou demais
problem-upstream-timeout-happened = A culpa não é sua: o site ao qual esta página dá acesso não respondeu a tempo.
problem-upstream-timeout-advice = Tente novamente dentro de instantes. Se o problema continuar, fale com a administração do site.
problem-unavailable-title = Temporariamente indisponível
problem-unavailable-happened = A culpa não é sua: o serviço está indisponível neste momento.
problem-unavailable-advice = Tente novamente dentro de instantes. Se o problema continuar, fale com a administração do site.
problem-loop-title = O início de sessão recomeça sempre
problem-loop-happened = A sua sessão foi iniciada várias vezes em um minuto, mas depois este site não a reconheceu.
problem-loop-advice = Permita os cookies deste site e verifique a data e a hora do seu dispositivo. Se isto voltar a acontecer, fale com a administração do site.
problem-internal-title = Algo não funcionou
problem-internal-happened = A culpa não é sua: ocorreu um erro do nosso lado.
problem-internal-advice = Tente novamente. Se isto voltar a acontecer, fale com a administração do site e indique a referência abaixo.
problem-sign-in = Ir para o início de sessão
problem-retry = Tentar novamente
problem-home = Ir para a página inicial
# Before the number by which the site owner finds the request in the log.
problem-reference = Referência
