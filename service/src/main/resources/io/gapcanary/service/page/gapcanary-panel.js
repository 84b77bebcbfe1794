// What an agent sees beside a conversation: suggestions or the reason for silence, what to mind, and
// the customer's past. It draws, and hears keys and clicks; it knows no network. Used by the element
// of gapcanary-assist.js, on the console as in any other desk.

const READING = 6000; // ms after the last move of the pointer or of the focus within the panel
const TO_UNDO = 6000; // ms in which a dismissal can be taken back before it is told
const SETTLE = 600; // ms after a change in which a number key may have been meant for what was there

const STYLE = `
:host { all: initial; display: block; --ink: #1d2a33; --quiet: #55626c; --card: #fff;
  --page: #f7f6f2; --line: #dcdad2; --accent: #0b5c73; --on-accent: #fff; --accent-soft: #e2f0f3; --canary: #f5c400;
  --warn-ink: #7a3e00; --warn-soft: #fff3dc; --good: #2d6a2f; color-scheme: light; color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Apple SD Gothic Neo", "Noto Sans KR", "Noto Sans CJK KR", "Malgun Gothic", sans-serif;
  word-break: keep-all; overflow-wrap: anywhere; text-align: start; }
:host([hidden]) { display: none; }
:host([theme=dark]) { --ink: #e8edf0; --quiet: #a3b1bb; --card: #1b242a; --page: #12181c; --line: #33414a; --accent: #7fd0e3;
  --on-accent: #0a2028; --accent-soft: #17343d; --warn-ink: #ffd28a; --warn-soft: #3a2a10; --good: #9bd69d; color-scheme: dark; }
@media (prefers-color-scheme: dark) { :host(:not([theme=light])) { --ink: #e8edf0; --quiet: #a3b1bb; --card: #1b242a; --page: #12181c;
  --line: #33414a; --accent: #7fd0e3; --on-accent: #0a2028; --accent-soft: #17343d; --warn-ink: #ffd28a; --warn-soft: #3a2a10;
  --good: #9bd69d; color-scheme: dark; } }
* { box-sizing: border-box; }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; }
[hidden] { display: none !important; }
h2 { font-size: 16px; line-height: 1.35; margin: 0; }
h3 { font-size: 15px; line-height: 1.4; margin: 0; font-weight: 650; }
p, ul, ol, blockquote { margin: 0; padding: 0; }
ol, ul { list-style: none; }
a { color: var(--accent); text-underline-offset: .15em; }
.head { display: flex; justify-content: space-between; align-items: center; gap: 8px; margin-bottom: 8px; }
.quiet { color: var(--quiet); font-size: 14px; }
button { font: inherit; font-size: 14px; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 3px 10px; cursor: pointer; }
button:hover, .act:hover { border-color: var(--accent); }
button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
button.plain { border-color: transparent; background: none; color: var(--accent); padding: 3px 2px; text-decoration: underline; text-underline-offset: .15em; }
button:disabled { opacity: .6; cursor: default; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
kbd { font: 600 12px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; border: 1px solid currentColor; border-radius: 4px; padding: 0 5px; opacity: .85; white-space: nowrap; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.state { color: var(--warn-ink); background: var(--warn-soft); border-radius: 6px; padding: 5px 10px; font-size: 14px; margin-bottom: 8px; }
.newer { display: block; width: 100%; text-align: start; background: var(--accent-soft); border-color: transparent; margin-bottom: 10px; }
.matches { display: grid; gap: 14px; }
.match { border-inline-start: 4px solid var(--canary); padding-inline-start: 10px; display: grid; gap: 5px; }
.match.given { border-color: var(--accent); }
.match.gone { border-color: var(--line); display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; color: var(--quiet); }
.title { display: flex; gap: 8px; align-items: baseline; }
.title kbd { flex: none; }
.title a { color: var(--ink); }
.sure { display: flex; align-items: center; gap: 8px; color: var(--quiet); font-size: 14px; }
.bar { flex: none; width: 72px; height: 6px; border-radius: 3px; background: var(--line); overflow: hidden; }
.bar i { display: block; height: 100%; background: var(--accent); }
blockquote { background: var(--page); border-radius: 6px; padding: 6px 10px; font-size: 14px; white-space: pre-line; max-height: 7.6em; overflow-y: auto; }
.why { color: var(--quiet); font-size: 14px; }
.warning { background: var(--warn-soft); color: var(--warn-ink); border-radius: 6px; padding: 4px 10px; font-size: 14px; }
.acts { display: flex; flex-wrap: wrap; gap: 3px 8px; align-items: center; font-size: 14px; }
.yes { color: var(--accent); font-weight: 600; font-size: 14px; }
.silence { border-inline-start: 4px solid var(--quiet); padding-inline-start: 10px; display: grid; gap: 4px; }
.gap { margin-top: 12px; background: var(--page); border-radius: 8px; padding: 8px 12px; display: grid; gap: 5px; }
.gap li { border-inline-start: 3px solid var(--line); padding-inline-start: 8px; font-size: 14px; margin-top: 5px; }
.past { margin-top: 14px; border-top: 1px solid var(--line); padding-top: 10px; }
.past ol { display: grid; gap: 9px; margin-top: 6px; }
.past li { font-size: 14px; }
.when { color: var(--quiet); }
.asked { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
.after { display: block; font-weight: 600; }
.after.came-back, .after.reconnected, .after.still-open { color: var(--warn-ink); }
.after.stayed-away { color: var(--good); }
summary { cursor: pointer; font-weight: 650; }
.keys { margin-top: 12px; border-top: 1px solid var(--line); padding-top: 8px; font-size: 14px; }
.keys summary { font-weight: 400; color: var(--quiet); }
.keys dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 3px 10px; margin: 8px 0; }
.keys dt, .keys dd { margin: 0; }
.keys label { display: flex; gap: 6px; align-items: center; }
@media (prefers-reduced-motion: no-preference) { .match, .silence { animation: come .18s ease-out; } @keyframes come { from { opacity: .35; } } }
@media (forced-colors: active) { .bar i { background: Highlight; } }
`;

let sheet;

/** One sheet for all panels; a page's policy on styles does not concern it. */
function style() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
  }
  return sheet;
}

function el(name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (key === 'class') {
      element.className = value;
    } else if (key === 'on') {
      Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, listener));
    } else if (key in element && key !== 'list') {
      element[key] = value;
    } else {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An address that a browser may open; nothing else is linked. */
function openable(url) {
  try {
    return ['http:', 'https:'].includes(new URL(url).protocol) ? url : null;
  } catch {
    return null;
  }
}

/** True where keys write: there only those with Alt are the panel's. */
export function writes(target) {
  return target instanceof Element
    && (target.isContentEditable || target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select') !== null);
}

/** The element that an event began at, through shadow roots. */
export function origin(event) {
  return event.composedPath()[0] ?? event.target;
}

/** Texts of a language, with numbers and days as it writes them. */
export class Texts {
  constructor(language, texts) {
    this.language = language;
    this.texts = texts;
  }

  say(key, ...values) {
    const text = this.texts[key] ?? key;
    return text.replace(/\{(\d)\}/g, (all, at) => String(values[at] ?? ''));
  }

  has(key) {
    return key in this.texts;
  }

  /** A text of a number: by its plural where the language has several. */
  count(key, number) {
    const one = `${key}.one`;
    return this.say(number === 1 && this.has(one) ? one : key, number);
  }

  percent(share) {
    return new Intl.NumberFormat(this.language, { style: 'percent' }).format(Math.min(0.99, Math.max(0.01, share)));
  }

  ordinal(number) {
    if (number === 1) {
      return this.say('ordinal.first');
    }
    const last = number % 10;
    const teen = Math.floor((number % 100) / 10) === 1;
    return this.say(`ordinal.${teen || last === 0 || last > 3 ? 'other' : last}`, number);
  }

  /** A day that bears no time: it is the same everywhere. */
  weekday(day) {
    return new Intl.DateTimeFormat(this.language, { weekday: 'long', month: 'long', day: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  }

  moment(at) {
    return new Intl.DateTimeFormat(this.language, { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' }).format(new Date(at));
  }

  evidence(evidence) {
    const d = evidence.details ?? {};
    const key = `evidence.${evidence.code}`;
    return this.has(key) ? this.say(key, d.wording ?? (d.words ?? []).join(', ')) : '';
  }

  warning(warning) {
    const d = warning.details ?? {};
    const key = `warning.${warning.code}`;
    switch (warning.code) {
      case 'given-before': return this.say(key, this.weekday(d.on));
      case 'incomplete': return this.say(key, d.returned, d.given);
      case 'worse-lately': return this.say(key, this.weekday(d.since), d.returned, d.given, d.formerReturned, d.formerGiven);
      case 'other-language': return this.say(key, this.has(`language.${d.language}`) ? this.say(`language.${d.language}`) : d.language);
      case 'version-unreadable': return this.say(key, d.version);
      case 'dismissed': return this.has(key) ? this.say(key, d.voices) : warning.text;
      default: return this.has(key) ? this.say(key) : warning.text;
    }
  }
}

/**
 * The panel in a root.
 *
 * host: server (an address without a slash at the end), caseId, mayOpenPages, and what is done:
 * insert(suggestion, text, kind), link(suggestion), takeBack(suggestion), dismiss(suggestion), opened(suggestion).
 */
export class Panel {
  #root;
  #host;
  #texts;
  #data = null;
  #pending = null;
  #given = new Set();
  #gone = new Map(); // article id -> the timer of a dismissal that is not told yet, or null
  #busyUntil = 0;
  #changedAt = -Infinity;
  #chosen = null;
  #timer = 0;
  #noted = 0;
  #parts;

  constructor(root, host, texts) {
    this.#root = root;
    this.#host = host;
    this.#texts = texts;
    root.adoptedStyleSheets = [style()];
    this.#build();
  }

  #build() {
    const t = this.#texts;
    const parts = {
      live: el('p', { class: 'visually-hidden', role: 'status' }),
      state: el('p', { class: 'state', hidden: true }),
      note: el('p', { class: 'state', hidden: true }),
      newer: el('button', { class: 'newer', type: 'button', hidden: true, on: { click: () => this.showNewer() } },
        t.say('panel.newer'), ' ', el('kbd', {}, 'N')),
      body: el('div', { class: 'body' }, el('p', { class: 'quiet' }, t.say('panel.waiting'))),
      past: el('section', { class: 'past', hidden: true }),
      keys: this.#keys(),
    };
    this.#parts = parts;
    const panel = el('section', { class: 'panel', lang: t.language, ariaLabel: t.say('panel.title') },
      el('div', { class: 'head' }, el('h2', {}, t.say('panel.title'))),
      parts.live, parts.state, parts.note, parts.newer, parts.body, parts.past, parts.keys);
    const busy = () => this.#reads();
    for (const event of ['pointermove', 'pointerdown', 'focusin', 'keydown', 'wheel']) {
      panel.addEventListener(event, busy, { passive: true });
    }
    panel.addEventListener('focusin', (event) => {
      this.#chosen = event.target.closest('.match')?.dataset.article ?? this.#chosen;
    });
    this.#root.replaceChildren(panel);
  }

  #keys() {
    const t = this.#texts;
    const rows = [['1 – 3', 'insert'], ['Alt + 1 – 3', 'insert.typing'], ['Q', 'quote'], ['L', 'link'], ['O', 'open'], ['W', 'why'],
      ['Esc', 'dismiss'], ['U', 'undo'], ['S', 'focus'], ['↑ ↓', 'move'], ['N', 'newer'], ...(this.#host.moreKeys ?? []), ['?', 'help']];
    const off = el('input', { type: 'checkbox', checked: this.#host.keysOn(), on: { change: (event) => this.#host.setKeysOn(event.target.checked) } });
    return el('details', { class: 'keys' },
      el('summary', {}, t.say('panel.keys'), ' ', el('kbd', {}, '?')),
      el('dl', {}, ...rows.flatMap(([key, name]) => [el('dt', {}, el('kbd', {}, key)), el('dd', {}, t.say(`panel.key.${name}`))])),
      el('label', {}, off, t.say('panel.keys.on')));
  }

  #reads() {
    this.#busyUntil = performance.now() + READING;
  }

  #isRead() {
    return performance.now() < this.#busyUntil && this.#data !== null;
  }

  /** What is suggested now; shown at once unless somebody reads what is there. */
  update(data) {
    const before = this.#data;
    if (before !== null && sameList(before, data, this.#gone)) {
      this.#data = data;
      this.#pending = null;
      this.#parts.newer.hidden = true;
      this.#refreshNumbers();
      return;
    }
    if (this.#isRead()) {
      this.#pending = data;
      if (this.#parts.newer.hidden) {
        this.#parts.newer.hidden = false;
        this.#announce(this.#texts.say('panel.newer'));
      }
      this.#later();
      return;
    }
    this.#show(data);
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#pending !== null && this.#isRead()) {
        this.#later();
      } else {
        this.showNewer();
      }
    }, 500);
  }

  showNewer() {
    const data = this.#pending;
    if (data !== null) {
      this.#show(data);
    }
  }

  #show(data) {
    if (this.#data !== null) {
      this.#changedAt = performance.now();
    }
    const focused = this.#root.activeElement?.closest('.body') !== null && this.#root.activeElement !== null;
    this.#pending = null;
    this.#data = data;
    this.#parts.newer.hidden = true;
    this.#draw();
    if (focused) {
      this.#focusItem(this.#items()[0]);
    }
    this.#announce(this.#inShort());
  }

  #inShort() {
    const t = this.#texts;
    const shown = this.#suggestions();
    return shown.length === 0 ? `${t.say('panel.silent')}. ${this.#reason()}` : `${t.count('panel.count', shown.length)}: ${shown[0].title}`;
  }

  #announce(text) {
    this.#parts.live.textContent = text;
  }

  /** Says something for a while. */
  note(text) {
    this.#announce(text);
    this.#parts.note.textContent = text;
    this.#parts.note.hidden = false;
    clearTimeout(this.#noted);
    this.#noted = setTimeout(() => { this.#parts.note.hidden = true; }, READING);
  }

  /** Moves the focus to the first suggestion. */
  focus() {
    this.#focusItem(this.#items()[0]);
  }

  /** What is wrong with the connection, or null. */
  trouble(text) {
    this.#parts.state.hidden = text === null;
    this.#parts.state.textContent = text ?? '';
  }

  /** Which articles were given in the case. */
  given(ids) {
    this.#given = new Set(ids);
    if (this.#data !== null) {
      this.#draw();
    }
  }

  /** Tells dismissals that could still be taken back. */
  settle() {
    clearTimeout(this.#timer);
    for (const [id, timer] of this.#gone) {
      if (timer !== null) {
        clearTimeout(timer);
        this.#gone.set(id, null);
        this.#host.dismiss({ articleId: id });
      }
    }
  }

  #suggestions() {
    return (this.#data?.suggestions ?? []).filter((one) => !this.#gone.has(one.articleId));
  }

  #draw() {
    const chosen = this.#root.activeElement?.closest?.('.match')?.dataset.article;
    const data = this.#data;
    const children = [];
    if (data.degraded) {
      children.push(el('p', { class: 'warning' }, this.#texts.say('panel.degraded')));
    }
    children.push(data.suggestions.length === 0 ? this.#silence() : this.#list());
    if (data.gap) {
      children.push(this.#gap(data.gap));
    } else if (data.forming) {
      children.push(el('div', { class: 'gap' },
        el('p', {}, this.#texts.count('panel.openNow', data.forming.openNow), ' ', this.#texts.say('panel.forming'))));
    }
    this.#parts.body.replaceChildren(...children);
    if (chosen) {
      this.#focusItem(this.#item(chosen));
    }
  }

  #reason() {
    return this.#texts.say(`reason.${this.#data.reason ?? this.#data.verdict}`);
  }

  #silence() {
    const t = this.#texts;
    const none = this.#data.verdict === 'no-match';
    return el('div', { class: 'silence' },
      el('h3', {}, t.say('panel.silent')),
      el('p', {}, this.#reason()),
      none && el('p', { class: 'quiet' }, t.say('panel.answerable', t.percent(this.#data.answerable))),
      none && el('p', {}, el('a', { href: this.#explain(null), target: '_blank', rel: 'noopener' }, t.say('panel.why'))));
  }

  #list() {
    let number = 0;
    return el('ol', { class: 'matches' }, ...this.#data.suggestions.map((one) => (
      this.#gone.has(one.articleId) ? this.#dismissed(one) : this.#match(one, ++number))));
  }

  #dismissed(one) {
    const t = this.#texts;
    return el('li', { class: 'match gone', 'data-article': one.articleId },
      el('span', {}, t.say('panel.dismissed', one.title)),
      this.#gone.get(one.articleId) !== null
        && el('button', { class: 'plain', type: 'button', on: { click: () => this.#undo(one.articleId) } }, t.say('panel.undo'), ' ', el('kbd', {}, 'U')));
  }

  #match(one, number) {
    const t = this.#texts;
    const given = this.#given.has(one.articleId);
    const act = (name, listener, kind = 'plain') => el('button', { class: `act ${kind}`, type: 'button', on: { click: listener } }, t.say(`panel.${name}`));
    const mayQuote = one.reply !== null && one.reply !== undefined;
    return el('li', { class: `match${given ? ' given' : ''}`, 'data-article': one.articleId, tabIndex: -1 },
      el('h3', { class: 'title' }, el('kbd', { ariaHidden: 'true' }, String(number)),
        el('a', { class: 'open', href: this.address(one), target: '_blank', rel: 'noopener', on: { click: (event) => this.#opened(event, one) } }, one.title)),
      el('p', { class: 'sure' }, bar(one.probability), el('span', { class: 'percent' }, t.say('panel.answers', t.percent(one.probability)))),
      ...one.warnings.map((warning) => el('p', { class: `warning ${warning.code}` }, t.warning(warning))),
      one.passage && el('blockquote', { tabIndex: 0, ariaLabel: t.say('panel.passage') }, one.passage),
      ...one.evidence.slice(0, 1).map((evidence) => el('p', { class: 'why' }, t.evidence(evidence))),
      el('div', { class: 'acts' },
        mayQuote && act('insert', () => this.#insert(one, 'reply'), 'main'),
        mayQuote && one.passage && act('quote', () => this.#insert(one, 'quote')),
        given ? el('span', { class: 'yes' }, '✓ ', t.say('panel.given')) : act('link', () => this.#link(one)),
        given && act('takeBack', () => this.#takeBack(one)),
        el('a', { class: 'act', href: this.#explain(one.articleId), target: '_blank', rel: 'noopener' }, t.say('panel.why')),
        !given && act('dismiss', () => this.#dismiss(one))));
  }

  #refreshNumbers() {
    for (const one of this.#data.suggestions) {
      const item = this.#item(one.articleId);
      const percent = item?.querySelector('.percent');
      if (percent) {
        percent.textContent = this.#texts.say('panel.answers', this.#texts.percent(one.probability));
        item.querySelector('.bar').replaceWith(bar(one.probability));
      }
    }
  }

  #gap(gap) {
    const t = this.#texts;
    const page = (path) => `${this.#host.server}${path}`;
    return el('div', { class: 'gap' },
      el('p', {}, t.count('panel.gap', gap.cases), ' ', el('a', { href: page(`/gaps/${encodeURIComponent(gap.id)}`), target: '_blank', rel: 'noopener' }, gap.title)),
      el('p', {}, t.say('panel.gap.place', t.ordinal(gap.placeThisWeek)), ' ', gap.owner ? t.say('panel.gap.owner', gap.owner) : t.say('panel.gap.noOwner')),
      gap.openNow > 0 && el('p', {}, t.count('panel.openNow', gap.openNow)),
      gap.solved > 0 && el('div', {},
        el('p', {}, t.count('panel.gap.solved', gap.solved)),
        el('ul', {}, ...gap.solutions.map((one) => el('li', {}, one.quote, ' ',
          el('a', { href: page(`/agent?case=${encodeURIComponent(one.caseId)}`), target: '_blank', rel: 'noopener' }, one.caseId), ' ',
          el('span', { class: 'when' }, t.moment(one.at)))))));
  }

  /** The customer's other contacts. */
  customer(contacts) {
    const t = this.#texts;
    const past = this.#parts.past;
    const children = contacts.identified && contacts.latest.length > 0
      ? [el('details', { open: true },
        el('summary', {}, t.count('panel.past', contacts.count)),
        el('ol', {}, ...contacts.latest.slice(0, 5).map((one) => this.#contact(one))))]
      : [el('p', { class: 'quiet' }, t.say(contacts.identified ? 'panel.past.none' : 'panel.past.unknown'))];
    past.replaceChildren(...children);
    past.hidden = false;
  }

  #contact(one) {
    const t = this.#texts;
    const channel = one.channel && (t.has(`channel.${one.channel}`) ? t.say(`channel.${one.channel}`) : one.channel);
    return el('li', {},
      el('p', { class: 'when' }, el('a', { href: `${this.#host.server}/agent?case=${encodeURIComponent(one.caseId)}`, target: '_blank', rel: 'noopener' }, t.moment(one.openedAt)),
        ...[channel, one.product].filter(Boolean).map((part) => ` · ${part}`)),
      el('p', { class: 'asked' }, one.question || t.say('panel.past.noQuestion')),
      el('p', {}, one.given.length > 0 ? `${t.say('panel.past.given', one.given.map((article) => article.title).join(', '))} ` : '',
        el('span', { class: `after ${one.afterwards}` }, t.say(`panel.after.${one.afterwards}`))));
  }

  /** It is over: nothing more is suggested, the customer's past stays. */
  closed() {
    this.#data = null;
    this.#pending = null;
    this.#parts.newer.hidden = true;
    this.#parts.body.replaceChildren(el('p', { class: 'quiet' }, this.#texts.say('panel.closed')));
  }

  /** Where an article is read: at its own address, else on this server's page. */
  address(one) {
    return openable(one.url) ?? `${this.#host.server}/articles/${encodeURIComponent(one.articleId)}`;
  }

  #explain(articleId) {
    return `${this.#host.server}/explain?case=${encodeURIComponent(this.#host.caseId)}${articleId === null ? '' : `&article=${encodeURIComponent(articleId)}`}`;
  }

  #insert(one, kind) {
    if (one.reply === null || one.reply === undefined) {
      this.note(this.#texts.say('panel.internal'));
      return;
    }
    this.#host.insert(one, kind === 'quote' ? one.passage : one.reply, kind);
    this.#announce(this.#texts.say('panel.inserted', one.title));
  }

  #link(one) {
    this.#host.link(one);
  }

  #takeBack(one) {
    this.#host.takeBack(one);
  }

  #opened(event, one) {
    if (!this.#host.opened(one)) {
      event.preventDefault();
    }
  }

  #dismiss(one) {
    const id = one.articleId;
    this.#gone.set(id, setTimeout(() => {
      this.#gone.set(id, null);
      this.#host.dismiss(one);
      if (this.#data !== null) {
        this.#draw();
      }
    }, TO_UNDO));
    this.#draw();
    this.#announce(this.#texts.say('panel.dismissed', one.title));
  }

  #undo(id) {
    const timer = this.#gone.get(id);
    if (timer !== null && timer !== undefined) {
      clearTimeout(timer);
      this.#gone.delete(id);
      this.#draw();
      this.#focusItem(this.#item(id));
    }
  }

  #items() {
    return [...this.#parts.body.querySelectorAll('.match:not(.gone)')];
  }

  #item(articleId) {
    return [...this.#parts.body.querySelectorAll('.match')].find((item) => item.dataset.article === articleId);
  }

  #focusItem(item) {
    item?.focus({ preventScroll: false });
  }

  /** The suggestion that keys without a number mean: the one at hand, else the first. */
  #current() {
    const shown = this.#suggestions();
    return shown.find((one) => one.articleId === this.#chosen) ?? shown[0];
  }

  #move(by) {
    const items = this.#items();
    const at = items.indexOf(this.#root.activeElement?.closest('.match'));
    this.#focusItem(items[Math.min(items.length - 1, Math.max(0, at + by))]);
  }

  /** Does what a key asks for; true when it was the panel's. */
  key(event) {
    if (!this.#host.keysOn() || event.ctrlKey || event.metaKey || event.isComposing) {
      return false;
    }
    const digit = /^(?:Digit|Numpad)([1-3])$/.exec(event.code)?.[1];
    if (writes(origin(event))) {
      return event.altKey && digit !== undefined && this.#number(Number(digit));
    }
    if (digit !== undefined && !event.shiftKey) {
      return this.#number(Number(digit));
    }
    if (event.altKey) {
      return false;
    }
    if (event.key === '?') {
      this.#parts.keys.open = !this.#parts.keys.open;
      if (this.#parts.keys.open) {
        this.#parts.keys.querySelector('summary').focus();
      }
      return true;
    }
    return this.#letter(event);
  }

  #number(number) {
    const one = this.#suggestions()[number - 1];
    if (one !== undefined && performance.now() - this.#changedAt > SETTLE) {
      this.#insert(one, 'reply');
    }
    return one !== undefined;
  }

  #letter(event) {
    const within = this.#root.activeElement !== null;
    if (within && (event.code === 'ArrowDown' || event.code === 'ArrowUp') && this.#root.activeElement.tagName !== 'BLOCKQUOTE') {
      this.#move(event.code === 'ArrowDown' ? 1 : -1);
      return true;
    }
    if (event.code === 'KeyS') {
      this.focus();
      return true;
    }
    if (event.code === 'KeyN' && this.#pending !== null) {
      this.showNewer();
      return true;
    }
    if (event.code === 'KeyU') {
      const last = [...this.#gone].filter(([, timer]) => timer !== null).at(-1);
      if (last) {
        this.#undo(last[0]);
      }
      return last !== undefined;
    }
    if (event.key === 'Escape' && this.#parts.keys.open) {
      this.#parts.keys.open = false;
      return true;
    }
    return this.#ofCurrent(event);
  }

  #ofCurrent(event) {
    const one = this.#current();
    if (one === undefined) {
      return false;
    }
    const links = () => this.#item(one.articleId);
    switch (event.key === 'Escape' ? 'Escape' : event.code) {
      case 'KeyQ': this.#insert(one, 'quote'); return true;
      case 'KeyL': this.#link(one); return true;
      case 'KeyO': links()?.querySelector('a.open').click(); return true;
      case 'KeyW': links()?.querySelector('a.act').click(); return true;
      case 'Escape':
        if (!this.#given.has(one.articleId)) {
          this.#dismiss(one);
        }
        return true;
      default: return false;
    }
  }
}

function bar(probability) {
  const filled = el('i', {});
  filled.style.width = `${Math.round(100 * probability)}%`;
  return el('span', { class: 'bar', ariaHidden: 'true' }, filled);
}

function sameList(one, other, gone) {
  const told = (data) => JSON.stringify([
    data.suggestions.length > 0 || [data.verdict, data.reason, data.gap?.id, data.gap?.owner, data.gap?.placeThisWeek, data.gap?.openNow, data.gap?.solved, data.forming?.openNow],
    data.degraded,
    data.suggestions.filter((s) => !gone.has(s.articleId)).map((s) => [s.articleId, s.warnings.map((w) => w.code)])]);
  return told(one) === told(other);
}
