// Portcullis: comfort for pages that work without it. No state is kept here and nothing is decided here.

// One form, one submission: a second click or a second Enter does nothing. The form can be sent again when the browser
// shows the page again from its memory, and after a while: the visitor may have pressed "stop".
const forms = document.querySelectorAll("form[data-once]");
const PATIENCE = 8000;
for (const form of forms) {
  form.addEventListener("submit", (event) => {
    if (form.hasAttribute("data-busy")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("data-busy", "");
    setTimeout(() => form.removeAttribute("data-busy"), PATIENCE);
  });
}
window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of forms) form.removeAttribute("data-busy");
});

// The part of an address behind `#` never reaches a server. Browsers carry it from the app's address to this page; the
// form takes it back to the app.
if (location.hash.length > 1) {
  for (const target of document.querySelectorAll("form input[name=rd]")) {
    if (!target.value.includes("#")) target.value += location.hash;
  }
}

// Show and hide the password. It is hidden again before it is sent, so that browsers treat it as one.
for (const button of document.querySelectorAll("button[data-reveal]")) {
  const input = document.getElementById(button.dataset.reveal);
  const show = (shown) => {
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    button.textContent = shown ? button.dataset.hide : button.dataset.show;
  };
  button.hidden = false;
  button.addEventListener("click", () => show(input.type === "password"));
  input.form.addEventListener("submit", () => show(false));
}

// A moment in the visitor's own time, written as is usual where the visitor lives, in the language of the page.
const pageLanguage = document.documentElement.lang;
const locale = navigator.languages.find((tag) => tag.split("-")[0] === pageLanguage) ?? pageLanguage;
for (const time of document.querySelectorAll("time[datetime]")) {
  const moment = new Date(time.dateTime);
  if (!Number.isNaN(moment.getTime())) {
    time.textContent = moment.toLocaleString(locale, { dateStyle: "long", timeStyle: "short" });
  }
}

const codeForm = document.querySelector("form[data-code-form]");
if (codeForm) {
  const input = codeForm.elements.code;
  const length = Number(input.dataset.length);
  const kind = input.dataset.kind === "numeric" ? "0-9" : "0-9A-Za-z";
  const foreign = new RegExp(`[^${kind}]`, "g");
  // As the server reads it: the code alone, in groups, or in a whole message that was pasted.
  const alone = (text) => {
    const code = text.replace(/[\s\-.,#:"'\u2010-\u2015\u200b-\u200f\u2066-\u2069\ufeff]/g, "");
    return code.length === length && code.search(foreign) < 0 ? code : undefined;
  };
  const inMessage = (text) => {
    const words = [...text.matchAll(/[\p{L}\p{N}]+/gu)].filter(
      ([word]) => word.length === length && /[0-9]/.test(word) && word.search(foreign) < 0,
    );
    const bound = words.filter((word) => text[word.index - 1] === "#").pop();
    return (bound ?? words[0])?.[0];
  };
  const stop = new AbortController();
  // Where the page has a box to tick, the visitor sends the form: it must not leave before they could tick it.
  const byItself = !codeForm.elements.remember;
  let sent = false;

  // Once for each page: after a wrong code the visitor gets a new page with an empty field, and whoever corrects a
  // code by hand presses the button.
  const submitOnce = () => {
    if (byItself && !sent) {
      sent = true;
      codeForm.requestSubmit();
    }
  };
  input.addEventListener("input", (event) => {
    if (event.isComposing) return;
    const text = input.value.normalize("NFKC");
    const pasted = text.length > length ? (alone(text) ?? inMessage(text)) : undefined;
    const code = pasted ?? text.replace(foreign, "");
    // Digits of another script stay as they are typed: the server reads them.
    if (code !== input.value && !/\p{Nd}/u.test(text.replace(/[0-9]/g, ""))) input.value = code;
    if (code.length === length) submitOnce();
  });
  for (const hint of codeForm.querySelectorAll("[data-by-itself]")) hint.hidden = !byItself;

  // WebOTP: the browser reads the origin-bound SMS, if the visitor agrees.
  codeForm.addEventListener("submit", () => stop.abort());
  window.addEventListener("pagehide", () => stop.abort());
  if ("OTPCredential" in window) {
    navigator.credentials
      .get({ otp: { transport: ["sms"] }, signal: stop.signal })
      .then((credential) => {
        if (!credential || !credential.code) return;
        input.value = credential.code;
        submitOnce();
      })
      .catch(() => {}); // Refused, aborted or not possible: the visitor types the code.
  }
}

// How long the code is valid: said again shortly before the end and at the end, also to a screen reader (`role=status`),
// and not in between, since nobody can type while they are interrupted.
const validity = document.querySelector("[data-expires]");
if (validity) {
  const SOON = 60_000;
  const end = Date.now() + Number(validity.dataset.expires) * 1000;
  const say = (text) => {
    if (validity.textContent !== text) validity.textContent = text;
  };
  const watching = setInterval(() => {
    const left = end - Date.now();
    if (left <= SOON) say(left > 0 ? validity.dataset.soon : validity.dataset.over);
    if (left <= 0) clearInterval(watching);
  }, 1000);
}

// The time until another code may be sent. It is measured against a fixed end, since timers sleep with the page.
const timer = document.querySelector("[role=timer][data-seconds]");
if (timer) {
  const form = timer.closest("form");
  const buttons = form.querySelectorAll("button");
  const end = Date.now() + Number(timer.dataset.seconds) * 1000;
  const two = (number) => String(number).padStart(2, "0");
  const shown = (left) => {
    const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
    return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
  };
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    timer.textContent = shown(Math.max(left, 0));
    if (left > 0) return;
    clearInterval(ticking);
    for (const button of buttons) button.disabled = false;
    form.querySelector("[data-wait]").hidden = true;
    const ready = form.querySelector("[data-ready]");
    ready.hidden = false;
    ready.textContent = ready.dataset.ready;
  };
  for (const button of buttons) button.disabled = true;
  const ticking = setInterval(tick, 250);
  tick();
}

// Passkeys. The form holds what the browser is asked for; the answer is sent with it. Without this script, or in a browser
// without passkeys, the form stays hidden and the page says so.
const passkeyForm = document.querySelector("form[data-passkey]");
if (passkeyForm && window.PublicKeyCredential) {
  const kind = passkeyForm.dataset.passkey;
  const options = JSON.parse(passkeyForm.dataset.options);
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const listed = (list) => (list ?? []).map((entry) => ({ ...entry, id: bytes(entry.id) }));
  const asked = { ...options, challenge: bytes(options.challenge) };
  if (kind === "create") {
    asked.user = { ...options.user, id: bytes(options.user.id) };
    asked.excludeCredentials = listed(options.excludeCredentials);
  } else {
    asked.allowCredentials = listed(options.allowCredentials);
  }
  // As `PublicKeyCredential.toJSON`, which password managers that stand between do not always have.
  const written = ({ id, rawId, type, response, ...credential }) => {
    const said = { clientDataJSON: text(response.clientDataJSON) };
    if (response.attestationObject) {
      said.attestationObject = text(response.attestationObject);
      said.transports = response.getTransports?.() ?? [];
    } else {
      said.authenticatorData = text(response.authenticatorData);
      said.signature = text(response.signature);
      said.userHandle = response.userHandle?.byteLength ? text(response.userHandle) : null;
    }
    return JSON.stringify({ id, rawId: text(rawId), type, response: said, clientExtensionResults: {} });
  };
  const stopped = document.querySelector("[data-passkey-stopped]");
  const send = (credential) => {
    passkeyForm.elements.code.value = written(credential);
    passkeyForm.requestSubmit();
  };

  // While the login page waits, the browser offers passkeys in the field of the user name.
  let waiting = new AbortController();
  const offer = async () => {
    if (kind !== "login" || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    const request = { publicKey: asked, mediation: "conditional", signal: waiting.signal };
    navigator.credentials.get(request).then(send, () => {}); // Aborted, or nothing chosen: the visitor types.
  };

  const button = passkeyForm.querySelector("[data-passkey-button]");
  button.addEventListener("click", async () => {
    // A browser has one request at a time.
    waiting.abort();
    stopped.hidden = true;
    button.disabled = true;
    try {
      const request = { publicKey: asked };
      send(await (kind === "create" ? navigator.credentials.create(request) : navigator.credentials.get(request)));
    } catch {
      stopped.hidden = false;
      waiting = new AbortController();
      offer();
    } finally {
      button.disabled = false;
    }
  });
  passkeyForm.hidden = false;
  for (const notice of document.querySelectorAll("[data-passkey-impossible]")) notice.hidden = true;
  offer();
}
