// The agents' console: several conversations at once. The page works without it; with it, switching
// loses nothing that was typed, and new conversations arrive by themselves.
import './gapcanary-assist.js';
import { origin, writes } from './gapcanary-panel.js';

const EVERY = 5000; // ms between two looks at the list while nothing tells of it
const LEAST = 1000; // ms between two looks at all
const DRAFT = 'gapcanary-draft ';
const SEEN = 'gapcanary-seen ';

const desk = document.querySelector('.desk');
const list = document.getElementById('case-list');
const place = document.getElementById('conversation');
const status = document.getElementById('console-status');

const drafts = new Map(); // case -> what was put into its reply from articles: {articleId, text, url}
const kept = {
  get: (key) => { try { return sessionStorage.getItem(key) ?? ''; } catch { return ''; } },
  set: (key, value) => { try { if (value) { sessionStorage.setItem(key, value); } else { sessionStorage.removeItem(key); } } catch { /* it is not kept over a reload */ } },
};

const conversation = () => place.querySelector('.console-case');
const caseId = () => conversation()?.dataset.case ?? '';
const reply = () => place.querySelector('textarea.reply');
const links = () => [...list.querySelectorAll('a[data-case]')];

async function get(address) {
  const answer = await fetch(address, { headers: { 'HX-Request': 'true', Accept: 'text/html' }, credentials: 'same-origin' });
  if (answer.headers.has('HX-Redirect')) {
    location.assign(answer.headers.get('HX-Redirect'));
  }
  if (!answer.ok) {
    throw new Error(String(answer.status));
  }
  return answer.text();
}

function parsed(html) {
  return new DOMParser().parseFromString(html, 'text/html').body;
}

// The list

let shown = '';
let looked = 0;
let due;
let stream;
let polling;

/** Looks at the list whenever it has changed; every so often only while the stream is down. */
function follow() {
  if (document.hidden) {
    stream?.close();
    stream = undefined;
    calm();
    return;
  }
  if (stream) {
    return;
  }
  const events = new EventSource(list.dataset.events);
  stream = events;
  events.addEventListener('open', calm);
  events.addEventListener('cases', soon);
  events.addEventListener('error', () => {
    if (stream !== events) {
      return;
    }
    polling ??= setInterval(look, EVERY);
    if (events.readyState === EventSource.CLOSED) { // it does not come back by itself
      stream = undefined;
      setTimeout(follow, EVERY);
    }
  });
}

function calm() {
  clearInterval(polling);
  polling = undefined;
}

function soon() {
  due ??= setTimeout(() => { due = undefined; look(); }, Math.max(0, looked + LEAST - Date.now()));
}

async function look() {
  if (document.hidden) {
    return;
  }
  looked = Date.now();
  try {
    const html = await get(`/agent/cases${location.search}`);
    if (html !== shown) {
      shown = html;
      const focused = document.activeElement?.closest?.('#case-list a')?.dataset.case;
      const before = new Set(links().map((link) => link.dataset.case));
      list.replaceChildren(...parsed(html).childNodes);
      if (focused) {
        links().find((link) => link.dataset.case === focused)?.focus({ preventScroll: true });
      }
      const come = links().filter((link) => !before.has(link.dataset.case)).length;
      if (come > 0 && before.size > 0) {
        status.textContent = list.dataset.come.replace('{0}', String(come));
      }
    }
    mark();
    status.classList.remove('lost');
  } catch {
    status.classList.add('lost');
    status.textContent = list.dataset.lost;
  }
}

/** Marks the chosen one, those with news and those with a reply begun. */
function mark() {
  const chosen = caseId();
  for (const link of links()) {
    const id = link.dataset.case;
    if (id === chosen) {
      link.setAttribute('aria-current', 'true');
      kept.set(SEEN + id, link.dataset.messages);
    } else {
      link.removeAttribute('aria-current');
    }
    const fresh = id !== chosen && link.dataset.waiting === 'true' && kept.get(SEEN + id) !== link.dataset.messages;
    link.classList.toggle('fresh', fresh);
    link.classList.toggle('begun', id !== chosen && kept.get(DRAFT + id) !== '');
  }
}

// The chosen conversation

function keepDraft() {
  const field = reply();
  if (field) {
    kept.set(DRAFT + caseId(), field.value);
  }
}

/** After another conversation came into its place. */
function arrived() {
  const field = reply();
  if (field) {
    field.value = kept.get(DRAFT + caseId());
    grow(field);
  }
  down();
  mark();
}

/** A message box begins at its end by its style; a screen reader's place in it is left alone. */
function down() {
  const box = place.querySelector('.messages-box');
  if (box && box.scrollTop > -40) {
    box.scrollTop = 0;
  }
}

function grow(field) {
  field.rows = Math.min(12, Math.max(3, field.value.split('\n').length + Math.floor(field.value.length / 90)));
}

let going = 0;

async function open(address, push = true) {
  keepDraft();
  const typing = reply() !== null && document.activeElement === reply();
  const mine = ++going;
  try {
    const html = await get(address);
    if (mine !== going) {
      return; // another was chosen meanwhile
    }
    place.replaceChildren(...parsed(html).childNodes);
    if (push) {
      history.pushState(null, '', address);
    }
    arrived();
    if (typing) {
      reply()?.focus({ preventScroll: true });
    }
  } catch {
    location.assign(address);
  }
}

/** The messages as they are now; what is being typed stays. */
async function refreshMessages() {
  const id = caseId();
  try {
    const fresh = parsed(await get(`/agent?case=${encodeURIComponent(id)}`));
    if (caseId() === id) {
      taken(fresh);
    }
  } catch {
    // the next event brings them
  }
}

function taken(fresh) {
  const box = fresh.querySelector('.messages-box');
  const old = place.querySelector('.messages-box');
  if (!box || !old || fresh.querySelector('.outcome') || place.querySelector('.outcome')) {
    place.replaceChildren(...fresh.childNodes);
    arrived();
    return;
  }
  const at = old.scrollTop;
  old.replaceWith(box);
  if (at < -40) {
    box.scrollTop = at;
  }
}

async function submit(form, button) {
  const fields = new URLSearchParams(new FormData(form, button));
  const id = caseId();
  const says = form.matches('.say');
  if (says) {
    fields.set('message', form.dataset.message ??= unique());
    given(id, fields.get('text') ?? '').forEach((article) => fields.append('given', article));
  }
  form.querySelectorAll('button').forEach((one) => { one.disabled = true; });
  try {
    const answer = await fetch(form.action, {
      method: 'POST', body: fields, headers: { 'HX-Request': 'true', Accept: 'text/html' }, credentials: 'same-origin',
    });
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    const fresh = parsed(await answer.text());
    if (says) {
      delete form.dataset.message;
      kept.set(DRAFT + id, '');
      drafts.delete(id);
    }
    if (caseId() === id) {
      if (says) {
        reply().value = '';
        grow(reply());
      }
      taken(fresh);
    }
    status.textContent = '';
    look();
  } catch {
    status.textContent = list.dataset.unsent;
  } finally {
    form.querySelectorAll('button').forEach((one) => { one.disabled = false; });
  }
}

function unique() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What is given with a reply and cannot be told from an address in it. */
function given(id, text) {
  return (drafts.get(id) ?? [])
    .filter((put) => !(put.url && text.includes(put.url)) && text.includes(put.text.slice(0, 60)))
    .map((put) => put.articleId);
}

/** Puts a text where the cursor is. */
function insert(event) {
  const field = reply();
  if (!field || event.detail.caseId !== caseId()) {
    return;
  }
  event.preventDefault(); // given when it is sent, not before
  const { articleId, text, url } = event.detail;
  drafts.set(caseId(), [...(drafts.get(caseId()) ?? []), { articleId, text, url }]);
  const before = field.value.slice(0, field.selectionStart);
  const gap = before.trim() === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  field.setRangeText(gap + text, field.selectionStart, field.selectionEnd, 'end');
  grow(field);
  field.focus();
  keepDraft();
}

function step(by) {
  const all = links();
  const at = all.findIndex((link) => link.dataset.case === caseId());
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length];
  if (next && next.dataset.case !== caseId()) {
    next.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    open(next.href);
  }
}

function keysOff() {
  try {
    return localStorage.getItem('gapcanary-keys-off') !== null;
  } catch {
    return false;
  }
}

function key(event) {
  if (event.isComposing) {
    return;
  }
  const target = origin(event);
  if (target === reply() && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    target.form.requestSubmit(target.form.querySelector('button.main'));
    return;
  }
  if (target === reply() && event.key === 'Escape') {
    event.preventDefault();
    target.blur();
    return;
  }
  if (keysOff() || event.ctrlKey || event.metaKey || (writes(target) && !event.altKey)) {
    return;
  }
  const way = { KeyJ: 1, KeyK: -1 }[event.code];
  if (way) {
    event.preventDefault();
    step(way);
  } else if (event.code === 'KeyR' && !event.altKey && reply()) {
    event.preventDefault();
    reply().focus();
  }
}

if (desk) {
  // before the panel hears them: Esc leaves the reply first, and dismisses only then
  document.addEventListener('keydown', key, { capture: true });
  place.addEventListener('gapcanary-insert', insert);
  place.addEventListener('gapcanary-suggestions', () => { refreshMessages(); look(); });
  place.addEventListener('gapcanary-closed', () => { refreshMessages(); look(); });
  place.addEventListener('input', (event) => {
    if (event.target === reply()) {
      grow(event.target);
      keepDraft();
    }
  });
  place.addEventListener('submit', (event) => {
    if (event.target.closest('.console-case')) {
      event.preventDefault();
      submit(event.target, event.submitter);
    }
  });
  list.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-case]');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      open(link.href);
    }
  });
  window.addEventListener('popstate', () => open(location.href, false));
  document.addEventListener('htmx:afterSwap', () => {
    if (caseId()) {
      history.pushState(null, '', `/agent?case=${encodeURIComponent(caseId())}`);
      arrived();
      look();
    }
  });
  document.addEventListener('visibilitychange', () => { follow(); look(); });
  document.querySelector('form.visitor')?.addEventListener('submit', () => {
    try { sessionStorage.clear(); } catch { /* there is nothing to clear */ }
  });
  follow();
  arrived();
  look();
}
