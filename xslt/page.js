// The offline page: one question a page; the conditions are data, three-valued as in
// condition.h: 1 is true, -1 false, 0 undetermined.
let items, byId;
const answers = new Map(); // id -> { state } or { values }
function open() {
  items = data.sections.flatMap((section) => section.items.map((item) => ({ ...item, section })));
  byId = new Map(items.map((item) => [item.id, item]));
}
const MISSING = ['unknown', 'refused'];
const hold = ([what, ...of]) =>
  what === 'all' ? Math.min(...of.map(hold)) :
  what === 'any' ? Math.max(...of.map(hold)) :
  what === 'not' ? -hold(of[0]) : atom(what, of);
function atom(what, [id, a, b]) {
  const was = asked(byId.get(id)), given = was === 1 ? answers.get(id)?.values : undefined;
  if (what === 'answered') return given ? 1 : -1;
  if (was === -1) return -1;
  if (!given) return 0;
  const n = Number(given[0]);
  const so = { is: given[0] === a, has: given.includes(a), lt: n < a, gt: n > a, between: n >= a && n <= b };
  return so[what] ? 1 : -1;
}
const asked = (item) => Math.min(...[item.section.if, item.if].filter(Boolean).map(hold), 1);
const urgent = () => data.urgent.filter((row) => hold(row.when) === 1);
const shown = () => items.filter((item) => asked(item) === 1);

let at = 0, stopped = false;

// ---- one question

const western = (text) => text.replace(/[٠-٩]/g, (c) => c.charCodeAt(0) - 0x660).replace(/[۰-۹]/g, (c) => c.charCodeAt(0) - 0x6f0).trim();
const FORMS = {
  number: (text, item) => /^-?[0-9]{1,9}$/.test(text) && Number(text) >= item.least && Number(text) <= item.most,
  date: (text) => {
    const [, y, m, d] = /^([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?$/.exec(text) || [];
    return Boolean(y) && (!m || (m >= 1 && m <= 12)) && (!d || (d >= 1 && d <= new Date(Date.UTC(y, m, 0)).getUTCDate()));
  },
  day: (text) => text.length === 10 && FORMS.date(text),
  code: (text) => /^[a-z]{2,3}$/.test(text),
  text: () => true,
};

const copy = (id) => $(id).content.firstElementChild.cloneNode(true);
function option(item, value, texts, many, missing) {
  const one = copy('t-option'), input = one.querySelector('input'), answer = answers.get(item.id);
  input.type = many ? 'checkbox' : 'radio';
  input.name = item.id;
  input.value = value;
  if (missing) { one.classList.add('missing'); input.dataset.missing = value; }
  input.checked = missing ? answer?.state === value : Boolean(answer?.values?.includes(value));
  one.querySelector('span').textContent = say(texts);
  return one;
}
function draw(item) {
  const box = copy(item.list ? 't-choices' : 't-entry'), many = item.type !== 'choice';
  box.querySelector('h1').textContent = say(item.question);
  const note = box.querySelector('.note');
  if (item.note) note.querySelector('span').textContent = say(item.note);
  else note.remove();
  const room = box.querySelector('.room'), entry = box.querySelector('textarea');
  if (item.list) room.append(...data.lists[item.list].map(([code, texts]) => option(item, code, texts, many)));
  else {
    entry.value = answers.get(item.id)?.values?.[0] ?? '';
    if (item.type !== 'text') { entry.rows = 1; entry.dir = 'ltr'; }
    if (item.type === 'number') entry.inputMode = 'numeric';
  }
  if (item.how) room.append(...MISSING.map((state) => option(item, state, data.words[state], many, true)));
  return box;
}
// What excludes each other: an answer, "not known", "prefers not to answer".
function settle(changed) {
  const missing = Boolean(changed.dataset.missing), entry = $('here').querySelector('textarea');
  if (changed !== entry && !changed.checked) return;
  if (entry && missing) entry.value = '';
  for (const one of $('here').querySelectorAll('input'))
    if (one !== changed && (missing || one.dataset.missing)) one.checked = false;
}
// Takes down what stands there.  A fault: the word for it.
function take(item) {
  const entry = $('here').querySelector('textarea'), chosen = [...$('here').querySelectorAll('input:checked')];
  const state = chosen.find((one) => one.dataset.missing)?.dataset.missing;
  let values = entry ? [clean(item.type === 'text' ? entry.value.trim() : western(entry.value))] : chosen.map((one) => one.value);
  values = values.filter(Boolean);
  if (state) answers.set(item.id, { state });
  else if (values.length === 0) { answers.delete(item.id); return item.how ? '' : 'needed'; }
  else if (entry && !FORMS[item.type](values[0], item)) return `bad-${item.type}`;
  else answers.set(item.id, { values });
  return '';
}
function fault(word) {
  const line = $('fault'), field = $('here').querySelector('textarea, input');
  line.hidden = !word;
  line.textContent = word && say(data.words[word]);
  field?.toggleAttribute('aria-invalid', Boolean(word));
  if (word) field?.focus();
}
function show(to) {
  const list = shown(), end = to >= list.length || stopped;
  at = Math.max(0, Math.min(to, list.length));
  $('here').replaceChildren(end ? copy('t-review') : draw(list[at]));
  unkept();
  $('back').hidden = at === 0 && !end;
  $('next').hidden = $('stop').hidden = end;
  $('part').textContent = end ? '' : `\u2066${data.sections.indexOf(list[at].section) + 1} / ${data.sections.length}\u2069 · ${say(list[at].section.title)}`;
  speak(tongue);
  fault('');
  help(end);
  if (end) review(list);
  const title = $('here').querySelector('h1');
  title.tabIndex = -1;
  title.focus();
  scrollTo(0, 0);
}
// Danger is looked at after each answer; while questions are on the screen only the number shows.
function help(end) {
  const rows = urgent();
  $('help').hidden = rows.length === 0;
  $('lines').replaceChildren(...data.lines.map(([called, texts]) => {
    const line = document.createElement('li'), phone = document.createElement('bdi');
    phone.textContent = called;
    line.append(phone, end ? ` ${say(texts)}` : '');
    return line;
  }));
  $('danger').textContent = end ? rows.map((row) => say(row.text)).join(' · ') : '';
}

// ---- all of it

function told(item) {
  const answer = answers.get(item.id);
  if (answer?.state) return say(data.words[answer.state]);
  const texts = item.list && new Map(data.lists[item.list]);
  return (answer?.values ?? []).map((value) => texts ? say(texts.get(value)) : value).join(' · ') || '—';
}
function review(list) {
  for (const item of list) {
    const row = copy('t-told');
    row.querySelector('dt').textContent = say(item.question);
    row.querySelector('bdi').textContent = told(item);
    const change = row.querySelector('button');
    change.textContent = say(data.words.change);
    change.setAttribute('aria-label', `${say(data.words.change)}: ${say(item.question)}`);
    change.onclick = () => { stopped = false; show(shown().indexOf(item)); };
    $('told').append(row);
  }
  $('open').hidden = canSeal();
  $('save').onclick = save;
}
function xml() {
  const value = (id) => answers.get(id)?.values?.[0];
  const one = (item) => {
    const answer = answers.get(item.id), by = item.how === 'observe' ? 'observed' : '';
    return !answer ? '' : element('answer', { item: item.id, by, state: answer.state },
      (answer.values ?? []).map((v) => element('value', {}, escaped(v))).join(''));
  };
  return '<?xml version="1.0" encoding="UTF-8"?>\n' + element('answers', { xmlns: 'urn:ihala:answers:1', id: data.interview,
    instrument: data.id, version: data.version, digest: data.digest, training: data.training },
  element('interview', { date: value('_date'), committee: data.committee, channel: value('_channel'),
    language: value('_language'), stopped: stopped ? 'true' : '' }) +
    shown().filter((item) => item.how).map(one).join(''));
}
async function save() {
  const about = ['_date', '_channel', '_language'].find((id) => !answers.has(id));
  if (about) { stopped = false; show(items.indexOf(byId.get(about))); fault('needed'); return; }
  if (!canSeal() && !$('accept').checked) { $('accept').focus(); return; }
  await download(xml());
  unsaved = false;
  $('done').hidden = false;
  $('done').focus();
}

// ---- where it begins

$('form').addEventListener('input', (e) => { unsaved = true; settle(e.target); unkept(); });
$('form').addEventListener('submit', (e) => {
  e.preventDefault();
  const item = shown()[at];
  if (!item || stopped) return;
  const wrong = take(item);
  if (wrong) fault(wrong);
  else show(shown().indexOf(item) + 1);
});
$('form').addEventListener('keydown', (e) => {
  if (e.key === 'Enter' && e.target.matches('input, textarea[rows="1"]')) { e.preventDefault(); $('form').requestSubmit(); }
});
$('back').onclick = () => { const end = stopped || at >= shown().length; stopped = false; show(end ? shown().length - 1 : at - 1); };
$('stop').onclick = () => { const item = shown()[at]; if (item) take(item); stopped = true; show(items.length); };
$('leave').onclick = leave;
$('tongue').onchange = (e) => {
  const item = shown()[at];
  if (item && !stopped) take(item);
  speak(Number(e.target.value));
  show(at);
  $('tongue').focus();
};
unpack().then(() => {
  open();
  data.interview = uuid();
  answers.set('_date', { values: [new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10)] });
  choose();
  show(0);
});
