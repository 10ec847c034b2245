// The page by which help is asked for: one message, sealed, and nothing kept.
const text = (id) => clean($(id).value).replace(/\s+/g, ' ').trim();
const chosen = (name) => [...document.querySelectorAll(`input[name=${name}]:checked`)].map((one) => one.value);
const leaf = (name, value) => value ? element(name, {}, escaped(value)) : '';
function message() {
  const who = ['name', 'phone', 'place'].map((id) => leaf(id, text(id))).join('');
  const asks = chosen('asks')[0] || '';
  return '<?xml version="1.0" encoding="UTF-8"?>\n' + element('request', { xmlns: 'urn:ihala:request:1', channel: 'app',
    danger: chosen('danger')[0] || 'unknown', received: new Date().toISOString().slice(0, 19) + 'Z',
    language: data.tongues[tongue], asks, training: data.training },
  element('contact', { safe: chosen('safe')[0] || 'unknown', how: chosen('how').join(' '), when: text('when') }) +
    leaf('about', clean($('about').value).trim()) + (who && element('identity', {}, who)));
}
async function send() {
  const empty = ['about', 'name', 'phone', 'place', 'when'].every((id) => !text(id));
  $('fault').hidden = !empty;
  if (empty) { $('about').focus(); return; }
  if (!canSeal() && !$('accept').checked) { $('accept').focus(); return; }
  await download(message());
  unsaved = false;
  $('done').hidden = false;
  $('done').focus();
}
$('form').addEventListener('input', () => { unsaved = true; unkept(); });
$('form').addEventListener('submit', (e) => { e.preventDefault(); send(); });
$('leave').onclick = leave;
$('tongue').onchange = (e) => speak(Number(e.target.value));
$('open').hidden = canSeal();
unpack().then(choose);
