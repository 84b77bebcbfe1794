// <gapcanary-assist server="https://desk.example.com" case="c-1" token="gct_…" lang="ko">: what Gapcanary
// says of a live case, in any desk. One script tag, a shadow root, no dependency; it never throws into
// the page that holds it. docs/widget.md tells its attributes, events and keys.
import { Panel, Texts } from './gapcanary-panel.js';

const SILENT = 45_000; // ms without even a heartbeat, after which a stream is dead
const RENEW = 12 * 60_000; // ms after which a token, good for 15 minutes, is asked for anew
const LONGEST_WAIT = 30_000; // ms between two tries to connect
const KEYS_OFF = 'gapcanary-keys-off';

const texts = new Map();

async function textsOf(language) {
  if (!texts.has(language)) {
    texts.set(language, fetch(new URL(`panel-texts-${language}.json`, import.meta.url))
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`${answer.status}`))))
      .then((all) => new Texts(language, all)));
    texts.get(language).catch(() => texts.delete(language));
  }
  return texts.get(language);
}

class Refused extends Error {
  constructor(status, wait) {
    super(`The server answers ${status}`);
    this.status = status;
    this.wait = wait;
  }
}

function pause(millis, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}

/** What makes two sources end: the one that comes first. */
function either(...signals) {
  const both = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) {
      both.abort();
    }
    signal.addEventListener('abort', () => both.abort(), { once: true });
  }
  return both.signal;
}

class GapcanaryAssist extends HTMLElement {
  static observedAttributes = ['server', 'case', 'token', 'lang'];

  /** A function of a case's id that has or promises a token; without one, listen to gapcanary-token. */
  tokenProvider = null;

  #root;
  #panel = null;
  #texts = null;
  #running = null;
  #renewal = 0;
  #tokenCame = null;
  #keyListener = (event) => this.#guard(() => this.#heardKey(event));
  #leaveListener = () => this.#guard(() => this.#panel?.settle());

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: 'open' });
    this.#root.append(document.createElement('slot')); // what the page shows until the panel is there
  }

  connectedCallback() {
    this.#guard(() => {
      (this.getAttribute('keys') === 'page' ? document : this).addEventListener('keydown', this.#keyListener);
      window.addEventListener('pagehide', this.#leaveListener);
      this.#restart();
    });
  }

  disconnectedCallback() {
    this.#guard(() => {
      document.removeEventListener('keydown', this.#keyListener);
      this.removeEventListener('keydown', this.#keyListener);
      window.removeEventListener('pagehide', this.#leaveListener);
      this.#stop();
    });
  }

  attributeChangedCallback(name, before, now) {
    this.#guard(() => {
      if (before === now || !this.isConnected) {
        return;
      }
      if (name === 'token') {
        this.#renewLater();
        this.#tokenCame?.();
        return; // a stream that is open goes on
      }
      this.#restart();
    });
  }

  /** The token in use; setting it is how a page renews it. */
  get token() {
    return this.getAttribute('token');
  }

  set token(token) {
    this.#guard(() => (token ? this.setAttribute('token', token) : this.removeAttribute('token')));
  }

  get case() {
    return this.getAttribute('case') ?? '';
  }

  set case(id) {
    this.#guard(() => this.setAttribute('case', id ?? ''));
  }

  /** Moves the focus to the first suggestion. */
  focus() {
    this.#guard(() => this.#panel?.focus());
  }

  /** Asks again for all that is shown. */
  refresh() {
    const running = this.#running;
    if (running) {
      this.#refreshCase(running)
        .then((open) => (open ? this.#refreshSuggestions(running) : undefined))
        .catch((error) => this.#failed(error));
    }
  }

  #guard(work) {
    try {
      return work();
    } catch (error) {
      this.#failed(error);
      return undefined;
    }
  }

  #failed(error) {
    try {
      this.dispatchEvent(new CustomEvent('gapcanary-error', { bubbles: true, composed: true, detail: { message: String(error?.message ?? error) } }));
    } catch {
      // a listener of the page's that fails is the page's
    }
  }

  #tell(name, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, cancelable, detail: { caseId: this.case, ...detail } }));
  }

  #language() {
    const wanted = this.getAttribute('lang') || this.closest('[lang]')?.lang || document.documentElement.lang || navigator.language || 'en';
    return wanted.toLowerCase().startsWith('ko') ? 'ko' : 'en';
  }

  #server() {
    return (this.getAttribute('server') || new URL(import.meta.url).origin).replace(/\/+$/, '');
  }

  #stop() {
    this.#panel?.settle();
    this.#running?.end();
    this.#running = null;
    this.#panel = null;
    clearTimeout(this.#renewal);
  }

  #restart() {
    this.#stop();
    if (!this.case) {
      return;
    }
    const control = new AbortController();
    const running = { caseId: this.case, token: this.token, told: 0, signal: control.signal, end: () => control.abort() };
    this.#running = running;
    this.#renewLater();
    queueMicrotask(() => this.#run(running).catch((error) => this.#failed(error))); // once all attributes are set
  }

  async #run(running) {
    for (let failures = 0; this.#panel === null && !running.signal.aborted; failures++) {
      try {
        const words = await textsOf(this.#language());
        if (!running.signal.aborted) {
          this.#panel = new Panel(this.#root, this.#actions(running), words);
          this.replaceChildren();
        }
      } catch (error) {
        this.#failed(error);
        await pause(this.#wait(failures), running.signal);
      }
    }
    for (let failures = 0; !running.signal.aborted;) {
      try {
        await this.#listen(running, () => { failures = 0; });
      } catch (error) {
        if (running.signal.aborted) {
          return;
        }
        if (error.status === 404) {
          this.#panel.trouble(this.#say('panel.noCase'));
          return;
        }
        if (error.status === 401 || error.status === 403) {
          await this.#renew(running, error, ++failures);
          continue;
        }
        this.#failed(error);
        failures++;
        if (failures > 1) {
          this.#panel.trouble(this.#say('panel.lost'));
        }
        await pause(error.wait ?? this.#wait(failures), running.signal);
      }
    }
  }

  #wait(failures) {
    return Math.min(LONGEST_WAIT, 500 * 2 ** Math.min(failures, 7)) * (0.75 + Math.random() / 2);
  }

  #say(key, ...values) {
    return this.#texts?.say(key, ...values) ?? key;
  }

  /** Listens until the stream ends. It tells first what is suggested now; what else there is of the case is asked for once it is open. */
  async #listen(running, opened) {
    this.#texts = await textsOf(this.#language());
    const dead = new AbortController();
    let watch = setTimeout(() => dead.abort(), SILENT);
    try {
      const answer = await this.#ask(running, '/events', { signal: either(running.signal, dead.signal) });
      await this.#refreshCase(running);
      opened();
      this.#panel.trouble(null);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) {
          break;
        }
        clearTimeout(watch);
        watch = setTimeout(() => dead.abort(), SILENT);
        text += value.replace(/\r\n?/g, '\n');
        const blocks = text.split('\n\n');
        text = blocks.pop();
        blocks.forEach((block) => this.#guard(() => this.#event(block, running)));
      }
    } finally {
      clearTimeout(watch);
      dead.abort();
    }
    throw new Error('The stream ended');
  }

  #event(block, running) {
    if (running.signal.aborted) {
      return;
    }
    const fields = block.split('\n').map((line) => /^(event|data): ?(.*)$/.exec(line)).filter(Boolean);
    const name = fields.find((field) => field[1] === 'event')?.[2];
    const data = fields.filter((field) => field[1] === 'data').map((field) => field[2]).join('\n');
    running.told++;
    if (name === 'suggestions') {
      const suggestions = JSON.parse(data);
      this.#panel.update(suggestions);
      this.#tell('gapcanary-suggestions', { suggestions });
      this.#refreshGiven(running).catch(() => {}); // an address in a message gives an article
    } else if (name === 'closed') {
      this.#panel.closed();
      this.#tell('gapcanary-closed', { outcome: JSON.parse(data) });
    }
  }

  async #refreshGiven(running) {
    if (!running.signal.aborted) {
      const theCase = await this.#ask(running, '', { signal: running.signal }).then((answer) => answer.json());
      this.#panel?.given(theCase.given);
    }
  }

  /** Asks for what the stream does not tell; whether the case is open. */
  async #refreshCase(running) {
    const [theCase, customer] = await Promise.all(
      ['', '/customer'].map((what) => this.#ask(running, what, { signal: running.signal }).then((answer) => answer.json())));
    if (running.signal.aborted) {
      return false;
    }
    this.#panel.given(theCase.given);
    this.#panel.customer(customer);
    if (theCase.closedAt) {
      this.#panel.closed();
    }
    return !theCase.closedAt;
  }

  /** Asks for what is suggested; what the stream tells meanwhile is newer. */
  async #refreshSuggestions(running) {
    const told = running.told;
    const suggestions = await this.#ask(running, '/suggestions', { signal: running.signal }).then((answer) => answer.json());
    if (!running.signal.aborted && running.told === told) {
      this.#panel.update(suggestions);
    }
  }

  /** What was begun of a case ends with that case and its token, though another be shown by then. */
  async #ask(running, what, options = {}, again = false) {
    if (this.case === running.caseId) {
      running.token = this.token;
    }
    const token = running.token;
    const answer = await fetch(`${this.#server()}/api/v1/cases/${encodeURIComponent(running.caseId)}${what}`, {
      ...options,
      cache: 'no-store',
      credentials: token ? 'omit' : 'same-origin',
      headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...options.headers },
    });
    if (answer.status === 401 && !again && await this.#freshToken(running)) {
      return this.#ask(running, what, options, true);
    }
    if (!answer.ok) {
      const seconds = Number(answer.headers.get('Retry-After'));
      throw new Refused(answer.status, seconds > 0 ? 1000 * seconds : undefined);
    }
    return answer;
  }

  // Tokens

  #renewLater() {
    clearTimeout(this.#renewal);
    if (this.token) {
      this.#renewal = setTimeout(() => this.#guard(() => this.#askForToken('soon')), RENEW);
    }
  }

  #askForToken(reason) {
    const caseId = this.case;
    const give = (token) => {
      if (token && caseId === this.case) {
        this.token = token;
      }
    };
    if (typeof this.tokenProvider === 'function') {
      Promise.resolve().then(() => this.tokenProvider(caseId)).then(give).catch((error) => this.#failed(error));
    }
    this.#tell('gapcanary-token', { reason, give });
  }

  /** Asks for another token where the page gives them; whether one came at once. */
  async #freshToken(running) {
    if (this.case !== running.caseId || (!running.token && typeof this.tokenProvider !== 'function')) {
      return false;
    }
    if (this.token !== running.token) {
      return true; // it came meanwhile
    }
    const came = new AbortController();
    const before = this.#tokenCame;
    this.#tokenCame = () => { before?.(); came.abort(); };
    this.#askForToken('expired');
    if (this.token === running.token) {
      await pause(5000, either(running.signal, came.signal));
    }
    this.#tokenCame = before;
    return this.token !== running.token && !running.signal.aborted;
  }

  /** Waits for another token, and asks for it from time to time. */
  async #renew(running, error, failures) {
    const before = this.token;
    if (failures > 1) {
      const missing = before || this.tokenProvider !== null ? 'panel.token' : error.status === 401 ? 'panel.signIn' : 'panel.notPermitted';
      this.#panel.trouble(this.#say(missing));
    }
    const came = new AbortController();
    this.#tokenCame = () => came.abort();
    this.#askForToken('expired');
    if (this.token === before) {
      await pause(this.#wait(failures), either(running.signal, came.signal));
    }
    this.#tokenCame = null;
  }

  // What the agent does

  #actions(running) {
    const element = this;
    const of = (one) => ({ caseId: running.caseId, articleId: one.articleId, title: one.title ?? null, url: one.url ?? null });
    return {
      server: element.#server(),
      caseId: element.case,
      moreKeys: element.getAttribute('keys') === 'page' ? [['J K', 'conversation'], ['R', 'reply'], ['Ctrl + Enter', 'send'], ['Esc', 'leave']] : [],
      keysOn: () => !element.#keysOff(),
      setKeysOn: (on) => element.#guard(() => (on ? localStorage.removeItem(KEYS_OFF) : localStorage.setItem(KEYS_OFF, '1'))),
      insert: (one, text, kind) => element.#guard(() => {
        if (element.#tell('gapcanary-insert', { ...of(one), text, kind }, true)) {
          element.#note(running, one, 'linked');
        }
      }),
      link: (one) => element.#guard(() => {
        if (element.#tell('gapcanary-link', of(one), true)) {
          element.#note(running, one, 'linked');
        }
      }),
      takeBack: (one) => element.#guard(() => element.#note(running, one, 'dismissed')),
      dismiss: (one) => element.#guard(() => {
        element.#tell('gapcanary-dismiss', of(one));
        element.#note(running, one, 'dismissed');
      }),
      opened: (one) => element.#guard(() => {
        element.#note(running, one, 'opened');
        return element.#tell('gapcanary-open', of(one), true);
      }) ?? true,
    };
  }

  /** Notes that an article was given in the case, as a page does that put one into a reply itself. */
  link(articleId) {
    if (this.#running && articleId) {
      this.#note(this.#running, { articleId }, 'linked');
    }
  }

  /** It must get there though the page be left: it does not end with the panel. */
  #note(running, one, action) {
    const given = action !== 'opened';
    this.#ask(running, '/articles', {
      method: 'POST',
      keepalive: true,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ id: one.articleId, action }),
    }).then(() => given && this.#refreshGiven(running))
      .catch((error) => {
        if (!running.signal.aborted) {
          if (given) {
            this.#panel?.note(this.#say('panel.notNoted'));
          }
          this.#failed(error);
        }
      });
  }

  // Keys

  #keysOff() {
    try {
      return localStorage.getItem(KEYS_OFF) !== null;
    } catch {
      return false;
    }
  }

  #heardKey(event) {
    if (!event.defaultPrevented && this.#panel?.key(event)) {
      event.preventDefault();
    }
  }
}

if (!customElements.get('gapcanary-assist')) {
  customElements.define('gapcanary-assist', GapcanaryAssist);
}
