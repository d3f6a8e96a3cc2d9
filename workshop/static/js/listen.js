// Reads a part of the page aloud with the phone's own voice. Nothing is sent anywhere; Escape stops.
export function listen(page) {
  const voice = window.speechSynthesis;
  const buttons = [...page.querySelectorAll('[data-listen]')];
  if (!voice || !buttons.length) return;
  const show = () => {
    if (voice.getVoices().length) buttons.forEach((button) => { button.hidden = false; });
  };
  show();
  voice.addEventListener?.('voiceschanged', show);
  buttons.forEach((button) => button.addEventListener('click', () => toggle(button, voice)));
  page.addEventListener('keydown', (event) => { if (event.key === 'Escape') stop(page, voice); });
  window.addEventListener('pagehide', () => voice.cancel());
}

function toggle(button, voice) {
  const speaking = button.getAttribute('aria-pressed') === 'true';
  stop(document, voice);
  if (speaking) return;
  const words = new SpeechSynthesisUtterance(`${document.getElementById(button.dataset.listen).innerText}\n${ladder()}`);
  words.lang = document.documentElement.lang;
  words.onend = () => button.setAttribute('aria-pressed', 'false');
  button.setAttribute('aria-pressed', 'true');
  voice.speak(words);
}

// Who may see it is read with its question, and consent that was listened to says so.
function ladder() {
  const steps = document.querySelector('form[data-step] fieldset.ladder');
  const how = document.querySelector('form[data-step] input[name="how"]');
  if (steps && how) how.value = 'listened';
  return steps?.innerText ?? '';
}

function stop(page, voice) {
  voice.cancel();
  page.querySelectorAll('[data-listen]').forEach((button) => button.setAttribute('aria-pressed', 'false'));
}
