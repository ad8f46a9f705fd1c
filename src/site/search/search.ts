/**
 * The search page's script: loads the index with the first word typed, and shows results as links.
 * Texts from the index are set as text, never as markup.
 */
import { answersTo } from './answers.ts';

interface SubResult {
  readonly title: string;
  readonly url: string;
  readonly plain_excerpt: string;
}
interface Found {
  readonly url: string;
  readonly plain_excerpt: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly sub_results: readonly SubResult[];
}
interface Answer {
  readonly results: readonly { readonly data: () => Promise<Found> }[];
}
interface Pagefind {
  readonly debouncedSearch: (text: string) => Promise<Answer | null>;
}

/** The index is read by a worker of Pagefind's, which it starts by a plain address. */
const workerPath = '/pagefind/pagefind-worker.js';

/**
 * Pages demand trusted types: here that one address becomes a trusted one, and no other.
 */
function trustIndexWorker(): void {
  const { trustedTypes } = globalThis as {
    trustedTypes?: {
      createPolicy(name: string, rules: { createScriptURL(address: string): string }): unknown;
    };
  };
  trustedTypes?.createPolicy('default', {
    createScriptURL: (address) => {
      if (new URL(address, location.href).href !== new URL(workerPath, location.origin).href)
        throw new TypeError(`not the worker of the index: ${address}`);
      return address;
    },
  });
}

const shownPages = 10;
const shownParts = 4;

const element = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text = '',
  className = '',
): HTMLElementTagNameMap[Name] => {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
};

const linkTo = (url: string, text: string): HTMLAnchorElement => {
  const link = element('a', text, 'fs-link');
  link.href = url;
  return link;
};

/** A piece out of a text says where it was cut. */
const snippet = (excerpt: string): string =>
  `${/^\p{Lu}/u.test(excerpt) ? '' : '… '}${excerpt}${/[.!?]$/.test(excerpt) ? '' : ' …'}`;

/** One page, with the parts of it where the words stand. */
function entryOf(found: Found): HTMLLIElement {
  const entry = element('li');
  const heading = element('h2');
  heading.append(linkTo(found.url, found.meta['title'] ?? found.url));
  entry.append(heading);
  const parts = found.sub_results.filter(({ url }) => url.includes('#')).slice(0, shownParts);
  if (parts.length === 0) entry.append(element('p', snippet(found.plain_excerpt)));
  else {
    const list = element('ul');
    for (const part of parts) {
      const item = element('li');
      item.append(linkTo(part.url, part.title), element('p', snippet(part.plain_excerpt)));
      list.append(item);
    }
    entry.append(list);
  }
  return entry;
}

/** Brings the search form to life. `words` are the sentences of the page's language. */
export function startSearch(form: HTMLFormElement): void {
  trustIndexWorker();
  const field = form.querySelector('input');
  const status = document.querySelector('#search-status');
  const list = document.querySelector('#search-results');
  const answers = document.querySelector<HTMLElement>('#search-answers');
  if (!field || !status || !list || !answers) return;
  const say = (name: string, count = 0) =>
    (form.dataset[name] ?? '').replace('{count}', String(count));
  let engine: Promise<Pagefind> | undefined;
  const prepared = [...document.querySelectorAll<HTMLElement>('.readers .answer')];
  const askable = prepared.map((each) => ({
    question: each.querySelector('.answer__link')?.textContent ?? '',
    words: each.dataset['words'] ?? '',
  }));

  const search = async () => {
    const text = field.value.trim();
    const query = new URLSearchParams(location.search);
    if (text === '') query.delete('q');
    else query.set('q', text);
    history.replaceState(
      history.state,
      '',
      `${location.pathname}${query.size > 0 ? `?${query}` : ''}`,
    );
    const answered = answersTo(text, askable);
    answers.replaceChildren(...answered.flatMap((place) => prepared[place]?.cloneNode(true) ?? []));
    answers.hidden = answered.length === 0;
    if (text === '') {
      list.replaceChildren();
      status.textContent = '';
      return;
    }
    status.textContent = say('busy');
    try {
      // Its address is only known when the site is built: not for the bundler to resolve.
      const address = '/pagefind/pagefind.js';
      engine ??= import(/* @vite-ignore */ address) as Promise<Pagefind>;
      const answer = await (await engine).debouncedSearch(text);
      // null: something else was typed meanwhile, and that search answers.
      if (answer === null) return;
      const found = await Promise.all(
        answer.results.slice(0, shownPages).map((result) => result.data()),
      );
      list.replaceChildren(...found.map(entryOf));
      const { length } = answer.results;
      status.textContent = [
        say(length === 0 ? 'none' : length === 1 ? 'one' : 'many', length),
        ...(length > shownPages ? [say('firstTen')] : []),
      ].join(' ');
    } catch {
      engine = undefined;
      status.textContent = say('failed');
    }
  };

  field.addEventListener('input', () => void search());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void search();
  });
  const asked = new URLSearchParams(location.search).get('q');
  if (asked) {
    field.value = asked;
    void search();
  }
}
