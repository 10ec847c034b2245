'use strict';
// Sealing in the browser: CMS AuthEnvelopedData (RFC 5083, 5084) with AES-256-GCM,
// its key sent by RSA-OAEP with SHA-256 (RFC 4055); `openssl cms -decrypt` opens it.
const $ = (id) => document.getElementById(id);
// To bring a page back after a crash a browser writes to the disk what differs in it
// from how it came (Firefox: sessionstore-backups): nothing differs.
function unkept() {
  for (const one of $('form').elements) {
    one.setAttribute('value', one.value); // of a textarea too it is looked at
    one.defaultChecked = one.checked;
  }
}
let data; // what the page is made of: it stands there deflated, in base64
async function unpack() {
  const packed = new Blob([base64($('data').textContent)]).stream();
  data = JSON.parse(await new Response(packed.pipeThrough(new DecompressionStream('deflate'))).text());
}
const join = (parts) => {
  const all = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
};
const base64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const hex = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
const inHex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
const der = (tag, ...parts) => {
  const body = join(parts), size = [];
  for (let n = body.length; n > 0; n >>>= 8) size.unshift(n & 255);
  return join([[tag, ...(body.length < 128 ? [body.length] : [128 + size.length, ...size])], body]);
};
const sequence = (...parts) => der(0x30, ...parts);
const object = (text) => der(6, hex(text));
const number = (n) => der(2, [n]);
const sha256 = () => sequence(object('608648016503040201'), der(5));
const oaep = () => sequence(object('2a864886f70d010107'),
  sequence(der(0xa0, sha256()), der(0xa1, sequence(object('2a864886f70d010108'), sha256()))));
const canSeal = () => Boolean(globalThis.crypto && crypto.subtle);

async function seal(text) {
  const subtle = crypto.subtle;
  const office = await subtle.importKey('spki', base64(data.key), { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['encrypt']);
  const raw = crypto.getRandomValues(new Uint8Array(32)), iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt']);
  const sealed = new Uint8Array(await subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text)));
  const sent = new Uint8Array(await subtle.encrypt({ name: 'RSA-OAEP' }, office, raw));
  raw.fill(0);
  return sequence(object('2a864886f70d0109100117'), der(0xa0, sequence(number(0),
    der(0x31, sequence(number(2), der(0x80, hex(data.keyId)), oaep(), der(4, sent))),
    sequence(object('2a864886f70d010701'), sequence(object('60864801650304012e'), sequence(der(4, iv), number(16))),
      der(0x80, sealed.slice(0, -16))), der(4, sealed.slice(-16)))));
}

// Of the key that this page really seals to, to be compared with the office.
async function fingerprint() {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', base64(data.key)));
  return inHex(digest).match(/..../g).join(' ');
}

// What XML 1.0 cannot hold is left out.
const clean = (text) => text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');
const attributes = (of) => Object.entries(of).map(([k, v]) => v ? ` ${k}="${escaped(v)}"` : '').join('');
const escaped = (text) => clean(String(text)).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const element = (name, of, inside = '') => `<${name}${attributes(of)}>${inside}</${name}>`;
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6] & 15 | 64;
  bytes[8] = bytes[8] & 63 | 128;
  return inHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

// A name that tells nothing: the day and some letters.
async function download(text) {
  const sealed = canSeal(), link = document.createElement('a');
  const bytes = sealed ? await seal(text) : new TextEncoder().encode(text);
  link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  link.download = `${new Date().toISOString().slice(0, 10)}-${uuid().slice(0, 8)}${sealed ? '.p7m' : '.xml'}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 9000);
}

// ---- languages; nothing here is kept by the browser
let tongue = 0;
const say = (texts) => texts[tongue];
function speak(to) {
  tongue = to;
  document.documentElement.lang = data.tongues[to];
  document.documentElement.dir = data.tongues[to] === 'ar' ? 'rtl' : 'ltr';
  for (const place of document.querySelectorAll('[data-word]')) place.textContent = say(data.words[place.dataset.word]);
  document.title = say(data.title);
}
function choose() {
  for (const [n, tag] of data.tongues.entries()) {
    const one = new Option(data.words.tongue[n], n);
    one.lang = tag;
    $('tongue').append(one);
  }
  if (canSeal()) fingerprint().then((text) => { $('print').textContent = text; });
  speak(0);
}
function leave() {
  unsaved = false;
  document.body.replaceChildren();
  location.replace('about:blank');
}
let unsaved = false, escapes = [];
addEventListener('keydown', (e) => {
  if (e.key !== 'Escape') return;
  escapes = [...escapes.slice(-2), e.timeStamp];
  if (escapes.length === 3 && escapes[2] - escapes[0] < 2000) leave();
});
addEventListener('beforeunload', (e) => { if (unsaved) e.preventDefault(); });
addEventListener('pageshow', (e) => { if (e.persisted) location.reload(); });
